"""Feeds of every search and of every page that lists materials: what came into the Aardekast last stands first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from flask import Response, abort, request, url_for

from aardekast.resource import Resource
from index import SearchRequest, Sort
from webapp import events, landing, params, results
from webapp.atom import Feed, write_feed
from webapp.headers import conditional
from webapp.identity import name_of
from webapp.landings import BY_NAME, NEWS_KIND
from webapp.language import gettext as _
from webapp.language import language_tag
from webapp.multilingual import MultilingualBlueprint
from webapp.pages import search_url
from webapp.site import searcher, vocabulary
from webapp.xml_answers import xml_answer

ENTRIES = 30  # of one page of a feed; a reader that comes once a week misses nothing
LONG_AGO = datetime.min.replace(tzinfo=UTC)

blueprint = MultilingualBlueprint("feeds", __name__)
conditional(blueprint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a feed is of: a search, and the page that shows the same; `query` is what its own address holds."""

    title: str
    page: str
    wanted: SearchRequest
    query: SearchRequest = field(default_factory=SearchRequest)


@blueprint.get("/otsing.atom")
def search() -> Response:
    """What a search finds in full, with the parameters of the results page but for their order."""
    wanted = replace(params.read(request.args, vocabulary()).request, sort=Sort.RELEVANCE)
    first = wanted.on_page(1)
    page = search_url(first, _external=True)
    return _paged(Listing(title=results.title_of(wanted), page=page, wanted=wanted, query=first))


@blueprint.get(f"/{BY_NAME}/<slug>.atom")
def show(name: str, slug: str) -> Response:
    """What there is of an audience, topic, kind, county or publisher."""
    everything = landing.request_for(name, slug, searcher())
    if everything is None:
        abort(404)
    facet = landing.FACETS[name].facet
    title = landing.title_of(facet, slug, everything)
    page = url_for("landings.show", name=name, slug=slug, _external=True)
    return _paged(Listing(title=title, page=page, wanted=everything.on_page(_page())))


@blueprint.get("/uudised.atom")
def news() -> Response:
    """The news."""
    wanted = SearchRequest(kinds=(NEWS_KIND,), page=_page())
    return _paged(Listing(title=_("Uudised"), page=url_for("landings.news", _external=True), wanted=wanted))


@blueprint.get("/sundmused.atom")
def coming() -> Response:
    """The events that are to come, those that were found last first."""
    wanted = events.wanted_of_request()
    found = events.matching(searcher().coming(SearchRequest(), events.COMING), wanted)
    newest = sorted(found, key=lambda event: event.first_seen or LONG_AGO, reverse=True)[:ENTRIES]
    page = _with_query(url_for("events.index", _external=True), params.to_query_string(wanted))
    return _feed(Listing(title=_("Sündmused ja koolitused"), page=page, wanted=wanted, query=wanted), newest, 1, 1)


def _paged(listing: Listing) -> Response:
    """The page of a feed that is asked for, of what is found in full."""
    found = searcher().search(replace(listing.wanted, sort=Sort.ADDED, page_size=ENTRIES))
    full = max(0, found.full - (found.page - 1) * ENTRIES)
    hits = [hit.resource for hit in found.hits[:full]]
    return _feed(listing, hits, found.page, -(-found.full // ENTRIES))


def _feed(listing: Listing, resources: Sequence[Resource], page: int, pages: int) -> Response:
    beside = {"first": 1, "previous": page - 1} if page > 1 else {}
    beside |= {"next": page + 1} if page < pages else {}
    feed = Feed(
        id=name_of("voog", _with_query(request.path.lstrip("/"), params.to_query_string(listing.query))),
        title=f"Aardekast: {listing.title}",
        language=language_tag(),
        address=_address(listing, page),
        page=listing.page,
        updated=searcher().published_at,
        links=[(rel, _address(listing, number)) for rel, number in beside.items()],
    )
    return xml_answer(write_feed(feed, resources), "application/atom+xml")


def _address(listing: Listing, page: int) -> str:
    return _with_query(request.base_url, params.to_query_string(listing.query.on_page(page)))


def _with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


def _page() -> int:
    return params.read(request.args, vocabulary()).request.page
