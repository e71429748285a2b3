"""Which resource an address leads to, and how two that turn out to be one are merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from aardekast.addresses import clean_url
from aardekast.catalogue.copies import forget_text, note_text
from aardekast.catalogue.keys import key_of
from aardekast.catalogue.relations import forget_relations, move_relations
from aardekast.catalogue.storable import storable
from aardekast.catalogue.tables import AddressRow, FieldValueRow, PassageRow, ResourceRow, WithdrawnRow
from aardekast.resource import Harvested, Origin

_CONTENT = ("text", "words", "pages", "minutes", "format", "content_hash", "answered", "last_checked", "last_changed")


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


def point_unowned(session: Session, row: ResourceRow, urls: Iterable[str]) -> None:
    """Let those of these addresses lead to the resource that lead nowhere yet."""
    by_key = {key_of(url): url for url in reversed(list(urls))}
    owned = set(session.scalars(select(AddressRow.key).where(AddressRow.key.in_(by_key))))
    session.add_all(
        AddressRow(key=key, url=storable(clean_url(url)), resource_id=row.id)
        for key, url in by_key.items()
        if key not in owned
    )


def is_withdrawn(session: Session, urls: Iterable[str]) -> bool:
    """Whether the curators withdrew one of these addresses."""
    keys = {key_of(url) for url in urls}
    return session.scalar(select(WithdrawnRow.key).where(WithdrawnRow.key.in_(keys)).limit(1)) is not None


def resources_at(session: Session, urls: Iterable[str]) -> list[ResourceRow]:
    """The resources these addresses lead to: curated ones first, then in the order of the addresses."""
    keys = list(dict.fromkeys(map(key_of, urls)))
    query = select(AddressRow.key, AddressRow.resource_id).where(AddressRow.key.in_(keys))
    owners = {address.key: address.resource_id for address in session.execute(query)}
    ids = dict.fromkeys(owners[key] for key in keys if key in owners)
    rows = (session.get(ResourceRow, id_) for id_ in ids)
    return sorted((row for row in rows if row is not None), key=lambda row: not row.in_file)


def leads_elsewhere(session: Session, found: Harvested, content_hash: str) -> bool:
    """Whether an address that had a page of its own leads to another one just for the moment.

    A site under repair, or one that wants a login, sends all its visitors to one page: taken at its word, all its
    resources would be merged into that one, for ever. It is believed where it says what the resource says already.
    """
    if not found.temporary:
        return False
    keys = [key_of(url) for url in _chain(found)]
    last = max((keys.index(key_of(url)) for url in found.temporary if key_of(url) in keys), default=-1)
    rows = resources_at(session, _chain(found)[: last + 1])
    read_elsewhere = [row for row in rows if row.answered and key_of(row.answered) != key_of(found.url)]
    return any(row.content_hash != content_hash for row in read_elsewhere)


def follow(row: ResourceRow, found: Harvested) -> bool:
    """Let the address of a harvested resource go where it leads for good; a card's is the curators'. Whether it did."""
    chain = _chain(found)
    place = _place(row.url, chain)
    if row.in_file or place is None:
        return False
    end = place
    while end < len(chain) - 1 and chain[end] not in found.temporary:
        end += 1
    url = found.canonical if end == len(chain) - 1 and found.canonical else chain[end]
    if end == place or clean_url(url) == row.url:
        return False
    row.url = storable(clean_url(url))
    return True


def _chain(found: Harvested) -> list[str]:
    """The addresses from the one that was asked for to the one that answered."""
    return list(dict.fromkeys((found.requested, *found.redirects, found.url)))


def _place(url: str, chain: Sequence[str]) -> int | None:
    """Where the address stands among these, spelt like this if possible."""
    spelt = [place for place, other in enumerate(chain) if clean_url(other) == url]
    alike = [place for place, other in enumerate(chain) if key_of(other) == key_of(url)]
    return next(iter(spelt + alike), None)


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
        move_relations(session, row, into)
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
    forget_relations(session, row)
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
