"""Counts of the catalogue, for `aardekast status`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aardekast.catalogue.reading import visible_resources
from aardekast.catalogue.review import is_waiting
from aardekast.catalogue.runs import last_source_runs
from aardekast.catalogue.tables import ResourceRow, SourceRow
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
class CatalogueSummary:
    """Resources counted, the dead links, and the sources."""

    visible: int
    with_text: int
    copies: int  # folded into a visible one
    waiting: int
    by_status: dict[str, int]
    by_kind: dict[str, int]
    by_topic: dict[str, int]
    dead_links: tuple[tuple[str, str], ...]
    sources: tuple[SourceSummary, ...]


def summarise(session: Session) -> CatalogueSummary:
    """Count everything once."""
    kinds: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    visible = with_text = copies = 0
    for resource in visible_resources(session):
        visible += 1
        copies += len(resource.copies)
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
        copies=copies,
        waiting=waiting,
        by_status={row[0]: row[1] for row in by_status},
        by_kind=dict(kinds.most_common()),
        by_topic=dict(topics.most_common()),
        dead_links=tuple((id_, url) for id_, url in dead),
        sources=_sources(session),
    )


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
