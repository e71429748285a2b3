"""All files of a copy: every page in every language, then what the pages need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, render_template

from aardekast.vocabulary import EVENT_KIND
from webapp.contents import Contents
from webapp.language import ngettext, written_date
from webapp.multilingual import ESTONIAN, OWN_NAMES
from webapp.static_copy import addresses, lists
from webapp.static_copy.assets import static_files
from webapp.static_copy.drawings import with_drawings
from webapp.static_copy.terms import search_data

FRONT = "index.html"
SEARCH = "otsing.html"
EVENTS = "sundmused.html"
NEWEST = 8
DATA = "static/otsing-andmed.js"


@dataclass(frozen=True, slots=True)
class File:
    """A file by its name in the copy."""

    name: str
    content: bytes
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its path below the language, and what its template shows."""

    path: str
    template: str
    shown: dict[str, Any] = field(default_factory=dict)


def files(contents: Contents, app: Flask, languages: Sequence[str]) -> Iterator[File]:
    """Every file, Estonian pages first; what is made for one page is not kept for the next."""
    spoken = [language for language in OWN_NAMES if language in {*languages, ESTONIAN}]
    names = {language: OWN_NAMES[language] for language in spoken}
    for language in spoken:
        for page in pages(contents):
            yield _rendered(page, language, app, contents, names)
    yield File(DATA, search_data(contents).encode())
    for name, content in static_files():
        yield File(name, content)


def pages(contents: Contents) -> Iterator[Page]:
    """Every page: front, search, events, lists, materials."""
    found = lists.listings(contents)
    events = lists.events(contents.resources)
    facets = {facet: lists.entries(found, facet) for facet in addresses.LISTED}
    newest = lists.newest_first(contents.resources)[:NEWEST]
    yield Page(FRONT, "front.html", {"facets": facets, "newest": newest})
    yield Page(SEARCH, "search.html", {"kinds": contents.vocabulary.kinds, "topics": facets["topic"]})
    in_all = sum(entry.count for entry in facets["kind"] if entry.value == EVENT_KIND)
    yield Page(EVENTS, "events.html", {"events": events, "kind": EVENT_KIND, "has_undated": in_all > len(events)})
    for listing in found:
        for number in range(1, listing.pages + 1):
            path = addresses.list_path(listing.name, listing.slug, number) if listing.facet else _of_all(number)
            yield Page(path, "list.html", {"listing": listing, "number": number})
    for resource in contents.resources:
        yield Page(addresses.resource_path(resource.id), "resource.html", {"resource": resource})


def found_phrase(count: int) -> str:
    """What stands above so many results; the script puts number and text in place of the signs."""
    return ngettext(
        "%(count)s materjal otsingule „%(text)s“",
        "%(count)s materjali otsingule „%(text)s“",
        count,
        count="#",
        text="@",
    )


def _of_all(number: int) -> str:
    return f"{lists.ALL}.html" if number == 1 else f"{lists.ALL}/{number}.html"


def _rendered(page: Page, language: str, app: Flask, contents: Contents, names: dict[str, str]) -> File:
    name = addresses.file_of(language, page.path)
    with app.test_request_context(f"/{name}"):
        html = render_template(
            f"copy/{page.template}",
            **page.shown,
            own_names=names,
            day=contents.day,
            total=len(contents.resources),
            owner=contents.owner,
            site=contents.site,
            list_path=addresses.list_path,
            of_all=_of_all,
            term_of=lambda facet, slug: contents.vocabulary.terms(facet)[slug],
            written_date=written_date,
            found_phrase=found_phrase,
        )
    return File(name, with_drawings(html).encode(), is_page=True)
