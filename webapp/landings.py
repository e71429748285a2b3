"""The views of the pages of audiences, topics, kinds, counties and publishers, and of the news."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from aardekast.vocabulary import EVENT_KIND
from index import SearchRequest, Sort
from webapp import landing
from webapp.front import entries
from webapp.headers import conditional
from webapp.multilingual import MultilingualBlueprint
from webapp.pages import search_url
from webapp.publishers import slug_of
from webapp.site import searcher, site, today, vocabulary

NEWS_KIND = "uudis"
NEWS = 20
# Terms whose page stands under a name of its own, by the name of their facet.
OWN_PAGES = {("liik", EVENT_KIND): "events.index", ("liik", NEWS_KIND): "landings.news"}
BY_NAME = f"<any({', '.join(landing.FACETS)}):name>"

blueprint = MultilingualBlueprint("landings", __name__)
conditional(blueprint)


@blueprint.get(f"/{BY_NAME}/<slug>")
def show(name: str, slug: str) -> str | BaseResponse:
    """Events and news have pages of their own; a slug that nothing has is a 404."""
    if own := OWN_PAGES.get((name, slug)):
        return redirect(url_for(own), 301)
    served = searcher()
    request = landing.request_for(name, slug, served)
    if request is None:
        abort(404)
    key = (served.generation, today())
    if landing.FACETS[name].facet == "publisher":
        contents = landing.gather(name, slug, request, served)
    else:
        kept = landing.kept_under(name, slug)
        contents = site().keep(kept, key, lambda: landing.gather(name, slug, request, served))
    return render_template("landing.html", landing=contents, name=name)


@blueprint.get("/uudised")
def news() -> str:
    """The newest news."""
    wanted = SearchRequest(kinds=(NEWS_KIND,), sort=Sort.NEWEST, page_size=NEWS)
    found = searcher().search(wanted)
    term = vocabulary().kinds.get(NEWS_KIND)
    topics = entries(found, "topic")[: landing.MOST_ENTRIES]
    return render_template("news.html", found=found, wanted=wanted, term=term, kind=NEWS_KIND, topics=topics)


@blueprint.app_template_global()
def landing_url(facet: str, value: str) -> str:
    """The page of a value of a facet; its results where it has no page."""
    name = next(known.name for known in landing.FACETS.values() if known.facet == facet)
    slug = slug_of(value) if facet == "publisher" else value
    if not slug or (facet != "publisher" and slug not in vocabulary().terms(facet)):
        return search_url(None, **{name: value})
    own = OWN_PAGES.get((name, slug))
    return url_for(own) if own else url_for("landings.show", name=name, slug=slug)
