"""What each answer carries besides its body: security, caching, conditional requests."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Flask, Response, g, request

from webapp.kept import Answer
from webapp.searching import note_again
from webapp.site import searcher, site, today

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
SECURITY = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    # No page needs any of them: a hole in one would find nothing to take.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Publishers may see that Aardekast sent someone, not what for.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
# Sheets, scripts and letters are no documents, and a drawing that is opened alone needs nothing: there the rest says
# nothing and weighs as much as a small sheet.
FOR_PARTS = {"X-Content-Type-Options": "nosniff"}
FOR_DRAWINGS = FOR_PARTS | {"Content-Security-Policy": "default-src 'none'"}
NEEDLESS = ("Content-Disposition", "Last-Modified")  # of static files, whose address and ETag say more
DRAWING = "image/svg+xml"
FOR_EVER = "public, max-age=31536000, immutable"  # a static address holds the version of the site
READING = ("GET", "HEAD")  # an answer to OPTIONS is no page
NOT_KEPT = ("Content-Length", "ETag")  # are said anew of each answer
ASK_AGAIN = "no-cache"  # a new generation is seen at once; what did not change costs a 304


def secure(app: Flask) -> None:
    """Security headers on every answer, a long life for static files."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        is_static = request.endpoint in ("static", "styles") and response.status_code == 200
        said = SECURITY
        if is_static:
            said = FOR_DRAWINGS if response.mimetype == DRAWING else FOR_PARTS
        for name, value in said.items():
            response.headers.setdefault(name, value)
        if is_static:
            response.headers["Cache-Control"] = FOR_EVER
            for name in NEEDLESS:
                response.headers.pop(name, None)
        return response


def conditional(blueprint: Blueprint) -> None:
    """Answer 304 before any search when the visitor holds this page of this generation; else as lately, if it was."""

    @blueprint.before_request
    def answer_unchanged() -> Response | None:
        if request.method not in READING:
            return None
        etag = _etag()
        if request.if_none_match.contains_weak(etag):
            return Response(status=304)
        kept = site().answers.get(etag)
        if kept is None:
            return None
        g.is_kept = True
        note_again(request, kept.searched)
        return Response(kept.body, headers=list(kept.headers))

    @blueprint.after_request
    def add_etag(response: Response) -> Response:
        if response.status_code in (200, 304) and request.method in READING:
            etag = _etag()
            response.set_etag(etag, weak=True)
            if response.status_code == 200 and not response.is_streamed and "is_kept" not in g:
                own = tuple((name, value) for name, value in response.headers if name not in NOT_KEPT)
                answer = Answer(response.get_data(), own, g.get("searched"))
                site().answers.put(etag, answer)
            response.headers["Cache-Control"] = ASK_AGAIN
        return response


def _etag() -> str:
    """Of generation, version of the site, day (events pass), host (links that hold it) and address."""
    parts = (searcher().generation, site().version, today().isoformat(), request.host_url, request.full_path)
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()
