"""What the front page shows of the index: doors, topics, kinds, what is new and what is to come."""

from __future__ import annotations

from dataclasses import dataclass

from aardekast.resource import Resource
from index import Searcher, SearchPage, SearchRequest, Sort
from webapp.doors import Door, doors
from webapp.language import gettext as _
from webapp.wording import facet_label

NEWEST = 5
COMING = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a facet with hits, as a link into the results."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Front:
    """All that the front page needs; the same until the next generation or day."""

    total: int
    doors: tuple[Door, ...]
    topics: tuple[Entry, ...]
    kinds: tuple[Entry, ...]
    newest: tuple[Resource, ...]
    coming: tuple[Resource, ...]
    examples: tuple[str, ...]


def gather(searcher: Searcher) -> Front:
    """Ask the index for everything on the front page."""
    page = searcher.search(SearchRequest(sort=Sort.NEWEST, page_size=NEWEST))
    return Front(
        total=page.total,
        doors=doors(searcher),
        topics=entries(page, "topic"),
        kinds=entries(page, "kind"),
        newest=tuple(hit.resource for hit in page.hits),
        coming=searcher.coming(SearchRequest(), COMING),
        examples=tuple(text for text in _examples() if searcher.count(SearchRequest(text=text))),
    )


def entries(page: SearchPage, facet: str) -> tuple[Entry, ...]:
    """The values of a facet that have hits, most hits first."""
    return tuple(
        Entry(str(value.value), facet_label(facet, value.value), value.count)
        for value in page.facets.get(facet, ())
        if value.value
    )


def _examples() -> tuple[str, ...]:
    """Query texts to begin with; a translation is any other that finds something."""
    return (_("kriisiplaan"), _("kaasav eelarve"), _("MTÜ põhikiri"), _("vabatahtlike kaasamine"))
