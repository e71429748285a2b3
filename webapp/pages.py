"""The pages that visitors see: front, results, one resource, how to search."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from aardekast.resource import Resource
from index import MAX_LENGTH, MAX_WORDS, PassageHit, QueryText, SearchPage, SearchRequest, Sort, read_query
from webapp import about, front, guide, params, results
from webapp.headers import conditional
from webapp.language import language_tag
from webapp.multilingual import MultilingualBlueprint
from webapp.searching import note, searched
from webapp.site import searcher, site, today, vocabulary

blueprint = MultilingualBlueprint("pages", __name__)
conditional(blueprint)

INSIDE = "sees"  # what is searched inside one resource, where it is not the text of the search one came from
PASSAGES = 5
SIMILAR = 5


@blueprint.get("/")
def home() -> str:
    """The front page."""
    served = searcher()
    key = (served.generation, today())
    contents = site().keep(f"front-{language_tag()}", key, lambda: front.gather(served))
    return render_template("front.html", front=contents, ngo_advice=about.ADVICE_FOR_NGOS)


@blueprint.get("/otsing")
def search() -> str | BaseResponse:
    """The results; what the form for filters sends is led to its short address."""
    reading = params.read(request.args, vocabulary())
    if reading.is_form and not reading.swapped:
        return redirect(search_url(reading.request))
    found = searcher().search(reading.request)
    wanted = reading.request.on_page(found.page)
    g.searched = searched(wanted, found)
    note(request, g.searched)
    shown = _results if found.total else _nothing
    return shown(wanted, found, swapped=reading.swapped)


@blueprint.get("/materjal/<resource_id>")
def resource(resource_id: str) -> str:
    """One resource: its card, and where the words of the search stand in it."""
    shown = searcher().resource(resource_id)
    if shown is None:
        abort(404)
    wanted = params.read(request.args, vocabulary()).request
    inside = params.clean(request.args.get(INSIDE, " ".join(_typed(wanted).plain_words)))
    return render_template(
        "resource.html",
        resource=shown,
        wanted=wanted,
        came_from_search=bool(params.to_pairs(wanted)),
        inside=inside,
        passages=_passages(shown, inside),
        similar=searcher().similar(shown.id, limit=SIMILAR),
    )


@blueprint.get("/kuidas-otsida")
def how_to_search() -> str:
    """What a visitor may type."""
    served = searcher()
    key = (served.generation, today())
    chapters = site().keep(f"guide-{language_tag()}", key, lambda: guide.chapters(served))
    return render_template("guide.html", chapters=chapters, most={"characters": MAX_LENGTH, "words": MAX_WORDS})


@blueprint.app_template_global()
def search_url(wanted: SearchRequest | None = None, **parameters: Any) -> str:
    """The address of the results for a request, or for single parameters."""
    return with_query(url_for("pages.search", **parameters), wanted)


@blueprint.app_template_global()
def feed_url(wanted: SearchRequest) -> str:
    """The address of the feed of a search: whatever the order and the page, it is one feed."""
    return with_query(url_for("feeds.search"), replace(wanted, sort=Sort.RELEVANCE, page=1))


@blueprint.app_template_global()
def resource_url(shown: Resource, wanted: SearchRequest | None = None) -> str:
    """The address of a resource; it holds the search one came from."""
    return with_query(url_for("pages.resource", resource_id=shown.id), wanted)


def with_query(address: str, wanted: SearchRequest | None) -> str:
    """An address that holds a request."""
    query = params.to_query_string(wanted) if wanted else ""
    return f"{address}?{query}" if query else address


def _results(wanted: SearchRequest, found: SearchPage, *, swapped: bool) -> str:
    complete, relaxed = results.parted(found)
    return render_template(
        "search.html",
        wanted=wanted,
        found=found,
        complete=complete,
        relaxed=relaxed,
        form=results.form(wanted, found),
        chips=results.chips(wanted),
        orders=results.orders(wanted),
        pager=results.pager(found),
        heading="" if wanted.text else results.heading(wanted),
        swapped=swapped,
    )


def _nothing(wanted: SearchRequest, found: SearchPage, *, swapped: bool) -> str:
    typed = _typed(wanted)
    return render_template(
        "nothing.html",
        wanted=wanted,
        chips=results.chips(wanted),
        form=results.form(wanted, found),
        has_signs=typed.has_signs,
        swapped=swapped,
        says_nothing=bool(wanted.text) and not typed,
        ways=results.ways_out(wanted, found, searcher()),
        topics=front.entries(searcher().search(SearchRequest(page_size=1)), "topic"),
    )


def _typed(wanted: SearchRequest) -> QueryText:
    return read_query(wanted.text, vocabulary())


def _passages(shown: Resource, inside: str) -> tuple[PassageHit, ...]:
    return searcher().passages(shown.id, inside, PASSAGES) if inside and shown.text else ()
