"""The pages of an audience, topic, kind, county or publisher: what is there, and where to begin.

All that they show is asked of the index, once for each generation and day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aardekast.resource import Resource
from index import Searcher, SearchPage, SearchRequest, Sort
from webapp import params
from webapp.front import Entry, entries
from webapp.language import gettext as _
from webapp.language import language_tag
from webapp.publishers import publishers
from webapp.site import vocabulary
from webapp.wording import facet_label

BEST = 5
NEWEST = 5
MOST_ENTRIES = 12  # of a facet; the filters of the results show them all
# What the materials of a page are parted by, under headings of their own.
PARTS = {
    "audience": ("kind", "topic"),
    "topic": ("kind", "topic", "audience"),
    "kind": ("topic", "audience"),
    "county": ("topic", "kind"),
    "publisher": ("topic", "kind"),
}
FACETS = {facet.name: facet for facet in params.FACETS if facet.facet in PARTS}


@dataclass(frozen=True, slots=True)
class Part:
    """One facet of what is there: each value with the search that finds its materials."""

    facet: str
    legend: str
    entries: tuple[tuple[Entry, SearchRequest], ...]


@dataclass(frozen=True, slots=True)
class Landing:
    """All that such a page shows. `request` finds all of its materials, `best` is empty where they are few."""

    facet: str
    slug: str
    title: str
    about: str
    request: SearchRequest
    total: int
    best: tuple[Resource, ...]
    newest: tuple[Resource, ...]
    parts: tuple[Part, ...]


def request_for(name: str, slug: str, searcher: Searcher) -> SearchRequest | None:
    """The search for all materials of a page `/teema/<slug>`; None where there is no such page."""
    facet = FACETS[name]
    if facet.facet == "publisher":
        values: Sequence[str] = publishers(searcher).get(slug, ())
    else:
        values = (slug,) if slug in vocabulary().terms(facet.facet) else ()
    return _with_values(SearchRequest(), facet, tuple(values)) if values else None


def gather(name: str, slug: str, request: SearchRequest, searcher: Searcher) -> Landing:
    """Ask the index for everything on a page that there is."""
    facet = FACETS[name].facet
    page = searcher.search(replace(_counted(facet, slug, request), sort=Sort.NEWEST, page_size=NEWEST + BEST))
    newest = tuple(hit.resource for hit in page.hits)
    best = _best(facet, slug, request, searcher) if page.total > NEWEST else ()
    shown = {resource.id for resource in best}
    return Landing(
        facet=facet,
        slug=slug,
        title=title_of(facet, slug, request),
        about=_about(facet, slug, request),
        request=request,
        total=page.total,
        best=best,
        newest=tuple(resource for resource in newest if resource.id not in shown)[:NEWEST],
        parts=tuple(part for part in _parts(facet, slug, request, page) if part.entries),
    )


def title_of(facet: str, slug: str, request: SearchRequest) -> str:
    """What the page is called: a term by its label, a publisher by the name that most of its materials have."""
    return request.publishers[0] if facet == "publisher" else facet_label(facet, slug)


def kept_under(landing_name: str, slug: str) -> str:
    """The name that a page is kept by between requests, in the language of this one."""
    return f"landing-{landing_name}-{slug}-{language_tag()}"


def _about(facet: str, slug: str, request: SearchRequest) -> str:
    """What the curators say of a term; of counties and publishers, which are many, what all such pages hold."""
    title = title_of(facet, slug, request)
    if facet == "county":
        return _("Materjalid %(name)s kohta: kohalikud lood, kavad ja sündmused.", name=title)
    if facet == "publisher":
        return _("Mida %(name)s on avaldanud ja mis on jõudnud Aardekasti.", name=title)
    return vocabulary().terms(facet)[slug].about(language_tag())


def _counted(facet: str, slug: str, request: SearchRequest) -> SearchRequest:
    """The same materials, asked for so that the values of the facet itself are counted among them alone."""
    return SearchRequest(text=f'teema:"{slug}"') if facet == "topic" else request


def _best(facet: str, slug: str, request: SearchRequest, searcher: Searcher) -> tuple[Resource, ...]:
    """What the words of the term find first among its materials."""
    term = vocabulary().terms(facet).get(slug)
    if term is None:
        return ()
    text = " ".join(term.words) or term.label()
    page = searcher.search(replace(request, text=params.clean(text), page_size=BEST))
    return tuple(hit.resource for hit in page.hits)


def _parts(facet: str, slug: str, request: SearchRequest, page: SearchPage) -> list[Part]:
    return [
        Part(
            part,
            _legend(facet, part),
            tuple(
                (entry, _narrowed(facet, slug, request, part, entry.value))
                for entry in entries(page, part)
                if (part, entry.value) != (facet, slug)
            )[:MOST_ENTRIES],
        )
        for part in PARTS[facet]
    ]


def _narrowed(facet: str, slug: str, request: SearchRequest, part: str, value: str) -> SearchRequest:
    within = _counted(facet, slug, request) if part == facet else request
    return _with_values(within, next(known for known in params.FACETS if known.facet == part), (value,))


def _with_values(request: SearchRequest, facet: params.FacetParameter, values: tuple[str, ...]) -> SearchRequest:
    changed: dict[str, Any] = {facet.field: values}
    return replace(request, **changed)


def _legend(facet: str, part: str) -> str:
    legends: Mapping[str, str] = {"topic": _("Teemad"), "kind": _("Liigid"), "audience": _("Kellele")}
    return _("Lähedased teemad") if part == facet else legends[part]
