"""resources.yaml into the catalogue, in one transaction: all of it or, where it fails, none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from aardekast.addresses import canonical_key, clean_url, resource_id
from aardekast.catalogue.identity import merge, point
from aardekast.catalogue.tables import AddressRow, ResourceRow, SourceRow, WithdrawnRow
from aardekast.catalogue.values import keep_values
from aardekast.curated import Curated, ResourceEntry, SourceEntry
from aardekast.resource import Origin, Review, Status


def synchronise(session: Session, curated: Curated, now: datetime) -> bool:
    """Bring sources, curated resources and withdrawn addresses up to the file. Whether a visitor would see a change."""
    _keep_sources(session, curated.sources)
    changed = [_keep_withdrawn(session, curated.withdrawn)]
    kept = set()
    for entry in curated.resources:
        row, entry_changed = _keep_entry(session, entry, now)
        kept.add(row.id)
        changed.append(entry_changed)
    changed.append(_drop_entries(session, kept))
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
    wanted = {canonical_key(url): url for url in urls}
    present = set(session.scalars(select(WithdrawnRow.key)))
    session.execute(delete(WithdrawnRow).where(WithdrawnRow.key.in_(present - wanted.keys())))
    session.add_all(WithdrawnRow(key=key, url=wanted[key]) for key in wanted.keys() - present)
    return wanted.keys() != present


def _keep_entry(session: Session, entry: ResourceEntry, now: datetime) -> tuple[ResourceRow, bool]:
    key = canonical_key(entry.url)
    found = session.get(AddressRow, key)
    wanted_id = entry.id or (found.resource_id if found else resource_id(entry.url))
    row = session.get(ResourceRow, wanted_id)
    is_new = row is None
    if row is None:
        row = ResourceRow(
            id=wanted_id, url=entry.url, review=Review.ACCEPTED, status=Status.LIVE, first_seen=now, text="", words=None
        )
        row.in_file, row.may_harvest, row.misses = True, True, 0
        row.format, row.may_show_snippet = "html", True
        session.add(row)
        session.flush()
    other = session.get(ResourceRow, found.resource_id) if found and found.resource_id != row.id else None
    if other is not None:
        merge(session, other, into=row)
    point(session, row, entry.url)
    before = (row.url, row.in_file, row.review, row.duplicate_of)
    row.url = clean_url(entry.url)
    row.in_file, row.may_harvest, row.review, row.duplicate_of = True, entry.harvest, Review.ACCEPTED, None
    changed = before != (row.url, row.in_file, row.review, row.duplicate_of)
    firm, weak = _values(entry)
    changed |= keep_values(session, row.id, Origin.CURATED, firm)
    if row.source_id is None:
        changed |= keep_values(session, row.id, Origin.SUGGESTED, weak)
    return row, changed or is_new or other is not None


def _values(entry: ResourceEntry) -> tuple[dict[str, Any], dict[str, Any]]:
    """The curated values, and the unconfirmed ones, which anything harvested may replace."""
    values: dict[str, Any] = entry.model_dump(
        mode="json", exclude={"id", "url", "harvest", "unconfirmed", "audience"}
    ) | {"audiences": entry.audience}
    weak: dict[str, Any] = {field: values.pop(field) for field in entry.unconfirmed}
    return values, weak


def _drop_entries(session: Session, kept: set[str]) -> bool:
    query = select(ResourceRow).where(ResourceRow.in_file)
    dropped = [row for row in session.scalars(query) if row.id not in kept]
    for row in dropped:
        row.in_file = False
        keep_values(session, row.id, Origin.CURATED, {})
    return bool(dropped)


def _settle_status(session: Session) -> bool:
    """Withdrawn is what the file withdraws, and what it dropped and no source finds either."""
    withdrawn = set(
        session.scalars(select(AddressRow.resource_id).join(WithdrawnRow, WithdrawnRow.key == AddressRow.key))
    )
    changed = False
    for row in session.scalars(select(ResourceRow)):
        is_withdrawn = row.id in withdrawn or (not row.in_file and row.source_id is None)
        if is_withdrawn != (row.status == Status.WITHDRAWN):
            row.status = Status.WITHDRAWN if is_withdrawn else Status.LIVE
            changed = True
    return changed
