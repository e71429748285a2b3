"""Resources as visitors see them, out of the catalogue's rows."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, load_only

from aardekast.catalogue.copies import folded
from aardekast.catalogue.relations import translations
from aardekast.catalogue.runs import EARLY, is_due
from aardekast.catalogue.tables import FieldValueRow, PassageRow, ResourceRow, SourceRow, SourceRunRow
from aardekast.catalogue.values import shown_values
from aardekast.curated.check import BUILT_IN_SOURCE
from aardekast.resource import Copy, Origin, Passage, Resource, Review, Source, Status

_BATCH = 500
Row = TypeVar("Row", FieldValueRow, PassageRow)


def is_visible() -> ColumnElement[bool]:
    """A card or accepted, not a duplicate, neither withdrawn nor gone."""
    return and_(
        or_(ResourceRow.in_file, ResourceRow.review == Review.ACCEPTED),
        ResourceRow.duplicate_of.is_(None),
        ResourceRow.status.in_((Status.LIVE, Status.FAILING)),
    )


def visible_resources(session: Session, wanted: Container[str] | None = None) -> Iterator[Resource]:
    """What visitors see, in a stable order: of near copies the preferred one, which knows the others, and translations.

    `wanted` are the ids that are asked for, None for all.
    """
    preferred = folded(session, is_visible())
    ids = session.scalars(select(ResourceRow.id).where(is_visible()).order_by(ResourceRow.id)).all()
    in_languages = translations(session, {id_ for id_ in ids if id_ not in preferred})
    if wanted is not None:
        ids = [id_ for id_ in ids if id_ in wanted]
        preferred = {copy: id_ for copy, id_ in preferred.items() if id_ in wanted or copy in wanted}
    copies = _copies(session, preferred)
    for resource in resources_of(session, [id_ for id_ in ids if id_ not in preferred]):
        of_one, in_others = copies.get(resource.id, ()), in_languages.get(resource.id, ())
        yield replace(resource, copies=of_one, translations=in_others) if of_one or in_others else resource


def _copies(session: Session, preferred: Mapping[str, str]) -> dict[str, tuple[Copy, ...]]:
    """What each preferred resource stands for, by its id."""
    copies: dict[str, tuple[Copy, ...]] = {}
    for resource in resources_of(session, sorted(preferred)):
        copy = Copy(url=resource.url, title=resource.title, publisher=resource.publisher)
        copies[preferred[resource.id]] = (*copies.get(preferred[resource.id], ()), copy)
    return copies


def resources_of(session: Session, ids: Sequence[str]) -> Iterator[Resource]:
    """These resources, in batches; one without a title is left out."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        values = _grouped(session.scalars(select(FieldValueRow).where(FieldValueRow.resource_id.in_(batch))))
        passages = _grouped(
            session.scalars(
                select(PassageRow)
                .where(PassageRow.resource_id.in_(batch))
                .order_by(PassageRow.resource_id, PassageRow.position)
            )
        )
        for row in session.scalars(select(ResourceRow).where(ResourceRow.id.in_(batch)).order_by(ResourceRow.id)):
            resource = _resource(row, values[row.id], passages[row.id])
            if resource.title:
                yield resource
        session.expunge_all()


def cards(session: Session) -> list[Resource]:
    """What the curators wrote of each resource in the file, and nothing else of it, by id."""
    query = (
        select(FieldValueRow, ResourceRow.url)
        .join(ResourceRow, ResourceRow.id == FieldValueRow.resource_id)
        .where(ResourceRow.in_file, FieldValueRow.origin == Origin.CURATED)
        .order_by(ResourceRow.id)
    )
    written: dict[tuple[str, str], list[FieldValueRow]] = defaultdict(list)
    for value, url in session.execute(query):
        written[value.resource_id, url].append(value)
    return [Resource(id=id_, url=url, **{"title": "", **shown_values(rows)}) for (id_, url), rows in written.items()]


def described_by_curators(session: Session) -> frozenset[str]:
    """The ids of the resources whose description as shown is the curators' own, not their publisher's."""
    own = (Origin.CURATED, Origin.CONFIRMED)
    query = select(FieldValueRow.resource_id).where(FieldValueRow.field == "description", FieldValueRow.origin.in_(own))
    return frozenset(session.scalars(query))


def source_of(row: SourceRow) -> Source:
    """A source as the harvester takes it: the type and address that were found out in place of the site's."""
    entry: dict[str, Any] = dict(row.entry)
    entry["audiences"] = entry.pop("audience", [])
    if entry.get("type") is None and row.found_type:
        entry["type"], entry["url"] = row.found_type, row.found_url or entry["url"]
    values: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in entry.items()}
    return Source(**values)


def curated_targets(session: Session, now: datetime | None = None) -> list[tuple[str, str, bool]]:
    """Id, address, and whether its text may be harvested, of each curated resource that is not withdrawn.

    Given a moment, only those that are due then.
    """
    query = (
        select(ResourceRow)
        .options(load_only(*_OF_TARGETS))
        .where(ResourceRow.in_file, ResourceRow.status != Status.WITHDRAWN)
        .order_by(ResourceRow.id)
    )
    rows = session.scalars(query)
    return [(row.id, row.url, row.may_harvest) for row in rows if now is None or is_card_due(row, now)]


def is_card_due(row: ResourceRow, now: datetime) -> bool:
    """Whether the address of a card wants looking at again.

    What was missed is due the next day, what is gone monthly, the rest weekly: after five to nine days, each card
    after as many as its id says, so that they spread over the days by themselves.
    """
    if row.last_checked is None:
        return True
    days = 30 if row.status == Status.GONE else 1 if row.misses else 5 + zlib.crc32(row.id.encode()) % 5
    return now - row.last_checked >= timedelta(days=days) - EARLY


def is_curated_due(session: Session, now: datetime) -> bool:
    """Whether the built-in source is due: daily at most, where a card is."""
    last = session.scalars(
        select(SourceRunRow.finished)
        .where(SourceRunRow.source_id == BUILT_IN_SOURCE, SourceRunRow.fault.is_(None))
        .order_by(SourceRunRow.run_id.desc())
    ).first()
    return is_due("daily", last, now) and bool(curated_targets(session, now))


_OF_TARGETS = (
    ResourceRow.id,
    ResourceRow.url,
    ResourceRow.may_harvest,
    ResourceRow.status,
    ResourceRow.misses,
    ResourceRow.last_checked,
)


def _grouped(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.resource_id].append(row)
    return groups


def _resource(row: ResourceRow, values: list[FieldValueRow], passages: list[PassageRow]) -> Resource:
    shown = shown_values(values)
    return Resource(
        id=row.id,
        url=row.url,
        title=shown.pop("title", ""),
        **shown,
        format=row.format,
        pages=row.pages,
        minutes=row.minutes,
        words=row.words,
        first_seen=row.first_seen,
        last_checked=row.last_checked,
        status=Status(row.status),
        source=row.source_id,
        may_show_snippet=row.may_show_snippet,
        text=row.text,
        passages=tuple(
            Passage(offset=p.offset, heading=p.heading, page=p.page, start=p.start, fragment=p.fragment)
            for p in passages
        ),
    )
