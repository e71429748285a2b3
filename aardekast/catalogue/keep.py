"""What a harvest found, into the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from aardekast.catalogue.additions import add
from aardekast.catalogue.content import (
    all_addresses,
    content_hash,
    fill,
    harvested_values,
    own_addresses,
    suggested_values,
)
from aardekast.catalogue.copies import has_noted_text, note_text
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
from aardekast.catalogue.passages import keep_passages
from aardekast.catalogue.relations import note_relations
from aardekast.catalogue.storable import storable_page
from aardekast.catalogue.tables import FieldValueRow, ResourceRow
from aardekast.catalogue.values import keep_values
from aardekast.resource import Harvested, Origin, Outcome, Passage, Review, Source, Status

MISSES_UNTIL_FAILING = 4  # on different days; a night's outage is not a dead link (TeSS link_monitor.rb)
DAYS_UNTIL_GONE = 30


def keep(session: Session, found: Harvested, source: Source | None, now: datetime) -> tuple[Outcome, str]:
    """Keep a page; `source` is None for the built-in source of the curated addresses.

    Returns the outcome and the id of the resource, which is empty where nothing was kept.
    """
    found = _with_believed_canonical(session, storable_page(found))
    if leads_elsewhere(session, found, content_hash(found)):
        return Outcome.ELSEWHERE, ""
    rows = resources_at(session, own_addresses(found))
    if not rows and found.canonical and not _is_own(found, found.canonical):
        rows = resources_at(session, (found.canonical,))
    row = rows[0] if rows else None
    if row is None or not row.in_file:
        if is_withdrawn(session, own_addresses(found)):
            return Outcome.WITHDRAWN, ""
        if row is not None and row.review == Review.REJECTED:
            return Outcome.REJECTED, ""
    if row is None:
        return Outcome.ADDED, add(session, found, source, now)
    changed = [_merge_others(session, row, rows[1:]), _accept(row, source), follow(row, found)]
    point_unowned(session, row, all_addresses(found))
    if not _is_variant(row, found):
        changed.append(_keep_content(session, row, found, source))
        changed.append(note_relations(session, row, found))
    row.etag, row.last_modified = found.etag, found.last_modified
    changed.append(note_reached(row, now))
    if any(changed):
        row.last_changed = now
    return Outcome.CHANGED if any(changed) else Outcome.UNCHANGED, row.id


def _is_own(found: Harvested, url: str) -> bool:
    """Whether the address is one of those that led to the page."""
    return key_of(url) in {key_of(own) for own in own_addresses(found)}


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
    if not found.canonical or _is_own(found, found.canonical):
        return found
    row = owner_of(session, found.canonical)
    if row is None or _is_variant(row, found) or row.content_hash == content_hash(found):
        return found
    return found if row in resources_at(session, own_addresses(found)) else replace(found, canonical=None)


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


def _accept(row: ResourceRow, source: Source | None) -> bool:
    """What waits is accepted when a trusted source finds it too. Whether it was."""
    if row.review != Review.WAITING or not _is_trusted(source):
        return False
    row.review = Review.ACCEPTED
    return True


def _is_trusted(source: Source | None) -> bool:
    return source is None or source.trusted


def _keep_content(session: Session, row: ResourceRow, found: Harvested, source: Source | None) -> bool:
    if source is not None and row.source_id is None:
        row.source_id = source.id
    changed = keep_values(session, row.id, Origin.HARVESTED, harvested_values(found))
    if (
        source is not None and row.source_id == source.id
    ):  # of several sources that find it, the first one's word counts
        changed |= keep_values(session, row.id, Origin.SUGGESTED, suggested_values(found, source))
    content = content_hash(found)
    if row.content_hash == content:
        return (not has_noted_text(session, row) and note_text(session, row, found.bands)) or changed
    fill(row, found)
    keep_passages(session, row.id, found.passages)
    note_text(session, row, found.bands)
    return True


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
    row.content_hash, row.text, row.words = content_hash(read), text, len(text.split()) or None
    keep_passages(session, row.id, passages)
    note_text(session, row)
