"""What a harvest found, into the catalogue: one page in one short transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from aardekast.addresses import clean_url, resource_id
from aardekast.catalogue.copies import NOT_LOADED, has_noted_text, note_text
from aardekast.catalogue.identity import (
    follow,
    is_withdrawn,
    leads_elsewhere,
    merge,
    owner_of,
    point_unowned,
    resources_at,
)
from aardekast.catalogue.keys import key_of
from aardekast.catalogue.relations import note_relations
from aardekast.catalogue.storable import storable, storable_page
from aardekast.catalogue.tables import FieldValueRow, PassageRow, ResourceRow
from aardekast.catalogue.values import keep_values
from aardekast.resource import Harvested, Origin, Outcome, Passage, Review, Source, Status

MISSES_UNTIL_FAILING = 4  # on different days; a night's outage is not a dead link (TeSS link_monitor.rb)
DAYS_UNTIL_GONE = 30


def keep(session: Session, found: Harvested, source: Source | None, now: datetime) -> tuple[Outcome, str]:
    """Keep a page; `source` is None for the built-in source of the curated addresses.

    Returns the outcome and the id of the resource, which is empty where nothing was kept.
    """
    found = _with_believed_canonical(session, storable_page(found))
    if leads_elsewhere(session, found, _hash(found)):
        return Outcome.ELSEWHERE, ""
    rows = resources_at(session, _own(found)) or resources_at(session, _canonical(found))
    row = rows[0] if rows else None
    if row is None or not row.in_file:
        if is_withdrawn(session, _own(found)):
            return Outcome.WITHDRAWN, ""
        if row is not None and row.review == Review.REJECTED:
            return Outcome.REJECTED, ""
    is_new = row is None
    row = row or _new_row(session, found, source, now)
    changed = [_merge_others(session, row, rows[1:]), _accept(row, source), follow(row, found)]
    point_unowned(session, row, (*_own(found), *_canonical(found)))
    if not _is_variant(row, found):
        changed.append(_keep_content(session, row, found, source))
        changed.append(note_relations(session, row, found))
    row.etag, row.last_modified = found.etag, found.last_modified
    changed.append(note_reached(row, now))
    if is_new or any(changed):
        row.last_changed = now
    return Outcome.ADDED if is_new else Outcome.CHANGED if any(changed) else Outcome.UNCHANGED, row.id


def _own(found: Harvested) -> tuple[str, ...]:
    """The addresses that led to the page."""
    return (found.url, *found.redirects, found.requested)


def _canonical(found: Harvested) -> tuple[str, ...]:
    return (found.canonical,) if found.canonical else ()


def _merge_others(session: Session, row: ResourceRow, others: Iterable[ResourceRow]) -> bool:
    """What its other addresses led to was this resource; two curated cards of one page are the curators' to merge."""
    wrong = [other for other in others if not other.in_file]
    for other in wrong:
        merge(session, other, into=row)
    return bool(wrong)


def _with_believed_canonical(session: Session, found: Harvested) -> Harvested:
    """The page without its rel=canonical, where that leads to a resource that says something else.

    Sites that give all their pages one canonical address would become a single resource: the word of a page is
    believed where the canonical address itself was read, or where it says the same.
    """
    row = owner_of(session, found.canonical) if found.canonical else None
    if row is None or _is_variant(row, found) or row.content_hash == _hash(found):
        return found
    return found if row in resources_at(session, _own(found)) else replace(found, canonical=None)


def _is_variant(row: ResourceRow, found: Harvested) -> bool:
    """Whether this is another spelling of a page whose canonical address was read: that one's text stays."""
    if not found.canonical or not row.answered or key_of(found.canonical) == key_of(found.url):
        return False
    return key_of(row.answered) == key_of(found.canonical)


def note_miss(row: ResourceRow, now: datetime) -> bool:
    """Count a day on which the resource could not be had. Whether its status changed."""
    today, before = now.date(), row.status
    if row.missed_on != today:
        row.misses += 1
        row.missed_on = today
        row.missed_since = row.missed_since or today
    row.last_checked = now
    if row.status in (Status.LIVE, Status.FAILING) and row.misses >= MISSES_UNTIL_FAILING:
        is_gone = row.missed_since is not None and (today - row.missed_since).days >= DAYS_UNTIL_GONE
        row.status = Status.GONE if is_gone else Status.FAILING
    return row.status != before


def note_reached(row: ResourceRow, now: datetime) -> bool:
    """Forget the misses: it answered. Whether its status changed."""
    before = row.status
    row.last_checked = now
    row.misses, row.missed_on, row.missed_since = 0, None, None
    if row.status in (Status.FAILING, Status.GONE, Status.UNLISTED):
        row.status = Status.LIVE
    return row.status != before


def _new_row(session: Session, found: Harvested, source: Source | None, now: datetime) -> ResourceRow:
    url = found.canonical or found.url
    row = ResourceRow(id=_free_id(session, url), url=storable(clean_url(url)), first_seen=now, text="", in_file=False)
    row.review = Review.ACCEPTED if _is_trusted(source) else Review.WAITING
    row.status, row.misses, row.may_harvest, row.may_show_snippet = Status.LIVE, 0, True, True
    session.add(row)
    session.flush()
    return row


def _accept(row: ResourceRow, source: Source | None) -> bool:
    """What waits is accepted when a trusted source finds it too. Whether it was."""
    if row.review != Review.WAITING or not _is_trusted(source):
        return False
    row.review = Review.ACCEPTED
    return True


def _is_trusted(source: Source | None) -> bool:
    return source is None or source.trusted


def _free_id(session: Session, url: str) -> str:
    """The id of the address; with a number where a resource that has moved on still has it."""
    id_, number = resource_id(url), 2
    while session.get(ResourceRow, id_) is not None:
        id_, number = f"{resource_id(url)}-{number}", number + 1
    return id_


def _keep_content(session: Session, row: ResourceRow, found: Harvested, source: Source | None) -> bool:
    if source is not None and row.source_id is None:
        row.source_id = source.id
    changed = keep_values(session, row.id, Origin.HARVESTED, _harvested(found))
    if (
        source is not None and row.source_id == source.id
    ):  # of several sources that find it, the first one's word counts
        changed |= keep_values(session, row.id, Origin.SUGGESTED, {**found.suggested, **_defaults(source)})
    content = _hash(found)
    if row.content_hash == content:
        return (not has_noted_text(session, row) and note_text(session, row, found.bands)) or changed
    row.content_hash, row.answered = content, storable(clean_url(found.url))
    row.text, row.words = found.text, len(found.text.split()) or None
    row.format, row.pages, row.minutes = found.format, found.pages, found.minutes
    row.may_show_snippet = found.may_show_snippet
    _keep_passages(session, row, found.passages)
    note_text(session, row, found.bands)
    return True


def _keep_passages(session: Session, row: ResourceRow, passages: Iterable[Passage]) -> None:
    session.execute(delete(PassageRow).where(PassageRow.resource_id == row.id), execution_options=NOT_LOADED)
    rows = [{"resource_id": row.id, "position": number, **asdict(one)} for number, one in enumerate(passages)]
    if rows:
        session.execute(insert(PassageRow), rows)


def kept_passages(session: Session, row: ResourceRow) -> tuple[Passage, ...]:
    """The passages of a resource in their order."""
    query = select(PassageRow).where(PassageRow.resource_id == row.id).order_by(PassageRow.position)
    return tuple(
        Passage(offset=p.offset, heading=p.heading, page=p.page, start=p.start, fragment=p.fragment)
        for p in session.scalars(query)
    )


def rewrite_text(session: Session, row: ResourceRow, text: str, passages: tuple[Passage, ...]) -> None:
    """Give a resource another text, as if its page had been read with it: read so again it is unchanged."""
    title = session.get(FieldValueRow, (row.id, "title", Origin.HARVESTED))
    read = Harvested(
        source="",
        requested="",
        url="",
        title=title.value if title is not None else "",
        text=text,
        format=row.format,
        pages=row.pages,
        minutes=row.minutes,
        may_show_snippet=row.may_show_snippet,
        passages=passages,
    )
    row.content_hash, row.text, row.words = _hash(read), text, len(text.split()) or None
    _keep_passages(session, row, passages)
    note_text(session, row)


def _harvested(found: Harvested) -> dict[str, Any]:
    return {
        "title": found.title,
        "description": found.description,
        "authors": found.authors,
        "published": found.published,
        "language": found.language,
        "kind": found.kind,
        "starts": found.starts,
        "ends": found.ends,
        "place": found.place,
        "licence": found.licence,
    }


def _defaults(source: Source | None) -> dict[str, Any]:
    """What resources.yaml says of everything the source brings, where it says anything."""
    if source is None:
        return {}
    values = {
        "publisher": source.publisher,
        "language": source.language,
        "kind": source.kind,
        "audiences": source.audiences,
        "topics": source.topics,
    }
    return {field: value for field, value in values.items() if value}


def _hash(found: Harvested) -> str:
    passages = [(p.offset, p.heading, p.page, p.start, p.fragment) for p in found.passages]
    parts = [found.title, found.text, found.format, found.pages, found.minutes, found.may_show_snippet, passages]
    return hashlib.blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=16).hexdigest()
