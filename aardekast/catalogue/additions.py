"""A page that nothing is known of yet: into all tables at once, without asking them what they have."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from aardekast.addresses import clean_url, resource_id
from aardekast.catalogue.content import all_addresses, fill, harvested_values, suggested_values
from aardekast.catalogue.copies import add_text
from aardekast.catalogue.identity import follow
from aardekast.catalogue.keys import key_of
from aardekast.catalogue.passages import add_passages
from aardekast.catalogue.relations import add_relations
from aardekast.catalogue.rows import insert_rows
from aardekast.catalogue.storable import storable
from aardekast.catalogue.tables import AddressRow, FieldValueRow, ResourceRow
from aardekast.catalogue.values import value_rows
from aardekast.resource import Harvested, Origin, Review, Source, Status


def add(session: Session, found: Harvested, source: Source | None, now: datetime) -> str:
    """Keep a page none of whose addresses leads to a resource; `source` as in keep. The id of its new resource."""
    url = found.canonical or found.url
    row = ResourceRow(id=_free_id(session, url), url=storable(clean_url(url)), in_file=False, may_harvest=True)
    row.first_seen = row.last_checked = row.last_changed = now
    row.review = Review.ACCEPTED if source is None or source.trusted else Review.WAITING
    row.status, row.misses, row.source_id = Status.LIVE, 0, source.id if source is not None else None
    row.etag, row.last_modified = found.etag, found.last_modified
    fill(row, found)
    follow(row, found)
    session.add(row)
    session.flush()
    by_key = {key_of(address): address for address in reversed(all_addresses(found))}
    addresses = [
        {"key": key, "url": storable(clean_url(address)), "resource_id": row.id} for key, address in by_key.items()
    ]
    insert_rows(session, AddressRow, addresses)
    values = value_rows(row.id, Origin.HARVESTED, harvested_values(found))
    if source is not None:
        values += value_rows(row.id, Origin.SUGGESTED, suggested_values(found, source))
    insert_rows(session, FieldValueRow, values)
    add_passages(session, row.id, found.passages)
    add_text(session, row.id, row.text, found.bands)
    add_relations(session, row.id, found)
    return row.id


def _free_id(session: Session, url: str) -> str:
    """The id of the address; with a number where a resource that has moved on still has it."""
    id_, number = resource_id(url), 2
    while session.get(ResourceRow, id_) is not None:
        id_, number = f"{resource_id(url)}-{number}", number + 1
    return id_
