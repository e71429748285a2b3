"""The style sheet of the site: the files of static/css as one, in the order of their cascade.

A first visit asks for one sheet instead of six, which over HTTP/1.1 is 2 kB less, and later pages for none.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from flask import Flask, Response

SHEETS = "tokens base parts front pages cite api results lists filters forms about media".split()


def register(app: Flask) -> None:
    """Serve it beside the static files, under the version of the site as they are."""
    folder = Path(app.static_folder or "") / "css"
    sheet = "\n".join((folder / f"{name}.css").read_text("utf-8") for name in SHEETS)
    answer = partial(Response, sheet, mimetype="text/css")
    app.add_url_rule(f"{app.static_url_path}/css/aardekast.css", "styles", answer)
