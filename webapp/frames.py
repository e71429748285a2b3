"""What other sites show of ours in a frame: a search box, the newest materials, coming events.

Browsers show these pages within the origins of `AARDEKAST_EMBED_HOSTS` and our own, and every other page in no frame.
Every link leads out of the frame.
"""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from aardekast.errors import IndexMissingError
from webapp import embedded
from webapp.errors import RETRY_AFTER
from webapp.headers import conditional
from webapp.multilingual import MultilingualBlueprint
from webapp.site import site

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self' {origins}"

blueprint = MultilingualBlueprint("frames", __name__, url_prefix="/embed")
conditional(blueprint)


@blueprint.get("/otsing")
def search() -> str:
    """The search box."""
    return _page(embedded.SEARCH)


@blueprint.get("/uusimad")
def newest() -> str:
    """The newest materials, all or of a topic or audience."""
    return _page(embedded.NEWEST)


@blueprint.get("/sundmused")
def events() -> str:
    """Coming events, all or for an audience."""
    return _page(embedded.EVENTS)


@blueprint.errorhandler(IndexMissingError)
def not_yet(_error: IndexMissingError) -> Response:
    """Say in the frame, and briefly, that there is nothing to show yet."""
    response = make_response(render_template("embed/away.html"), 503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.after_request
def allow_frames(response: Response) -> Response:
    """Name who may show the page; every other page names nobody (webapp/headers.py)."""
    response.headers["Content-Security-Policy"] = POLICY.format(origins=" ".join(site().embed_hosts)).rstrip()
    return response


def _page(kind: str) -> str:
    wanted = embedded.read(kind, request.args)
    return render_template("embed/frame.html", wanted=wanted, shown=embedded.gather(wanted))
