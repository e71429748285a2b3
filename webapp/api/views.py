"""The search for programs: the same answer as the results page, as JSON. `models` says what is in it.

Below `/en/` and `/ru/` labels and addresses are in that language; names and values are the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, abort, jsonify, request, url_for

from index import SearchPage, SearchRequest, Suggestion, SuggestionKind
from webapp import params
from webapp.headers import conditional
from webapp.language import language_tag
from webapp.multilingual import ESTONIAN, MultilingualBlueprint
from webapp.pages import search_url, with_query
from webapp.programs import limit
from webapp.records import resource_record, vocabulary_record
from webapp.site import searcher, vocabulary
from webapp.wording import facet_label

SUGGESTIONS = 8

Record = dict[str, Any]

blueprint = MultilingualBlueprint("api", __name__, url_prefix="/api/v1")
limit(blueprint, lambda: "application/json")
conditional(blueprint)


@blueprint.get("/search")
def search() -> Response:
    """The parameters of the results page, the answer of the index; Link leads to the pages beside it."""
    wanted = asked()
    found = searcher().search(wanted)
    response = jsonify(search_record(found))
    if links := links_beside(url_for(".search", _external=True), wanted, found):
        response.headers["Link"] = links
    return response


@blueprint.get("/facets")
def facets() -> Response:
    """What a query finds, counted, without its hits."""
    return jsonify(facets_record(asked()))


@blueprint.get("/suggest")
def suggest() -> Response:
    """Completions of `q` that have hits under the filters in force, each with its address on this site."""
    return jsonify(suggest_record(asked()))


@blueprint.get("/resources/<resource_id>")
def resource(resource_id: str) -> Response:
    """One resource, without its text."""
    found = searcher().resource(resource_id)
    if found is None:
        abort(404)
    return jsonify(resource_record(found))


@blueprint.get("/vocabulary")
def vocabulary_of_site() -> Response:
    """The closed values of audience, kind, topic and county, and what they are called in each language."""
    return jsonify(vocabulary_record(vocabulary()))


def asked() -> SearchRequest:
    """What the address of this request asks for."""
    return params.read(request.args, vocabulary()).request


def search_record(found: SearchPage) -> Record:
    """The answer of the index with labels in the language of the address."""
    answer = found.as_json()
    if language_tag() != ESTONIAN:
        _translate(answer["facets"])
    return answer


def facets_record(wanted: SearchRequest) -> Record:
    """The counts of a search; one hit is the fewest that the index gives, and costs least."""
    answer = search_record(searcher().search(replace(wanted, page=1, page_size=1)))
    return {name: answer[name] for name in ("query", "total", "facets")}


def suggest_record(wanted: SearchRequest) -> Record:
    """Completions of the text of a request."""
    wanted = replace(wanted, page=1)
    found = searcher().suggest(wanted, limit=SUGGESTIONS)
    return {
        "query": wanted.text,
        "suggestions": [{"text": _text(one), "kind": str(one.kind), "url": _address(one, wanted)} for one in found],
    }


def links_beside(address: str, wanted: SearchRequest, found: SearchPage) -> str:
    """The Link header (RFC 8288) to the pages beside one: what a program may want next."""
    beside = [("first", 1), ("prev", found.page - 1)] if found.page > 1 else []
    beside += [("next", found.page + 1), ("last", found.pages)] if found.page < found.pages else []
    return ", ".join(f'<{with_query(address, wanted.on_page(page))}>; rel="{rel}"' for rel, page in beside)


def _translate(facets: dict[str, list[Record]]) -> None:
    """The labels of all values; the index gives them in Estonian."""
    for facet, values in facets.items():
        for value in values:
            value["label"] = facet_label(facet, value["value"])


def _text(suggested: Suggestion) -> str:
    """A topic is called as in the language of the page, whichever its name was typed in."""
    return facet_label("topic", suggested.value) if suggested.kind is SuggestionKind.TOPIC else suggested.text


def _address(suggested: Suggestion, wanted: SearchRequest) -> str:
    """A title opens its resource; a topic joins the filters in place of what was typed; a phrase is searched."""
    if suggested.kind is SuggestionKind.TITLE:
        return url_for("pages.resource", resource_id=suggested.value)
    if suggested.kind is SuggestionKind.TOPIC:
        topics = dict.fromkeys((*wanted.topics, suggested.value or ""))
        return search_url(replace(wanted, text="", topics=tuple(topics)))
    return search_url(params.with_text(wanted, suggested.text))
