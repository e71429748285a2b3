"""Real answers of this very index, shortened to what shows their form: for the description and its page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import url_for

from index import Searcher, SearchRequest
from webapp.api.operations import CITATION, CITED_SEARCH, FACETS, RESOURCE, SEARCH, SELECTION, SUGGEST, VOCABULARY
from webapp.api.views import facets_record, search_record, suggest_record
from webapp.citations import bibtex
from webapp.citations.views import cited
from webapp.records import resource_record, vocabulary_record
from webapp.site import vocabulary

WORD, BEGINNING = "kriisiplaan", "kriisi"
OFFERS = 2


def answers(served: Searcher) -> dict[str, Any]:
    """The answer to each example, by the name of its operation; without one where nothing is to be found."""
    found = search_record(served.search(SearchRequest(text=WORD)))
    shown: dict[str, Any] = {
        SEARCH: found | {"hits": found["hits"][:1], "facets": _short(found["facets"])},
        FACETS: (counted := facets_record(SearchRequest(text=WORD))) | {"facets": _short(counted["facets"])},
        SUGGEST: (offered := suggest_record(SearchRequest(text=BEGINNING)))
        | {"suggestions": offered["suggestions"][:OFFERS]},
        VOCABULARY: {
            facet: terms[:1] if facet == "audience" else [] for facet, terms in vocabulary_record(vocabulary()).items()
        },
    }
    if resource := served.resource(_shown_id(served)):
        shown[RESOURCE] = resource_record(resource)
        shown[CITATION] = bibtex.write([cited(resource)])
    return shown


def addresses(served: Searcher) -> dict[str, str]:
    """What was asked for each, by the name of the operation."""
    shown = _shown_id(served)
    return {
        SEARCH: _asking("api.search", q=WORD),
        FACETS: _asking("api.facets", q=WORD),
        SUGGEST: _asking("api.suggest", q=BEGINNING),
        RESOURCE: url_for("api.resource", resource_id=shown, _external=True),
        VOCABULARY: _asking("api.vocabulary_of_site"),
        CITATION: url_for("citations.of_one", resource_id=shown, form="bib", _external=True),
        SELECTION: url_for("citations.of_selection", form="ris", id=shown, _external=True),
        CITED_SEARCH: url_for("citations.of_search", form="bib", q=WORD, _external=True),
    }


def _shown_id(served: Searcher) -> str:
    """The first that the example finds, else any; of an empty index the word, which leads nowhere."""
    found = served.search(SearchRequest(text=WORD, page_size=1)).hits
    everything = found or served.search(SearchRequest(page_size=1)).hits
    return everything[0].resource.id if everything else WORD


def _short(facets: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {facet: values[:1] for facet, values in facets.items()}


def _asking(endpoint: str, **asked: str) -> str:
    address = url_for(endpoint, _external=True)
    return f"{address}?{urlencode(asked)}" if asked else address
