"""Answers compressed, the small static files among them: a page must load on a slow phone."""

from __future__ import annotations

from flask import Flask, Response
from flask_compress import Compress

TEXTS = (
    "text/html",
    "text/css",
    "text/javascript",
    "text/plain",
    "image/svg+xml",
    "text/calendar",
    "application/atom+xml",
    "application/json",
    "application/opensearchdescription+xml",
    "application/problem+json",
    "application/xml",
)


def compress(app: Flask) -> None:
    """Compress what is text; fonts are compressed already."""
    app.config.update(COMPRESS_MIMETYPES=list(TEXTS), COMPRESS_STREAMS=False)
    Compress(app)
    app.after_request(_read_whole)  # runs before the compression: the last registered is the first called


def _read_whole(response: Response) -> Response:
    """Static files are streams, which Flask-Compress 1.25 would leave open: the small ones are read instead."""
    if response.direct_passthrough and response.mimetype in TEXTS:
        response.direct_passthrough = False
        response.make_sequence()
    return response
