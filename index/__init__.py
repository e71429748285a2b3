"""Catalogue in, hits out. The rest of the product knows only what is named here; nothing else imports Whoosh.

engine = engine_at(folder, vocabulary)
engine.update(catalogue)                       bring the index up to the catalogue (build: all of it anew)
engine.open().search(SearchRequest(...))       one page of hits with facets, from the newest published state
"""

from index.answer import FacetValue, Hit, PassageHit, PassageLink, SearchPage, Suggestion, SuggestionKind
from index.array_engine import engine_at
from index.collection import Collection, ResourceList
from index.engine import Engine, Searcher
from index.publishing import Published
from index.request import PAGE_SIZE, SearchRequest, Sort, YearRange

__all__ = [
    "PAGE_SIZE",
    "Collection",
    "Engine",
    "FacetValue",
    "Hit",
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
    "engine_at",
]
