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
class Tag:
    """A value that a page would be given, and the words of its text, or the reason, that speak for it."""

    field: str
    value: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedPage:
    """One material as it would be kept. `reason` says why it would not be taken; then only `url` is set beside it."""

    url: str
    reason: str | None = None
    title: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""  # as the page has it; the entry of its source says who it is
    language: str | None = None
    published: str | None = None
    starts: str | None = None  # of an event
    ends: str | None = None
    place: str | None = None
    kind: str | None = None
    format: str = ""
    words: int = 0
    pages: int | None = None
    minutes: int | None = None
    keywords: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    start: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedSource:
    """What an address would be as a source: its type and why, and the first pages that would come in.

    `listed` counts the pages of its list, all of them where `is_whole`; None where there is no list. `entry` is the
    id of the source in resources.yaml that was asked for, `fault` why nothing would come in.
    """

    type: str | None = None
    url: str = ""
    why: str = ""
    entry: str | None = None
    listed: int | None = None
    is_whole: bool = False
    fault: str | None = None
    samples: tuple[PreviewedPage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be harvested from an address; `page` is None where it is a list and no material itself."""

    url: str
    source: PreviewedSource
    page: PreviewedPage | None = None
