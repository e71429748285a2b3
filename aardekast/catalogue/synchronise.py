"""resources.yaml into the catalogue, in one transaction: all of it or, where it fails, none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session, load_only

from aardekast.addresses import clean_url, resource_id
from aardekast.catalogue.identity import forget_content, merge, owner_of, point
from aardekast.catalogue.keys import key_of
from aardekast.catalogue.tables import AddressRow, ResourceRow, SourceRow, WithdrawnRow
from aardekast.catalogue.values import keep_values
from aardekast.curated import Curated, ResourceEntry, SourceEntry
from aardekast.resource import Origin, Review, Status

Pair = tuple[ResourceEntry, ResourceRow]


def synchronise(session: Session, curated: Curated, now: datetime) -> bool:
    """Bring sources, curated resources and withdrawn addresses up to the file. Whether a visitor would see a change.

    Cards may have swapped their addresses: all rows are found first, then all addresses pointed, and only what
    is no card itself is merged into one.
    """
    _keep_sources(session, curated.sources)
    changed = [_keep_withdrawn(session, curated.withdrawn)]
    pairs = _rows_of(session, curated.resources, now)
    kept = {row.id for _, row in pairs}
    changed.append(_drop_entries(session, kept))
    changed.append(_move_addresses(session, pairs, kept))
    changed.extend([_keep_entry(session, entry, row) for entry, row in pairs])
    session.flush()
    changed.append(_settle_status(session))
    return any(changed)


def _keep_sources(session: Session, entries: Iterable[SourceEntry]) -> None:
    rows = {row.id: row for row in session.scalars(select(SourceRow))}
    for row in rows.values():
        row.in_file = False
    for entry in entries:
        values = entry.model_dump(mode="json")
        row = rows.get(entry.id) or SourceRow(id=entry.id, entry=values, in_file=True)
        if row.entry.get("url") != entry.url:
            row.found_type = row.found_url = None
        row.entry, row.in_file = values, True
        session.add(row)


def _keep_withdrawn(session: Session, urls: Iterable[str]) -> bool:
    wanted = {key_of(url): url for url in urls}
    present = set(session.scalars(select(WithdrawnRow.key)))
    session.execute(delete(WithdrawnRow).where(WithdrawnRow.key.in_(present - wanted.keys())))
    session.add_all(WithdrawnRow(key=key, url=wanted[key]) for key in wanted.keys() - present)
    return wanted.keys() != present


def _rows_of(session: Session, entries: Sequence[ResourceEntry], now: datetime) -> list[Pair]:
    """Each entry's row: of its id, else the one that its address leads to, else a new one."""
    claimed = {entry.id for entry in entries if entry.id}
    pairs = []
    for entry in entries:
        wanted = entry.id
        if wanted is None:
            owner = owner_of(session, entry.url)
            wanted = owner.id if owner is not None and owner.id not in claimed else resource_id(entry.url)
            claimed.add(wanted)
        row = session.get(ResourceRow, wanted) or _new_row(session, wanted, entry.url, now)
        pairs.append((entry, row))
    return pairs


def _new_row(session: Session, id_: str, url: str, now: datetime) -> ResourceRow:
    row = ResourceRow(id=id_, url=clean_url(url), first_seen=now, status=Status.LIVE, text="", format="html")
    # A card shows because it is one; `review` is of what sources bring, and no source brought it yet.
    row.review = Review.WAITING
    row.in_file, row.may_harvest, row.may_show_snippet, row.misses = False, True, True, 0
    session.add(row)
    session.flush()
    return row


def _drop_entries(session: Session, kept: set[str]) -> bool:
    query = select(ResourceRow).options(load_only(ResourceRow.id, ResourceRow.in_file)).where(ResourceRow.in_file)
    dropped = [row for row in session.scalars(query) if row.id not in kept]
    for row in dropped:
        row.in_file = False
        keep_values(session, row.id, Origin.CURATED, {})
    return bool(dropped)


def _move_addresses(session: Session, pairs: Sequence[Pair], kept: set[str]) -> bool:
    """Let each entry's address lead to its row, and merge what else it led to."""
    moved = [row for entry, row in pairs if row.in_file and key_of(row.url) != key_of(entry.url)]
    for row in moved:
        forget_content(session, row)
        row.status = Status.LIVE
    others = []
    for entry, row in pairs:
        owner = owner_of(session, entry.url)
        if owner is not None and owner.id not in kept:
            others.append((owner, row))
        if owner is None or owner.id != row.id:
            point(session, row, entry.url)
    for owner, row in others:
        merge(session, owner, into=row)
    return bool(moved or others)


def _keep_entry(session: Session, entry: ResourceEntry, row: ResourceRow) -> bool:
    before = (row.url, row.in_file, row.duplicate_of)
    row.url = clean_url(entry.url)
    row.in_file, row.may_harvest, row.duplicate_of = True, entry.harvest, None
    if row.status == Status.UNLISTED:  # what a page asks for is of its text; a card has none of it
        row.status = Status.LIVE
    firm, weak = _values(entry)
    changed = keep_values(session, row.id, Origin.CURATED, firm)
    if row.source_id is None:
        changed |= keep_values(session, row.id, Origin.SUGGESTED, weak)
    return changed or before != (row.url, row.in_file, row.duplicate_of)


def _values(entry: ResourceEntry) -> tuple[dict[str, Any], dict[str, Any]]:
    """The curated values, and the unconfirmed ones, which anything harvested may replace."""
    values: dict[str, Any] = entry.model_dump(
        mode="json", exclude={"id", "url", "harvest", "unconfirmed", "audience"}
    ) | {"audiences": entry.audience}
    weak: dict[str, Any] = {field: values.pop(field) for field in entry.unconfirmed}
    return values, weak


def _settle_status(session: Session) -> bool:
    """Withdrawn is what the file withdraws, and what it dropped and no source finds either; never a card.

    A withdrawn address that once led to a card leads nowhere.
    """
    withdrawn_keys = select(WithdrawnRow.key)
    cards = select(ResourceRow.id).where(ResourceRow.in_file)
    session.execute(delete(AddressRow).where(AddressRow.key.in_(withdrawn_keys), AddressRow.resource_id.in_(cards)))
    withdrawn = select(AddressRow.resource_id).where(AddressRow.key.in_(withdrawn_keys))
    is_withdrawn = and_(
        ResourceRow.in_file.is_(False), or_(ResourceRow.id.in_(withdrawn), ResourceRow.source_id.is_(None))
    )
    query = select(ResourceRow.id, ResourceRow.status, is_withdrawn)
    wrong = [(id_, wanted) for id_, status, wanted in session.execute(query) if wanted != (status == Status.WITHDRAWN)]
    for id_, wanted in wrong:
        status = Status.WITHDRAWN if wanted else Status.LIVE
        session.execute(update(ResourceRow).where(ResourceRow.id == id_).values(status=status))
    return bool(wrong)
