"""Works as RIS (EndNote, Mendeley, Zotero): one tag a line, UTF-8, lines end with CR LF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from webapp.citations.names import Name
from webapp.citations.works import Work


def write(works: Iterable[Work]) -> str:
    """A record for each."""
    return "".join(f"{tag}  - {value}\r\n" for work in works for tag, value in _lines(work) if value or tag == "ER")


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", work.form.ris
    yield "ID", work.key
    yield "TI", work.title
    for author in work.authors:
        yield "AU", _name(author)
    if work.form.is_part:
        yield "T2", work.publisher
    yield "PB", work.publisher
    yield "PY", work.iso_date[:4]
    yield "DA", _date(work)
    yield "CY", work.place
    yield "UR", work.url
    yield "Y2", f"{work.accessed:%Y/%m/%d}/"
    yield "LA", work.language
    for word in work.keywords:
        yield "KW", word
    yield "AB", work.description
    yield "N1", work.licence
    yield "DB", "Aardekast"
    yield "ER", ""


def _name(name: Name) -> str:
    """`Mets, Mari`; a comma in the name of an organisation would make it a person's."""
    return f"{name.family}, {name.given}" if name.given else name.family.replace(",", "")


def _date(work: Work) -> str:
    """`2014/05//`: year, month and day, what is not known left empty."""
    return "/".join([*work.iso_date.split("-"), "", "", ""][:4]) if work.issued else ""
