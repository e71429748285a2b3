"""What untrusted sources brought, and what the curators say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from aardekast.catalogue.reading import resources_of
from aardekast.catalogue.tables import ResourceRow
from aardekast.errors import UnknownResourceError
from aardekast.resource import Review, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A resource that a curator has not seen yet."""

    id: str
    source: str
    title: str
    url: str
    first_seen: datetime


def is_waiting() -> ColumnElement[bool]:
    """Brought by a source that is not trusted, and neither a card nor withdrawn, nor to be listed nowhere."""
    return and_(
        ResourceRow.review == Review.WAITING,
        ResourceRow.in_file.is_(False),
        ResourceRow.duplicate_of.is_(None),
        ResourceRow.status.not_in((Status.WITHDRAWN, Status.UNLISTED)),
    )


def waiting(session: Session) -> list[Waiting]:
    """What waits, oldest first."""
    query = select(ResourceRow).where(is_waiting()).order_by(ResourceRow.first_seen, ResourceRow.id)
    rows = session.scalars(query).all()
    seen = {row.id: (row.source_id or "", row.url, row.first_seen) for row in rows}
    titles = {resource.id: resource.title for resource in resources_of(session, list(seen))}
    return [
        Waiting(id=id_, source=source, title=titles.get(id_, ""), url=url, first_seen=first_seen)
        for id_, (source, url, first_seen) in seen.items()
    ]


def review(session: Session, decision: Review, ids: Sequence[str], source: str | None) -> int:
    """Set the review of these resources, and of all that wait from the source. Raises UnknownResourceError."""
    rows = []
    for resource_id in ids:
        row = session.get(ResourceRow, resource_id)
        if row is None:
            raise UnknownResourceError(f"There is no resource '{resource_id}'; 'aardekast review' lists what waits.")
        rows.append(row)
    if source is not None:
        query = select(ResourceRow).where(ResourceRow.source_id == source, ResourceRow.review == Review.WAITING)
        rows.extend(session.scalars(query))
    for row in rows:
        row.review = decision
    return len(rows)
