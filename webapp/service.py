"""For those who look after the site, for robots and for browsers: health, robots.txt, how the site is searched."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from webapp.language import gettext as _
from webapp.language import language_tag
from webapp.site import searcher
from webapp.xml_answers import add, document, xml_answer

blueprint = Blueprint("service", __name__)

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"

# Each combination of filters is an address of its own: robots would walk them for ever.
ROBOTS = """\
User-agent: *
Disallow: /api/v1/
Disallow: /en/api/v1/
Disallow: /ru/api/v1/
Disallow: /otsing?*&
Disallow: /en/otsing?*&
Disallow: /ru/otsing?*&
Disallow: /teata?
Disallow: /en/teata?
Disallow: /ru/teata?
Disallow: /teavita
Disallow: /en/teavita
Disallow: /ru/teavita
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
    """What robots may read, and where the map of the site is."""
    return Response(f"{ROBOTS}\nSitemap: {url_for('sitemap.index', _external=True)}\n", mimetype="text/plain")


@blueprint.get("/favicon.ico")
def icon() -> BaseResponse:
    """The icon of the site, for what asks without having read a page."""
    return redirect(url_for("static", filename="mark.svg"))


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """How browsers and programs search the site (OpenSearch 1.1)."""
    root = document("OpenSearchDescription", OPENSEARCH)
    results = url_for("pages.search", _external=True) + "?q={searchTerms}"
    for name, text in {
        "ShortName": "Aardekast",
        "Description": _("Otsi Aardekastist kogukondade arendamise materjale"),
        "Language": language_tag(),
        "InputEncoding": "UTF-8",
        "OutputEncoding": "UTF-8",
    }.items():
        add(root, name, text)
    feed = url_for("feeds.search", _external=True) + "?q={searchTerms}&leht={startPage?}"
    for type_, template in {"text/html": f"{results}&leht={{startPage?}}", "application/atom+xml": feed}.items():
        add(root, "Url", type=type_, template=template, pageOffset="1")
    add(root, "Image", url_for("static", filename="mark.svg", _external=True), type="image/svg+xml")
    return xml_answer(root, "application/opensearchdescription+xml")
