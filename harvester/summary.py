"""What a harvest run did, and what a preview found: values for whoever prints them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # importing the package must not load SQLAlchemy
    from aardekast.catalogue.runs import SourceRun

# `read` addresses answered with a page; of these some were kept (added, changed, unchanged), others rejected.
COUNTS = ("read", "added", "changed", "unchanged", "missing", "rejected", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """What a run did with each source.

    `is_offline` means that no host answered at all: there is no network, or it reaches nobody. `was_stopped` means
    that a signal ended the run; the sources it had finished are kept.
    """

    started: datetime
    finished: datetime
    sources: tuple[SourceRun, ...] = ()
    is_offline: bool = False
    was_stopped: bool = False
    is_outside_hours: bool = False  # it is day, and what is due waits for the night

    @property
    def totals(self) -> dict[str, int]:
        """The counts of all sources together."""
        totals = Counter(dict.fromkeys(COUNTS, 0))
        for run in self.sources:
            totals.update(run.counts)
        return dict(totals)

    @property
    def failed_sources(self) -> tuple[SourceRun, ...]:
        """The sources that failed as a whole; they are due again at the next run."""
        return tuple(run for run in self.sources if run.fault is not None)

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.finished - self.started).total_seconds()

    @property
    def sentence(self) -> str:
        """The whole run in one plain sentence."""
        if self.is_outside_hours:
            return "Outside of the hours of AARDEKAST_HOURS: nothing was harvested; what is due waits for them."
        if not self.sources:
            return "No source is due."
        if self.is_offline:
            return "No host answered: this machine seems to have no network. Every card is kept; harvest again later."
        totals, failed = self.totals, len(self.failed_sources)
        start = "Stopped early: " if self.was_stopped else ""
        ending = f"; {failed} of {len(self.sources)} sources failed" if failed else ""
        return (
            f"{start}{len(self.sources)} sources harvested in {self.seconds:.0f} s: {totals['read']} pages read, "
            f"{totals['added']} added, {totals['changed']} changed, {totals['unchanged']} unchanged{ending}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be harvested from an address. `reason` says why the page itself would not be taken."""

    url: str
    source_type: str | None = None
    source_url: str | None = None
    pages_listed: int | None = None
    source_fault: str | None = None
    title: str = ""
    language: str | None = None
    published: str | None = None
    kind: str | None = None
    format: str = ""
    words: int = 0
    start: str = ""
    topics: tuple[str, ...] = ()
    evidence: tuple[tuple[str, tuple[str, ...]], ...] = ()
    counties: tuple[str, ...] = ()
    county_evidence: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reason: str | None = None
