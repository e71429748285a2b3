"""The API described: as an OpenAPI document, and as pages that are made from the same document.

What describes it is loaded when somebody asks: 1 MB that no worker needs to answer a search.
"""

from __future__ import annotations

from flask import Response, jsonify, render_template

from webapp.headers import conditional
from webapp.multilingual import MultilingualBlueprint
from webapp.site import searcher, site

blueprint = MultilingualBlueprint("api_docs", __name__, url_prefix="/api")
conditional(blueprint)


@blueprint.get("/openapi.json")
def description() -> Response:
    """The OpenAPI 3.1 document."""
    from webapp.api import examples
    from webapp.api.description import document

    return jsonify(document(site().owner, examples.answers(searcher())))


@blueprint.get("/")
def page() -> str:
    """The same for people."""
    from webapp.api import guide

    return render_template("api.html", **guide.shown(site().owner, searcher()))


@blueprint.get("/valjad")
def fields() -> str:
    """The fields of every answer."""
    from webapp.api import guide

    return render_template("api_fields.html", models=guide.models(site().owner))
