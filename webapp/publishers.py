"""Publishers by the name in their addresses: `/valjaandja/tartu-ulikool`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from aardekast.language.folding import fold
from index import Searcher, SearchRequest
from webapp.site import site

MAX_LENGTH = 80  # signs; the longest of the curated publishers has 59


def slug_of(name: str) -> str:
    """The name in small letters without marks, hyphens between its words; empty where it has no letter."""
    return re.sub(r"[\W_]+", "-", fold(name)).strip("-")[:MAX_LENGTH].rstrip("-")


def publishers(searcher: Searcher) -> Mapping[str, tuple[str, ...]]:
    """The names of each slug, the one with most materials first: `TARTU ÜLIKOOL` is no other publisher."""
    return site().keep("publishers", searcher.generation, lambda: _by_slug(searcher))


def _by_slug(searcher: Searcher) -> dict[str, tuple[str, ...]]:
    names: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for value in searcher.search(SearchRequest(page_size=1)).facets["publisher"]:
        if slug := slug_of(str(value.value or "")):
            names[slug] += (str(value.value),)
    return dict(names)
