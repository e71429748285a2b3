"""The map of the site for robots: its pages, and the page of each resource, in every language that the site speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, url_for

from aardekast.vocabulary import INTERFACE_LANGUAGES
from webapp import landing, landings
from webapp.headers import conditional
from webapp.publishers import publishers
from webapp.site import searcher, site, vocabulary
from webapp.xml_answers import add, document, xml_answer

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
RESOURCES = (
    5_000  # of one file; with three languages it has 15,000 addresses and 9 MB, and 50,000 and 50 MB are allowed
)
UNCHANGING = (  # no generation changes what they say
    *("pages.how_to_search", "about.aardekast", "about.accessibility", "about.privacy"),
    *("api_docs.page", "api_docs.fields"),
)
PAGES = ("pages.home", "pages.search", "events.index", "landings.news", "embed.page", *UNCHANGING)

blueprint = Blueprint("sitemap", __name__)
conditional(blueprint)


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its endpoint; `changed` is when it changed last, where that is known."""

    endpoint: str
    values: dict[str, Any]
    changed: datetime | None = None


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """Where the parts are: one of the site's own pages, the rest of the resources."""
    root = document("sitemapindex", SITEMAP)
    parts = 1 + -(-len(_seen()) // RESOURCES)
    for part in range(parts):
        add(add(root, "sitemap"), "loc", url_for("sitemap.part", number=part, _external=True))
    return xml_answer(root)


@blueprint.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """One part; a number past the last is a 404."""
    pages = _own_pages() if number == 0 else _resources(_seen()[(number - 1) * RESOURCES : number * RESOURCES])
    root = document("urlset", SITEMAP, **{"xmlns:xhtml": XHTML})
    for page in pages:
        addresses = _in_languages(page)
        for address in addresses.values():
            url = add(root, "url")
            add(url, "loc", address)
            if page.changed:
                add(url, "lastmod", page.changed.date().isoformat())
            if len(addresses) > 1:
                for language, other in addresses.items():
                    add(url, "xhtml:link", rel="alternate", hreflang=language, href=other)
    if not len(root):
        abort(404)
    return xml_answer(root)


def _seen() -> Sequence[tuple[str, datetime | None]]:
    """Each resource and when it was first seen, the same order within a generation."""
    served = searcher()
    return site().keep("seen", served.generation, lambda: tuple(sorted(served.seen(), key=lambda known: known[0])))


def _own_pages() -> Iterator[Page]:
    published = searcher().published_at
    for endpoint in PAGES:
        yield Page(endpoint, {}, None if endpoint in UNCHANGING else published)
    slugs = {
        name: tuple(vocabulary().terms(landing.FACETS[name].facet)) or tuple(publishers(searcher()))
        for name in landing.FACETS
    }
    for name, known in slugs.items():
        for slug in known:
            if (name, slug) not in landings.OWN_PAGES:
                yield Page("landings.show", {"name": name, "slug": slug})


def _resources(seen: Sequence[tuple[str, datetime | None]]) -> Iterator[Page]:
    return (Page("pages.resource", {"resource_id": id_}, first_seen) for id_, first_seen in seen)


def _in_languages(page: Page) -> dict[str, str]:
    """The address of a page by language; of a site that has but one, that."""
    speaks = current_app.url_map.is_endpoint_expecting(page.endpoint, "language")
    languages = INTERFACE_LANGUAGES if speaks else INTERFACE_LANGUAGES[:1]
    asked = [{"language": language} if speaks else {} for language in languages]
    return {
        language: url_for(page.endpoint, **page.values, **values, _external=True)
        for language, values in zip(languages, asked, strict=True)
    }
