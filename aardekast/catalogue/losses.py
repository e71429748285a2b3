"""What of a source is known and what of it was lost: resources that are missed, gone, or no longer to be kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session, load_only

from aardekast.catalogue import copies
from aardekast.catalogue.identity import resources_at
from aardekast.catalogue.keep import note_reached
from aardekast.catalogue.keys import key_of
from aardekast.catalogue.tables import AddressRow, FieldValueRow, PassageRow, ResourceRow
from aardekast.curated.check import BUILT_IN_SOURCE
from aardekast.resource import Origin, Review, Status

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownResource:
    """A resource of a source before a run; `keys` are of all addresses that lead to it, `starts` is an event's."""

    id: str
    url: str
    keys: frozenset[str]
    format: str
    status: Status
    last_checked: datetime | None
    has_answered: bool  # the last time that it was looked at
    starts: str | None = None


def known_resources(session: Session, source_id: str) -> list[KnownResource]:
    """What a source brought, or the cards for the built-in source; those longest not looked at come first."""
    query = (
        select(ResourceRow, AddressRow.key)
        .options(load_only(*_LOADED))
        .join(AddressRow, AddressRow.resource_id == ResourceRow.id)
        .where(_is_of(source_id))
    )
    days = _first_days(session, source_id)
    rows: dict[str, tuple[ResourceRow, set[str]]] = {}
    for row, key in session.execute(query):
        rows.setdefault(row.id, (row, set()))[1].add(key)
    ordered = sorted(rows.values(), key=lambda pair: (pair[0].last_checked or pair[0].first_seen, pair[0].id))
    return [
        KnownResource(
            id=row.id,
            url=row.url,
            keys=frozenset(keys),
            format=row.format,
            status=Status(row.status),
            last_checked=row.last_checked,
            has_answered=row.last_checked is not None and not row.misses,
            starts=days.get(row.id),
        )
        for row, keys in ordered
    ]


def _first_days(session: Session, source_id: str) -> dict[str, str]:
    """When the events of a source begin, by their ids, as it says itself."""
    query = (
        select(FieldValueRow.resource_id, FieldValueRow.value)
        .join(ResourceRow, ResourceRow.id == FieldValueRow.resource_id)
        .where(_is_of(source_id), FieldValueRow.field == "starts", FieldValueRow.origin == Origin.HARVESTED)
    )
    return {resource_id: str(value) for resource_id, value in session.execute(query)}


def note_unchanged(session: Session, urls: Iterable[str], now: datetime) -> bool:
    """These addresses answered as they did before. Whether a status changed."""
    changed = False
    keys = sorted({key_of(url) for url in urls})
    for start in range(0, len(keys), _BATCH):
        at = ResourceRow.id.in_(select(AddressRow.resource_id).where(AddressRow.key.in_(keys[start : start + _BATCH])))
        for row in session.scalars(select(ResourceRow).where(at, _is_missed())):
            changed |= note_reached(row, now)
        session.execute(update(ResourceRow).where(at).values(last_checked=now))
    return changed


def unanswered(session: Session, urls: Iterable[str], since: datetime | None) -> list[ResourceRow]:
    """What these addresses lead to, without what answered since then: it has an address that works."""
    return [row for row in resources_at(session, urls) if since is None or not _has_answered(row, since)]


def _has_answered(row: ResourceRow, since: datetime) -> bool:
    return row.last_checked is not None and row.last_checked >= since and not row.misses


def note_gone(row: ResourceRow, now: datetime) -> bool:
    """The curators say that it is gone. Whether its status changed."""
    is_change = row.status in (Status.LIVE, Status.FAILING)
    if is_change:
        row.status, row.last_checked = Status.GONE, now
    return is_change


def forget_text(session: Session, urls: Iterable[str]) -> bool:
    """Drop the texts of what these addresses lead to, as their pages ask for. Whether a visitor would see a change.

    A card stays with what the curators wrote; anything else is shown no more until its page lets it be listed again.
    """
    changed = False
    for row in resources_at(session, urls):
        changed |= row.content_hash is not None or (not row.in_file and row.status != Status.UNLISTED)
        _drop_text(session, row)
        if not row.in_file and row.status != Status.WITHDRAWN:
            row.status = Status.UNLISTED
    return changed


def _drop_text(session: Session, row: ResourceRow) -> None:
    session.execute(delete(PassageRow).where(PassageRow.resource_id == row.id))
    session.execute(
        delete(FieldValueRow).where(
            FieldValueRow.resource_id == row.id,
            FieldValueRow.origin == Origin.HARVESTED,
            FieldValueRow.field == "description",  # the rest are plain facts: title, authors, date
        )
    )
    copies.forget_text(session, row)
    row.text, row.words, row.pages, row.minutes = "", None, None, None
    row.content_hash = row.answered = row.etag = row.last_modified = None


_LOADED = (
    ResourceRow.id,
    ResourceRow.url,
    ResourceRow.format,
    ResourceRow.status,
    ResourceRow.last_checked,
    ResourceRow.first_seen,
    ResourceRow.misses,
)


def _is_missed() -> ColumnElement[bool]:
    return or_(ResourceRow.misses > 0, ResourceRow.status.in_((Status.FAILING, Status.GONE)))


def _is_of(source_id: str) -> ColumnElement[bool]:
    if source_id == BUILT_IN_SOURCE:
        return and_(ResourceRow.in_file, ResourceRow.status != Status.WITHDRAWN)
    return and_(
        ResourceRow.source_id == source_id,
        ResourceRow.in_file.is_(False),
        ResourceRow.duplicate_of.is_(None),
        ResourceRow.status.not_in((Status.WITHDRAWN, Status.UNLISTED)),
        ResourceRow.review != Review.REJECTED,
    )
