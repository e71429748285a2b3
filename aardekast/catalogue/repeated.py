"""Lines that stand on many pages of a host: found by comparing the texts of all its resources, kept for ever after.

A line is never forgotten, so that no text has it in one run and not in the next: whatever the order in which pages are
read, all texts of a host end without the lines that were found, and are unchanged when they are read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from aardekast.addresses import host_of
from aardekast.catalogue.keep import rewrite_text
from aardekast.catalogue.passages import kept_passages
from aardekast.catalogue.tables import AddressRow, RepeatedLineRow, ResourceRow, SourceRow
from aardekast.language.repeated import comparable, without_repeated

# On 120 real help pages that share much the commonest line stands on five, which is 4 % of them, and is text.
LEAST_PAGES = 5
LEAST_SHARE = 0.1
LEAST_SHARE_OF_FIRST = 0.5  # pages that come first may be of one kind, and its lines few among all the others
MOST_LINES = 1_000  # of a host
MOST_COMPARED = 2_000  # resources of a host; ids are digests, so that the first ones are any
_OF_RECORDS = frozenset({"oai-pmh", "ical"})  # types of sources
AT_ONCE = 50  # resources of a transaction: finding what a changed text is alike takes 30 ms, and others want to write


def repeated_lines(session: Session, host: str) -> frozenset[str]:
    """The digests of the lines that are known as repeated on a host."""
    return frozenset(session.scalars(select(RepeatedLineRow.digest).where(RepeatedLineRow.host == host)))


def newly_repeated(session: Session, host: str) -> list[str]:
    """Compare the pages of a host: the digests of what they repeat and was not known, the commonest first."""
    return _newly_repeated(session, host, LEAST_SHARE)


def widely_repeated(session: Session, host: str) -> list[str]:
    """As newly_repeated, where not all pages of the host have been read yet."""
    return _newly_repeated(session, host, LEAST_SHARE_OF_FIRST)


def note_repeated(session: Session, host: str, digests: Iterable[str]) -> None:
    """Keep lines as repeated ones."""
    for digest in digests:
        session.merge(RepeatedLineRow(host=host, digest=digest))


def holding(session: Session, host: str, known: frozenset[str]) -> list[str]:
    """The ids of the resources of a host whose texts hold one of the known lines."""
    ids = pages_of(session, host) if known else []
    return [id_ for id_, text in _texts(session, ids) if not known.isdisjoint(comparable(text))]


def clean(session: Session, ids: Sequence[str], known: frozenset[str], now: datetime) -> int:
    """Take the known lines out of the texts of some resources. How many changed."""
    return sum(_clean(session, row, known, now) for row in _rows(session, ids))


def pages_of(session: Session, host: str) -> list[str]:
    """The ids of the resources whose text came from a page of the host, in an order that says nothing."""
    starts = [f"{scheme}://{www}{host}{end}" for scheme in ("http", "https") for www in ("", "www.") for end in "/:"]
    at_host = or_(*(AddressRow.url.startswith(start, autoescape=True) for start in starts))
    described = _sources_of_records(session)
    query = (
        select(ResourceRow.id, ResourceRow.answered, ResourceRow.source_id)
        .where(ResourceRow.id.in_(select(AddressRow.resource_id).where(at_host)), ResourceRow.format == "html")
        .order_by(ResourceRow.id)
    )
    return [
        id_
        for id_, answered, source_id in session.execute(query)
        if answered and host_of(answered) == host and source_id not in described
    ]


def _sources_of_records(session: Session) -> set[str]:
    """The sources whose resources are as a list describes them: what all days of a series say is no menu."""
    rows = session.scalars(select(SourceRow))
    return {row.id for row in rows if (row.entry.get("type") or row.found_type) in _OF_RECORDS}


def _rows(session: Session, ids: Sequence[str]) -> Sequence[ResourceRow]:
    return session.scalars(select(ResourceRow).where(ResourceRow.id.in_(ids)).order_by(ResourceRow.id)).all()


def _texts(session: Session, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(ids), AT_ONCE):
        chosen = ResourceRow.id.in_(ids[start : start + AT_ONCE])
        yield from (
            (id_, text) for id_, text in session.execute(select(ResourceRow.id, ResourceRow.text).where(chosen))
        )


def _newly_repeated(session: Session, host: str, least_share: float) -> list[str]:
    ids = pages_of(session, host)
    known = repeated_lines(session, host)
    if len(ids) < LEAST_PAGES:
        return []
    return _found(session, ids[:MOST_COMPARED], known, least_share)[: max(0, MOST_LINES - len(known))]


def _found(session: Session, ids: list[str], known: frozenset[str], least_share: float) -> list[str]:
    """What is repeated and not known yet, the commonest first."""
    pages: Counter[str] = Counter()
    for _, text in _texts(session, ids):
        pages.update(comparable(text))
    least = max(LEAST_PAGES, least_share * len(ids))
    found = ((-count, digest) for digest, count in pages.items() if count >= least and digest not in known)
    return [digest for _, digest in sorted(found)]


def _clean(session: Session, row: ResourceRow, known: frozenset[str], now: datetime) -> bool:
    text, passages = without_repeated(row.text, kept_passages(session, row.id), known)
    if text == row.text:
        return False
    rewrite_text(session, row, text, passages)
    row.last_changed = now
    return True
