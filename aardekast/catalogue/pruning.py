"""What is forgotten of old harvests, so that the catalogue does not grow for ever."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from aardekast.catalogue.tables import ReasonRow, RunRow, SourceRunRow

# Of each source, because a monthly one has its turn once while a daily one has thirty. A source of 200 pages of which
# half are not taken has 1,000 reasons then, 200 kB.
RUNS_WITH_REASONS = 10
RUNS_KEPT = 100


def prune(session: Session) -> None:
    """Forget the reasons of all but the last ten runs of each source, and all but the last hundred runs."""
    for source_id in session.scalars(select(SourceRunRow.source_id).distinct()).all():
        query = select(SourceRunRow.run_id).where(SourceRunRow.source_id == source_id)
        runs = session.scalars(query.order_by(SourceRunRow.run_id.desc()).limit(RUNS_KEPT)).all()
        reasoned = runs[:RUNS_WITH_REASONS][-1]
        session.execute(delete(ReasonRow).where(ReasonRow.source_id == source_id, ReasonRow.run_id < reasoned))
        old = (SourceRunRow.source_id == source_id, SourceRunRow.run_id < runs[-1])
        session.execute(delete(SourceRunRow).where(*old))
    newest = session.scalar(select(func.max(RunRow.id))) or 0
    empty = RunRow.id.not_in(select(SourceRunRow.run_id))
    session.execute(delete(RunRow).where(RunRow.id <= newest - RUNS_KEPT, empty))
