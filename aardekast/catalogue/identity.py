"""Which resource an address leads to, and how two that turn out to be one are merged."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from aardekast.addresses import canonical_key, clean_url
from aardekast.catalogue.tables import AddressRow, FieldValueRow, PassageRow, ResourceRow, WithdrawnRow
from aardekast.resource import Origin


def point(session: Session, row: ResourceRow, url: str) -> None:
    """Let this address lead to the resource, whatever it led to before."""
    key = canonical_key(url)
    address = session.get(AddressRow, key)
    if address is None:
        session.add(AddressRow(key=key, url=clean_url(url), resource_id=row.id))
        session.flush()
    else:
        address.resource_id = row.id


def is_withdrawn(session: Session, urls: Iterable[str]) -> bool:
    """Whether the curators withdrew one of these addresses."""
    keys = {canonical_key(url) for url in urls}
    return session.scalar(select(WithdrawnRow.key).where(WithdrawnRow.key.in_(keys)).limit(1)) is not None


def resources_at(session: Session, urls: Iterable[str]) -> list[ResourceRow]:
    """The resources these addresses lead to: curated ones first, then in the order of the addresses."""
    rows: dict[str, ResourceRow] = {}
    for key in dict.fromkeys(canonical_key(url) for url in urls):
        address = session.get(AddressRow, key)
        row = session.get(ResourceRow, address.resource_id) if address else None
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
        for name in ("text", "words", "pages", "minutes", "format", "content_hash", "last_checked", "last_changed"):
            setattr(into, name, getattr(row, name))
        session.execute(update(PassageRow).where(PassageRow.resource_id == row.id).values(resource_id=into.id))
    _take_values(session, row, into)


def _take_values(session: Session, row: ResourceRow, into: ResourceRow) -> None:
    present = {
        (value.field, value.origin)
        for value in session.scalars(select(FieldValueRow).where(FieldValueRow.resource_id == into.id))
    }
    for value in session.scalars(select(FieldValueRow).where(FieldValueRow.resource_id == row.id)):
        if value.origin != Origin.CURATED and (value.field, value.origin) not in present:
            session.add(FieldValueRow(resource_id=into.id, field=value.field, origin=value.origin, value=value.value))
