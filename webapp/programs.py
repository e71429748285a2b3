"""What holds for every address that programs ask: who may read the answer, and how much may be asked for.

What they get instead of an answer is said in `problems`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Blueprint, Flask, Response, abort, request

from webapp.multilingual import path_below_language

CITED_AS = ("bib", "ris", "csl.json", "txt")
# Citations, and what else is a file, stand among the addresses of the pages; the id of a material has no dot. A path
# that ends in `/.` or `/..` is no file. The pages on the API are read by people.
PATHS = re.compile(
    r"/(api/(?!(valjad)?\Z).*|oai(/.*)?|tervis|(materjal/.+|viited|otsing)\..*(?<!/\.)(?<!/\.\.))", re.DOTALL
)
LONGEST = 8000  # characters of path and query; webapp/serve.py lets gunicorn read a little more, so that we answer
LARGEST = 65_536  # bytes of a body that nobody reads

# There is nothing here that is not public: any page of any site may read it.
SHARED = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link, Retry-After"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Cache-Control, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",  # seconds; browsers keep it for two hours to a day
}


def is_for_programs() -> bool:
    """Whether a program asks: it gets problems in place of pages, and may stand on another site."""
    return PATHS.fullmatch(path_below_language()) is not None


def share(app: Flask) -> None:
    """Let scripts of other sites read what is for programs (CORS), faults included."""

    @app.after_request
    def allow_all_origins(response: Response) -> Response:
        if is_for_programs():
            response.headers.update(SHARED | (PREFLIGHT if request.method == "OPTIONS" else {}))
        return response


def limit(blueprint: Blueprint, offered: Callable[[], str]) -> None:
    """Refuse what is too long (414), too large (413) or wanted in another form than is offered (406)."""

    @blueprint.before_request
    def refuse() -> None:
        if request.method == "OPTIONS":
            return
        if len(request.path) + len(request.query_string) > LONGEST:
            abort(414)
        if (request.content_length or 0) > LARGEST:
            abort(413)
        if request.accept_mimetypes and not request.accept_mimetypes.quality(offered()):
            abort(406)
