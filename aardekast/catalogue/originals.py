"""Which of several near copies is the original, as far as pages, publishers and dates tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aardekast.addresses import fault_of, host_of
from aardekast.catalogue.keys import key_of
from aardekast.catalogue.tables import AddressRow, FieldValueRow, OriginRow, ResourceRow, SourceRow
from aardekast.catalogue.values import shown_values

_BATCH = 500
_FIELDS = ("title", "publisher", "published")
_UNKNOWN = "~"  # after every date; and after a year, so that 2019-05 counts as older than 2019


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One of several resources with nearly the same text; `named` are the origins that its page gives."""

    id: str
    url: str
    is_card: bool
    first_seen: datetime
    publisher: str = ""
    published: str = ""
    named: tuple[str, ...] = ()


def in_order_of_preference(
    session: Session, candidates: Collection[Candidate], alike: Mapping[str, Set[str]]
) -> list[Candidate]:
    """Cards, then what a copy names as its origin, what stands on its publisher's own site, the oldest, the first seen.

    A copy names its origin by rel=canonical or a line such as "Allikas: ...".
    """
    by_id = {candidate.id: candidate for candidate in candidates}
    owners = _owners(session, {named for one in candidates for named in one.named if fault_of(named) is None})
    sites = _sites(session)

    def is_named(one: Candidate) -> bool:
        others = (by_id[id_] for id_ in alike[one.id] if id_ in by_id)
        return any(_names(other, named, one, owners) for other in others for named in other.named)

    def rank(one: Candidate) -> tuple[bool, bool, bool, str, datetime, str]:
        is_at_home = host_of(one.url) in sites[one.publisher]
        published = f"{one.published}{_UNKNOWN}"
        return (not one.is_card, not is_named(one), not is_at_home, published, one.first_seen, one.id)

    return sorted(candidates, key=rank)


def candidates_of(session: Session, ids: Collection[str]) -> list[Candidate]:
    """These resources, but for those without a title: nothing is shown of them, so they stand for nothing."""
    found, wanted = [], sorted(ids)
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        values: defaultdict[str, list[FieldValueRow]] = defaultdict(list)
        query = select(FieldValueRow).where(FieldValueRow.resource_id.in_(batch), FieldValueRow.field.in_(_FIELDS))
        for value in session.scalars(query):
            values[value.resource_id].append(value)
        named: defaultdict[str, list[str]] = defaultdict(list)
        origins = select(OriginRow).where(OriginRow.resource_id.in_(batch)).order_by(OriginRow.position)
        for origin in session.scalars(origins):
            named[origin.resource_id].append(origin.named)
        columns = (ResourceRow.id, ResourceRow.url, ResourceRow.in_file, ResourceRow.first_seen)
        for id_, url, in_file, first_seen in session.execute(select(*columns).where(ResourceRow.id.in_(batch))):
            shown = shown_values(values[id_])
            if not shown.pop("title", ""):
                continue
            origins_of_one = tuple(named[id_])
            found.append(
                Candidate(id=id_, url=url, is_card=in_file, first_seen=first_seen, named=origins_of_one, **shown)
            )
    return found


def _names(other: Candidate, named: str, one: Candidate, owners: Mapping[str, str]) -> bool:
    """Whether this origin of `other` is `one`: by its address, its host, or its publisher."""
    host = host_of(one.url)
    if fault_of(named) is None:
        if key_of(named) in owners:
            return owners[key_of(named)] == one.id
        return host_of(named) == host != host_of(other.url)
    if host == host_of(other.url):
        return False
    words = named.lower()
    is_other_publisher = bool(one.publisher) and one.publisher != other.publisher
    return host in words or (is_other_publisher and one.publisher.lower() in words)


def _owners(session: Session, urls: Collection[str]) -> dict[str, str]:
    """The resource that each of these addresses leads to, by their keys."""
    owners: dict[str, str] = {}
    keys = sorted({key_of(url) for url in urls})
    for start in range(0, len(keys), _BATCH):
        query = select(AddressRow.key, AddressRow.resource_id).where(AddressRow.key.in_(keys[start : start + _BATCH]))
        owners.update((key, id_) for key, id_ in session.execute(query))
    return owners


def _sites(session: Session) -> defaultdict[str, set[str]]:
    """The hosts of each publisher's sources."""
    sites: defaultdict[str, set[str]] = defaultdict(set)
    for entry in session.scalars(select(SourceRow.entry).where(SourceRow.in_file)):
        sites[entry.get("publisher", "")].add(host_of(entry["url"]))
    return sites
