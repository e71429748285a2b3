"""Catalogue in, hits out. The rest of the product knows only what is named here; nothing else imports Whoosh.

publish(folder, catalogue, vocabulary)      bring the index up to the catalogue: build or update
open_searcher(folder, vocabulary).searcher  the newest published generation
searcher.search(SearchRequest(...))         one page of hits with facets
"""

from index.answer import FacetValue, Hit, PassageHit, PassageLink, SearchPage, Suggestion, SuggestionKind
from index.collection import Collection, ResourceList
from index.live import LiveIndex, open_searcher
from index.publishing import Published, publish
from index.request import PAGE_SIZE, SearchRequest, Sort, YearRange
from index.searcher import Searcher

__all__ = [
    "PAGE_SIZE",
    "Collection",
    "FacetValue",
    "Hit",
    "LiveIndex",
    "PassageHit",
    "PassageLink",
    "Published",
    "ResourceList",
    "SearchPage",
    "SearchRequest",
    "Searcher",
    "Sort",
    "Suggestion",
    "SuggestionKind",
    "YearRange",
    "open_searcher",
    "publish",
]
