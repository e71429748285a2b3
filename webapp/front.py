"""What the front page shows of the index: doors, topics, kinds, what is new and what is to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aardekast.resource import Resource
from index import Searcher, SearchPage, SearchRequest, Sort
from webapp.language import gettext as _
from webapp.site import vocabulary
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
    audiences: tuple[Entry, ...]
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
        audiences=_doors(page),
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


def door_texts() -> Mapping[str, str]:
    """What each audience says of itself."""
    return {
        "arendaja": _("Toetan teisi: otsin meetodeid, uuringuid, häid praktikaid ja kaaslasi."),
        "kogukond": _("Meil on küla, selts või asum ja mõte, mida koos ära teha."),
        "kov": _("Tahan oma valla või linna inimestega ühiselt otsustada."),
    }


def _doors(page: SearchPage) -> tuple[Entry, ...]:
    """Every audience, in the order of the vocabulary."""
    counts = {value.value: value.count for value in page.facets.get("audience", ())}
    return tuple(Entry(slug, facet_label("audience", slug), counts.get(slug, 0)) for slug in vocabulary().audiences)


def _examples() -> tuple[str, ...]:
    """Query texts to begin with; a translation is any other that finds something."""
    return (_("kriisiplaan"), _("kaasav eelarve"), _("MTÜ põhikiri"), _("vabatahtlike kaasamine"))
