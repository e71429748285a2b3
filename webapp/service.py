"""For those who look after the site and for robots: health and robots.txt."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp.site import searcher

blueprint = Blueprint("service", __name__)

# Each combination of filters is an address of its own: robots would walk them for ever.
ROBOTS = """\
User-agent: *
Disallow: /api/
Disallow: /en/api/
Disallow: /ru/api/
Disallow: /otsing?*&
Disallow: /en/otsing?*&
Disallow: /ru/otsing?*&
"""


@blueprint.get("/tervis")
def health() -> Response:
    """Which generation is served; 503 while there is none."""
    served = searcher()
    response = jsonify(
        status="ok",
        generation=served.generation,
        size=served.size,
        published_at=served.published_at.isoformat(),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What robots may read."""
    return Response(ROBOTS, mimetype="text/plain")
