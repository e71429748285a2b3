"""Counts of the catalogue, for `aardekast status`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aardekast.catalogue.reading import visible_resources
from aardekast.catalogue.review import is_waiting
from aardekast.catalogue.runs import last_source_runs
from aardekast.catalogue.tables import ReasonRow, ResourceRow, RunRow, SourceRow
from aardekast.errors import UnknownSourceError
from aardekast.resource import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """A source and its last run; `counts` is empty where it had none."""

    id: str
    type: str | None
    last_run: datetime | None
    counts: dict[str, int]
    fault: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The last harvest; `finished` is None where it was broken off or is under way."""

    started: datetime
    finished: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """An address that the last run of a source did not take, and why."""

    source: str
    finished: datetime
    url: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSummary:
    """Resources counted, the dead links by id and address, copies and what stands for them, and the sources."""

    visible: int = 0
    with_text: int = 0
    copies: int = 0  # folded into a visible one
    waiting: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    by_kind: dict[str, int] = field(default_factory=dict)
    by_topic: dict[str, int] = field(default_factory=dict)
    dead_links: tuple[tuple[str, str], ...] = ()
    near_copies: tuple[tuple[str, str], ...] = ()
    last_run: LastRun | None = None
    sources: tuple[SourceSummary, ...] = ()


def summarise(session: Session) -> CatalogueSummary:
    """Count everything once."""
    kinds: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    near_copies: list[tuple[str, str]] = []
    visible = with_text = 0
    for resource in visible_resources(session):
        visible += 1
        near_copies += [(copy.url, resource.url) for copy in resource.copies]
        with_text += bool(resource.text)
        kinds[resource.kind] += 1
        topics.update(resource.topics)
    by_status = session.execute(select(ResourceRow.status, func.count()).group_by(ResourceRow.status)).all()
    waiting = session.scalar(select(func.count()).select_from(ResourceRow).where(is_waiting())) or 0
    dead = session.execute(
        select(ResourceRow.id, ResourceRow.url).where(
            ResourceRow.status.in_((Status.FAILING, Status.GONE)), ResourceRow.duplicate_of.is_(None)
        )
    ).all()
    return CatalogueSummary(
        visible=visible,
        with_text=with_text,
        copies=len(near_copies),
        waiting=waiting,
        by_status={row[0]: row[1] for row in by_status},
        by_kind=dict(kinds.most_common()),
        by_topic=dict(topics.most_common()),
        dead_links=tuple((id_, url) for id_, url in dead),
        near_copies=tuple(near_copies),
        last_run=_last_run(session),
        sources=_sources(session),
    )


def not_taken(session: Session, source_id: str | None) -> list[NotTaken]:
    """The reasons of the last run of the source, or of each source that had one. Raises UnknownSourceError."""
    last = {row.source_id: row for row in last_source_runs(session)}
    if source_id is not None and source_id not in last and session.get(SourceRow, source_id) is None:
        raise UnknownSourceError(f"There is no source '{source_id}'; 'aardekast status' lists them.")
    found = []
    for row in last.values():
        if source_id not in (None, row.source_id):
            continue
        query = select(ReasonRow).where(ReasonRow.run_id == row.run_id, ReasonRow.source_id == row.source_id)
        found += [
            NotTaken(source=row.source_id, finished=row.finished, url=one.url, outcome=one.outcome, reason=one.reason)
            for one in session.scalars(query.order_by(ReasonRow.id))
        ]
    return found


def _last_run(session: Session) -> LastRun | None:
    row = session.scalars(select(RunRow).order_by(RunRow.id.desc()).limit(1)).first()
    return LastRun(started=row.started, finished=row.finished) if row is not None else None


def _sources(session: Session) -> tuple[SourceSummary, ...]:
    last = {row.source_id: row for row in last_source_runs(session)}
    types = {
        row.id: row.entry.get("type") or row.found_type
        for row in session.scalars(select(SourceRow).where(SourceRow.in_file).order_by(SourceRow.id))
    }
    ids = [*(id_ for id_ in last if id_ not in types), *types]
    return tuple(
        SourceSummary(
            id=id_,
            type=types.get(id_),
            last_run=last[id_].finished if id_ in last else None,
            counts=dict(last[id_].counts) if id_ in last else {},
            fault=last[id_].fault if id_ in last else None,
        )
        for id_ in ids
    )
