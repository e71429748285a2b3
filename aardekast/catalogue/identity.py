"""Which resource an address leads to, and how two that turn out to be one are merged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from aardekast.addresses import canonical_key, clean_url
from aardekast.catalogue.copies import forget_text, note_text
from aardekast.catalogue.storable import storable
from aardekast.catalogue.tables import AddressRow, FieldValueRow, PassageRow, ResourceRow, WithdrawnRow
from aardekast.resource import Origin

_CONTENT = ("text", "words", "pages", "minutes", "format", "content_hash", "answered", "last_checked", "last_changed")


def key_of(url: str) -> str:
    """The primary key of an address: a digest of its canonical key, which may be too long for an index."""
    return hashlib.blake2b(canonical_key(url).encode("utf-8", "replace"), digest_size=16).hexdigest()


def owner_of(session: Session, url: str) -> ResourceRow | None:
    """The resource that an address leads to."""
    address = session.get(AddressRow, key_of(url))
    return session.get(ResourceRow, address.resource_id) if address else None


def point(session: Session, row: ResourceRow, url: str) -> None:
    """Let this address lead to the resource, whatever it led to before."""
    key = key_of(url)
    address = session.get(AddressRow, key)
    if address is None:
        session.add(AddressRow(key=key, url=storable(clean_url(url)), resource_id=row.id))
        session.flush()
    else:
        address.resource_id = row.id


def is_withdrawn(session: Session, urls: Iterable[str]) -> bool:
    """Whether the curators withdrew one of these addresses."""
    keys = {key_of(url) for url in urls}
    return session.scalar(select(WithdrawnRow.key).where(WithdrawnRow.key.in_(keys)).limit(1)) is not None


def resources_at(session: Session, urls: Iterable[str]) -> list[ResourceRow]:
    """The resources these addresses lead to: curated ones first, then in the order of the addresses."""
    rows: dict[str, ResourceRow] = {}
    for url in urls:
        row = owner_of(session, url)
        if row is not None:
            rows.setdefault(row.id, row)
    return sorted(rows.values(), key=lambda row: not row.in_file)


def merge(session: Session, row: ResourceRow, *, into: ResourceRow) -> None:
    """Make `row` a duplicate of `into`, which takes over its addresses and, where it has none, its text and values."""
    session.execute(update(AddressRow).where(AddressRow.resource_id == row.id).values(resource_id=into.id))
    session.execute(update(ResourceRow).where(ResourceRow.duplicate_of == row.id).values(duplicate_of=into.id))
    row.duplicate_of = into.id
    into.source_id = into.source_id or row.source_id
    into.first_seen = min(into.first_seen, row.first_seen)
    if not into.text and row.text:
        for name in _CONTENT:
            setattr(into, name, getattr(row, name))
        session.execute(update(PassageRow).where(PassageRow.resource_id == row.id).values(resource_id=into.id))
        note_text(session, into)
    _take_values(session, row, into)


def forget_content(session: Session, row: ResourceRow) -> None:
    """Drop what was harvested of a resource and the addresses that led to it: it stands elsewhere now."""
    session.execute(delete(AddressRow).where(AddressRow.resource_id == row.id))
    session.execute(delete(PassageRow).where(PassageRow.resource_id == row.id))
    session.execute(
        delete(FieldValueRow).where(FieldValueRow.resource_id == row.id, FieldValueRow.origin == Origin.HARVESTED)
    )
    forget_text(session, row)
    session.expire_all()
    for name in (*_CONTENT, "etag", "last_modified", "missed_on", "missed_since"):
        setattr(row, name, None)
    row.text, row.format, row.misses, row.may_show_snippet = "", "html", 0, True


def _take_values(session: Session, row: ResourceRow, into: ResourceRow) -> None:
    present = {
        (value.field, value.origin)
        for value in session.scalars(select(FieldValueRow).where(FieldValueRow.resource_id == into.id))
    }
    for value in session.scalars(select(FieldValueRow).where(FieldValueRow.resource_id == row.id)):
        if value.origin != Origin.CURATED and (value.field, value.origin) not in present:
            session.add(FieldValueRow(resource_id=into.id, field=value.field, origin=value.origin, value=value.value))
