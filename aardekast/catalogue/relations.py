"""What the page of a resource says of others: itself in other languages, and where its text comes from.

Kept as the page says it; what it means follows from which of the named addresses lead to a resource just now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, aliased

from aardekast.addresses import fault_of
from aardekast.catalogue.keys import key_of
from aardekast.catalogue.rows import insert_rows
from aardekast.catalogue.storable import storable
from aardekast.catalogue.tables import AddressRow, AlternateRow, FieldValueRow, OriginRow, ResourceRow
from aardekast.catalogue.values import shown_values
from aardekast.resource import Harvested, Translation

_BATCH = 500  # ids in one statement; SQLite takes 999 values in older versions


def note_relations(session: Session, row: ResourceRow, found: Harvested) -> bool:
    """Keep what the page says now. Whether that changed."""
    alternates, origins = _said(found)
    kept = select(AlternateRow.key, AlternateRow.language).where(AlternateRow.resource_id == row.id)
    before = {one.key: one.language for one in session.execute(kept)}
    query = select(OriginRow.named).where(OriginRow.resource_id == row.id).order_by(OriginRow.position)
    if before == alternates and list(session.scalars(query)) == origins:
        return False
    forget_relations(session, row)
    add_relations(session, row.id, found)
    return True


def add_relations(session: Session, resource_id: str, found: Harvested) -> None:
    """Keep what the page of a resource says of which nothing is kept."""
    alternates, origins = _said(found)
    rows = [{"resource_id": resource_id, "key": key, "language": alternates[key]} for key in alternates]
    insert_rows(session, AlternateRow, rows)
    named = [{"resource_id": resource_id, "position": place, "named": one} for place, one in enumerate(origins)]
    insert_rows(session, OriginRow, named)


def _said(found: Harvested) -> tuple[dict[str, str], list[str]]:
    """Languages by the keys of their addresses, and origins."""
    alternates = {key_of(url): language for language, url in found.alternates if fault_of(url) is None}
    return alternates, [storable(origin) for origin in found.origins]


def forget_relations(session: Session, row: ResourceRow) -> None:
    """Its page says nothing any more."""
    for table in (AlternateRow, OriginRow):
        session.execute(delete(table).where(table.resource_id == row.id).execution_options(**_AT_ONCE))


def move_relations(session: Session, row: ResourceRow, into: ResourceRow) -> None:
    """The content of `row` is that of `into` now, and so is what its page says."""
    forget_relations(session, into)
    for table in (AlternateRow, OriginRow):
        move = update(table).where(table.resource_id == row.id).values(resource_id=into.id)
        session.execute(move.execution_options(**_AT_ONCE))


def translations(session: Session, visible: Collection[str]) -> dict[str, tuple[Translation, ...]]:
    """For each of these resources those of them that are the same in another language, by id.

    Only where both pages name each other, as search engines ask for too: a template that names one front page for
    every page it has no translation of would link them all.
    """
    here, there = aliased(AlternateRow), aliased(AlternateRow)
    to, back = aliased(AddressRow), aliased(AddressRow)
    query = (
        select(here.resource_id, to.resource_id, here.language)
        .join(to, to.key == here.key)
        .join(there, there.resource_id == to.resource_id)
        .join(back, (back.key == there.key) & (back.resource_id == here.resource_id))
        .where(to.resource_id != here.resource_id)
        .order_by(here.language, to.resource_id)
    )
    pairs = {(one, other): said for one, other, said in session.execute(query) if one in visible and other in visible}
    shown = _shown(session, {other for _, other in pairs})
    found: defaultdict[str, list[Translation]] = defaultdict(list)
    for (one, other), said in pairs.items():
        url, title, language = shown[other]
        if title and (language or said) != shown[one][2]:
            found[one].append(Translation(id=other, url=url, title=title, language=language or said))
    return {id_: tuple(of_one) for id_, of_one in found.items()}


def _shown(session: Session, ids: Collection[str]) -> Mapping[str, tuple[str, str, str]]:
    """Address, title and language of each."""
    shown, wanted = {}, sorted(ids)
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        values: defaultdict[str, list[FieldValueRow]] = defaultdict(list)
        query = select(FieldValueRow).where(
            FieldValueRow.resource_id.in_(batch), FieldValueRow.field.in_(("title", "language"))
        )
        for value in session.scalars(query):
            values[value.resource_id].append(value)
        for id_, url in session.execute(select(ResourceRow.id, ResourceRow.url).where(ResourceRow.id.in_(batch))):
            fields = shown_values(values[id_])
            shown[id_] = (url, fields.get("title", ""), fields.get("language", ""))
    return shown


_AT_ONCE = {"synchronize_session": "fetch"}
