"""Sheets and scripts of a copy. What a sheet names stands in the sheet: browsers take no masks out of a folder."""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from webapp.compression import spared
from webapp.styles import joined

STATIC = Path(__file__).parents[1] / "static"
OWN = Path(__file__).parent / "files"
_NAMED = re.compile(r"url\(([^)]+)\)")
WOFF = "font/woff2"  # Python's table of types does not know it everywhere


def static_files() -> Iterator[tuple[str, bytes]]:
    """Name and content of each static file of a copy, the licence of the letters among them."""
    yield "static/css/aardekast.css", _whole(STATIC / "css").encode()
    for path in sorted(OWN.iterdir()):
        yield f"static/{path.name}", path.read_bytes()
    yield "static/mark.svg", (STATIC / "mark.svg").read_bytes()
    for path in sorted((STATIC / "fonts").iterdir()):
        yield f"static/fonts/{path.name}", path.read_bytes()


def _whole(folder: Path) -> str:
    """The sheet of the site with the files that it names."""
    return _NAMED.sub(lambda found: f"url({_as_data(folder / found[1])})", spared(joined(folder)))


def _as_data(path: Path) -> str:
    kind = WOFF if path.suffix == ".woff2" else mimetypes.guess_type(path.name)[0]
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}"
