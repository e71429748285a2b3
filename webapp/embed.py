"""The page on how to show Aardekast on one's own site: choose, look, copy."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from webapp import embedded
from webapp.headers import ASK_AGAIN
from webapp.headers import POLICY as SITE_POLICY
from webapp.multilingual import MultilingualBlueprint
from webapp.site import site, vocabulary
from webapp.wording import host_of

WHAT = "mis"
POLICY = f"{SITE_POLICY}; frame-src 'self'; frame-ancestors 'none'"

blueprint = MultilingualBlueprint("embed", __name__)


@blueprint.get("/lisa-oma-lehele")
def page() -> Response:
    """The form, a preview of what was chosen, and the HTML of it."""
    asked = request.args.get(WHAT, "")
    wanted = embedded.read(asked if asked in embedded.KINDS else embedded.NEWEST, request.args)
    owner = site().owner
    shown = render_template(
        "embed/page.html",
        wanted=wanted,
        kinds=embedded.KINDS,
        snippets=embedded.snippets(wanted),
        most=embedded.MOST,
        audiences=vocabulary().audiences,
        topics=vocabulary().topics,
        hosts=[host.partition("://")[2] for host in site().embed_hosts],
        owner=owner,
        owner_host=host_of(owner.url),
    )
    response = make_response(shown)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = ASK_AGAIN
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response
