"""What happened to the addresses of one source while it is harvested."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from aardekast.catalogue.runs import Reason, SourceRun
from harvester.summary import COUNTS

LEFT_OUT = "left_out"  # addresses beyond max_pages or --limit: too many for a reason each


class Tally:
    """Counts, and a reason for each address that was not taken."""

    def __init__(self, source_id: str) -> None:
        self.source_id = source_id
        self.counts: Counter[str] = Counter(dict.fromkeys(COUNTS, 0))
        self.reasons: list[Reason] = []
        self.fault: str | None = None
        self.started = datetime.now(UTC)

    def count(self, what: str) -> None:
        """Count one."""
        self.counts[what] += 1

    def not_taken(self, url: str, outcome: str, reason: str) -> None:
        """Count an address that was not taken, with its reason."""
        self.counts[outcome] += 1
        self.reasons.append(Reason(url=url, outcome=outcome, reason=reason))

    def closed(self) -> SourceRun:
        """All of it, as the catalogue keeps it."""
        return SourceRun(
            source=self.source_id,
            started=self.started,
            finished=datetime.now(UTC),
            counts=dict(self.counts),
            reasons=tuple(self.reasons),
            fault=self.fault,
        )
