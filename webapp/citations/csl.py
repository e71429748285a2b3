"""Works as CSL-JSON (CSL 1.0.2): what citation processors and Zotero read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import json

from webapp.citations.names import Name
from webapp.citations.works import Work

Item = dict[str, Any]


def write(works: Iterable[Work]) -> str:
    """A list of items."""
    return json.dumps([item(work) for work in works], indent=1) + "\n"


def item(work: Work) -> Item:
    """One work; what is not known is left out."""
    known = {
        "id": work.key,
        "type": work.form.csl,
        "title": work.title,
        "author": [_name(author) for author in work.authors],
        "container-title": work.publisher if work.form.is_part else "",
        "publisher": work.publisher,
        "issued": _date(work.issued),
        "event-place": work.place,
        "number-of-pages": str(work.pages or ""),
        "URL": work.url,
        "accessed": _date((work.accessed.year, work.accessed.month, work.accessed.day)),
        "language": work.language,
        "abstract": work.description,
        "keyword": ", ".join(work.keywords),
        "source": "Aardekast",
        "note": work.licence,
    }
    return {name: value for name, value in known.items() if value}


def _name(name: Name) -> Item:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _date(parts: tuple[int, ...]) -> Item | None:
    return {"date-parts": [list(parts)]} if parts else None
