"""Lines that stand on many pages of a host: found by comparing the texts of all its resources, kept for ever after.

A line is never forgotten, so that no text has it in one run and not in the next: whatever the order in which pages are
read, all texts of a host end without the lines that were found, and are unchanged when they are read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from aardekast.addresses import host_of
from aardekast.catalogue.keep import passages_of, rewrite_text
from aardekast.catalogue.tables import AddressRow, RepeatedLineRow, ResourceRow
from aardekast.language.repeated import comparable, without_repeated

# On 120 real help pages that share much the commonest line stands on five, which is 4 % of them, and is text.
LEAST_PAGES = 5
LEAST_SHARE = 0.1
MOST_LINES = 1_000  # of a host
MOST_COMPARED = 2_000  # resources of a host; ids are digests, so that the first ones are any
_AT_ONCE = 200


def repeated_lines(session: Session, host: str) -> frozenset[str]:
    """The digests of the lines that are known as repeated on a host."""
    return frozenset(session.scalars(select(RepeatedLineRow.digest).where(RepeatedLineRow.host == host)))


def settle(session: Session, host: str, now: datetime) -> int:
    """Compare the pages of a host, and take what is repeated out of all of them. How many changed."""
    ids = _pages(session, host)
    if len(ids) < LEAST_PAGES:
        return 0
    known = repeated_lines(session, host)
    found = _found(session, ids[:MOST_COMPARED], known)[: max(0, MOST_LINES - len(known))]
    session.add_all(RepeatedLineRow(host=host, digest=digest) for digest in found)
    known |= set(found)
    return sum(_clean(session, row, known, now) for row in _rows(session, ids)) if known else 0


def _pages(session: Session, host: str) -> list[str]:
    """The ids of the resources whose text came from a page of the host, in an order that says nothing."""
    starts = [f"{scheme}://{www}{host}{end}" for scheme in ("http", "https") for www in ("", "www.") for end in "/:"]
    at_host = or_(*(AddressRow.url.startswith(start, autoescape=True) for start in starts))
    query = (
        select(ResourceRow.id, ResourceRow.answered)
        .where(ResourceRow.id.in_(select(AddressRow.resource_id).where(at_host)), ResourceRow.format == "html")
        .order_by(ResourceRow.id)
    )
    return [id_ for id_, answered in session.execute(query) if answered and host_of(answered) == host]


def _rows(session: Session, ids: list[str]) -> Iterator[ResourceRow]:
    for start in range(0, len(ids), _AT_ONCE):
        yield from session.scalars(select(ResourceRow).where(ResourceRow.id.in_(ids[start : start + _AT_ONCE]))).all()


def _found(session: Session, ids: list[str], known: frozenset[str]) -> list[str]:
    """What is repeated and not known yet, the commonest first."""
    pages: Counter[str] = Counter()
    for start in range(0, len(ids), _AT_ONCE):
        chosen = ResourceRow.id.in_(ids[start : start + _AT_ONCE])
        for text in session.scalars(select(ResourceRow.text).where(chosen)):
            pages.update(comparable(text))
    least = max(LEAST_PAGES, LEAST_SHARE * len(ids))
    found = ((-count, digest) for digest, count in pages.items() if count >= least and digest not in known)
    return [digest for _, digest in sorted(found)]


def _clean(session: Session, row: ResourceRow, known: frozenset[str], now: datetime) -> bool:
    if known.isdisjoint(comparable(row.text)):
        return False
    text, passages = without_repeated(row.text, passages_of(session, row), known)
    if text == row.text:
        return False
    rewrite_text(session, row, text, passages)
    row.last_changed = now
    return True
