"""The search for programs: the same answer as the results page, as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from webapp import params
from webapp.headers import conditional
from webapp.site import searcher, vocabulary

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
conditional(blueprint)


@blueprint.get("/search")
def search() -> Response:
    """The parameters of the results page, the answer of the index."""
    return jsonify(searcher().search(params.read(request.args, vocabulary()).request).as_json())


@blueprint.after_request
def allow_all_origins(response: Response) -> Response:
    """Any page may read it: there is nothing here that is not public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
