"""The search for programs: the same answer as the results page, as JSON.

Below `/en/` and `/ru/` labels and addresses are in that language; names and values are the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, abort, jsonify, request, url_for

from index import SearchRequest, Suggestion, SuggestionKind
from webapp import params
from webapp.headers import conditional
from webapp.language import language_tag
from webapp.multilingual import ESTONIAN, MultilingualBlueprint
from webapp.pages import search_url
from webapp.records import resource_record, vocabulary_record
from webapp.site import searcher, vocabulary
from webapp.wording import facet_label

SUGGESTIONS = 8

blueprint = MultilingualBlueprint("api", __name__, url_prefix="/api/v1")
conditional(blueprint)


@blueprint.get("/search")
def search() -> Response:
    """The parameters of the results page, the answer of the index."""
    answer = searcher().search(params.read(request.args, vocabulary()).request).as_json()
    if language_tag() != ESTONIAN:
        _translate(answer["facets"])
    return jsonify(answer)


@blueprint.get("/suggest")
def suggest() -> Response:
    """Completions of `q` that have hits under the filters in force, each with its address on this site."""
    wanted = replace(params.read(request.args, vocabulary()).request, page=1)
    found = searcher().suggest(wanted, limit=SUGGESTIONS)
    return jsonify(
        query=wanted.text,
        suggestions=[{"text": _text(one), "kind": str(one.kind), "url": _address(one, wanted)} for one in found],
    )


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


def _translate(facets: dict[str, list[dict[str, Any]]]) -> None:
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


@blueprint.after_request
def allow_all_origins(response: Response) -> Response:
    """Any page may read it: there is nothing here that is not public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
