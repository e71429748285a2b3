"""Harvest runs: what each did with each source, and why an address was not taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aardekast.catalogue.storable import storable
from aardekast.catalogue.tables import ReasonRow, RunRow, SourceRow, SourceRunRow

PERIODS = {"daily": timedelta(days=1), "weekly": timedelta(days=7), "monthly": timedelta(days=30)}
# A timer never fires to the second: what is due within the hour is taken with this run.
EARLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """An address that was not taken: `rejected` is not wanted, `failed` could not be had."""

    url: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """What one run did with one source; `fault` says why the source as a whole failed.

    `look` names what the source was when it was read whole, None where only what had changed was read.
    """

    source: str
    started: datetime
    finished: datetime
    counts: Mapping[str, int]
    reasons: tuple[Reason, ...] = field(default=())
    fault: str | None = None
    look: str | None = None


def start_run(session: Session, now: datetime) -> int:
    """A new run; its id."""
    run = RunRow(started=now)
    session.add(run)
    session.flush()
    return run.id


def keep_source_run(session: Session, run_id: int, done: SourceRun) -> None:
    """Keep what the run did with one source, and that the source had its turn."""
    session.merge(
        SourceRunRow(
            run_id=run_id,
            source_id=done.source,
            started=done.started,
            finished=done.finished,
            counts=dict(done.counts),
            fault=done.fault,
            look=done.look,
        )
    )
    session.add_all(
        ReasonRow(
            run_id=run_id, source_id=done.source, url=storable(r.url), outcome=r.outcome, reason=storable(r.reason)
        )
        for r in done.reasons
    )
    row = session.get(SourceRow, done.source)
    if row is not None and done.fault is None:
        row.last_run = done.finished


def is_due(schedule: str, last_run: datetime | None, now: datetime) -> bool:
    """Whether a source of this schedule wants harvesting again."""
    return last_run is None or now - last_run >= PERIODS[schedule] - EARLY


def last_source_runs(session: Session) -> Iterable[SourceRunRow]:
    """The newest run of each source."""
    newest: dict[str, SourceRunRow] = {}
    for row in session.scalars(select(SourceRunRow).order_by(SourceRunRow.run_id)):
        newest[row.source_id] = row
    return newest.values()
