"""What the pages of a source answered when they were last read: how a harvest knows what it need not read again."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from aardekast.catalogue.keys import key_of
from aardekast.catalogue.storable import storable
from aardekast.catalogue.tables import AddressRow, CompleteListRow, ListRow, ResourceRow, SourceRunRow, VisitRow
from aardekast.resource import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An answer: who was asked and who answered, as keys of addresses, and what.

    The validators are as the host gave them, `body` is a digest of what was read, and `reason` says why the page was
    rejected; None where it was kept.
    """

    key: str
    answered: str
    body: str
    etag: str | None = None
    last_modified: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """A sitemap or feed as it was last had, with its validators."""

    url: str
    body: bytes
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


def visits_of(session: Session, source_id: str) -> dict[str, Visit]:
    """The visits of a source by the keys of their addresses.

    A page that was kept is only known while its resource still has what was read: an unchanged page whose card has
    moved, or whose text was forgotten, must be read again.
    """
    query = (
        select(VisitRow, ResourceRow.content_hash, ResourceRow.status)
        .outerjoin(AddressRow, AddressRow.key == VisitRow.key)
        .outerjoin(ResourceRow, ResourceRow.id == AddressRow.resource_id)
        .where(VisitRow.source_id == source_id)
    )
    return {
        row.key: Visit(
            key=row.key,
            answered=row.answered,
            body=row.body,
            etag=row.etag,
            last_modified=row.last_modified,
            reason=row.reason,
        )
        for row, content, status in session.execute(query)
        if row.reason is not None or (content is not None and status != Status.UNLISTED)
    }


def note_visits(session: Session, source_id: str, visits: Iterable[Visit]) -> None:
    """Keep what these addresses answered, in place of what they answered before."""
    for visit in visits:
        session.merge(
            VisitRow(
                source_id=source_id,
                key=visit.key,
                answered=visit.answered,
                etag=storable(visit.etag) if visit.etag else None,
                last_modified=storable(visit.last_modified) if visit.last_modified else None,
                body=visit.body,
                reason=storable(visit.reason) if visit.reason is not None else None,
            )
        )


def needs_full_look(session: Session, source_id: str, look: str, every: int) -> bool:
    """Whether none of the last `every` - 1 runs without a fault read the source whole, as it is now written."""
    runs: Sequence[str | None] = session.scalars(
        select(SourceRunRow.look)
        .where(SourceRunRow.source_id == source_id, SourceRunRow.fault.is_(None))
        .order_by(SourceRunRow.run_id.desc())
        .limit(every - 1)
    ).all()
    return look not in runs


def list_of(session: Session, source_id: str, url: str) -> KeptList | None:
    """A sitemap or feed of the source as it was last had."""
    row = session.get(ListRow, (source_id, key_of(url)))
    if row is None:
        return None
    return KeptList(
        url=url,
        body=zlib.decompress(row.packed),
        content_type=row.content_type or "",
        etag=row.etag,
        last_modified=row.last_modified,
    )


def keep_list(session: Session, source_id: str, found: KeptList) -> None:
    """Keep a list in place of what it was before."""
    session.merge(
        ListRow(
            source_id=source_id,
            key=key_of(found.url),
            etag=storable(found.etag) if found.etag else None,
            last_modified=storable(found.last_modified) if found.last_modified else None,
            content_type=storable(found.content_type),
            packed=zlib.compress(found.body),
        )
    )


def complete_list(session: Session, source_id: str, look: str) -> str | None:
    """The moment until which the source's list was read to its end, None where it was not, as it is now written."""
    row = session.get(CompleteListRow, source_id)
    return row.moment if row is not None and row.look == look else None


def note_complete_list(session: Session, source_id: str, look: str, moment: str) -> None:
    """Keep until when the list was read, in place of what was known before."""
    session.merge(CompleteListRow(source_id=source_id, look=look, moment=moment))
