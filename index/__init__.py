"""Catalogue in, hits out. The rest of the product knows only what is named here; nothing else imports Whoosh.

engine = engine_at(folder, vocabulary)
engine.update(catalogue)                       bring the index up to the catalogue (build: all of it anew)
engine.open().search(SearchRequest(...))       one page of hits with facets, from the newest published state
"""

from index.answer import FacetValue, Hit, PassageHit, PassageLink, Published, SearchPage, Suggestion, SuggestionKind
from index.array_engine import engine_at
from index.collection import Collection, ResourceList
from index.engine import Engine, Searcher
from index.querytext import MAX_WORDS, QueryText, read_query
from index.request import MAX_LENGTH, MAX_PAGE, PAGE_SIZE, UNKNOWN_YEAR, SearchRequest, Sort, YearRange

__all__ = [
    "MAX_LENGTH",
    "MAX_PAGE",
    "MAX_WORDS",
    "PAGE_SIZE",
    "UNKNOWN_YEAR",
    "Collection",
    "Engine",
    "FacetValue",
    "Hit",
    "PassageHit",
    "PassageLink",
    "Published",
    "QueryText",
    "ResourceList",
    "SearchPage",
    "SearchRequest",
    "Searcher",
    "Sort",
    "Suggestion",
    "SuggestionKind",
    "YearRange",
    "engine_at",
    "read_query",
]
