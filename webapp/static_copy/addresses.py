"""Links between the files of a copy, relative to the page that they stand on.

They go by the names that the templates of the site know, so that its macros draw the lists of a copy, too.
"""

from __future__ import annotations

import posixpath
from typing import Protocol
from urllib.parse import quote

from flask import request

from webapp.multilingual import ESTONIAN, path_below_language, requested_language
from webapp.site import vocabulary

LISTED = {"topic": "teema", "kind": "liik", "audience": "sihtruhm", "county": "maakond"}  # facets that have pages
ALL = "koik.html"
DRAWINGS = "symbols.svg"


class Identified(Protocol):
    """A resource, or a translation of one."""

    @property
    def id(self) -> str:
        """Its id."""


def copy_url(path: str) -> str:
    """The link to a page by its path below the language: `teema/kulaelu.html`."""
    return _link(_prefix(requested_language()) + path)


def in_language(language: str) -> str:
    """The link to this page in another language."""
    return _link(_prefix(language) + path_below_language().lstrip("/"))


def landing_url(facet: str, value: str) -> str:
    """The link to the list of a value of a facet; of one that the vocabulary no longer has, to all materials."""
    is_listed = value in vocabulary().terms(facet)
    return copy_url(list_path(LISTED[facet], value) if is_listed else ALL)


def resource_url(shown: Identified, _wanted: object = None) -> str:
    """The link to the page of a resource."""
    return copy_url(resource_path(shown.id))


def static_url(name: str) -> str:
    """The link to a static file; drawings stand in the page itself."""
    return "" if name == DRAWINGS else _link(f"static/{name}")


def list_path(name: str, slug: str, page: int = 1) -> str:
    """Where a page of a list lies: `teema/kulaelu.html`, `teema/kulaelu/2.html`."""
    return f"{name}/{slug}.html" if page == 1 else f"{name}/{slug}/{page}.html"


def resource_path(resource_id: str) -> str:
    """Where the page of a resource lies."""
    return f"materjal/{resource_id}.html"


def file_of(language: str, path: str) -> str:
    """The name of the file of a page in a language."""
    return _prefix(language) + path


def _prefix(language: str) -> str:
    return "" if language == ESTONIAN else f"{language}/"


def _link(target: str) -> str:
    return quote(posixpath.relpath(f"/{target}", posixpath.dirname(request.path)), safe="/")
