"""What a citation says of a material, whatever it is written as. Nothing is invented: what is not known is empty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from aardekast.resource import Resource
from webapp.citations.names import Name, name_of
from webapp.wording import web_address


@dataclass(frozen=True, slots=True)
class Form:
    """What a work is called by CSL 1.0.2, by biblatex and by RIS.

    `is_part` says that it stands on the site, or in the paper, of its publisher.
    """

    csl: str
    biblatex: str
    ris: str
    is_part: bool = False


PAGE = Form("webpage", "online", "ELEC", is_part=True)
REPORT = Form("report", "report", "RPRT")
VIDEO = Form("motion_picture", "video", "VIDEO")
AUDIO = Form("song", "audio", "SOUND")  # CSL's word for any recorded sound
FORMS = {"juhendmaterjal": REPORT, "teadusartikkel": REPORT, "toovihik": Form("pamphlet", "booklet", "PAMP")}
OTHER = Form("article", "misc", "GEN")
NEWS = Form("article-newspaper", "online", "NEWS", is_part=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A material to be cited: texts on one line; `issued` has one to three numbers, to the precision known, or none."""

    key: str
    form: Form
    title: str
    authors: tuple[Name, ...]
    publisher: str
    issued: tuple[int, ...]
    place: str
    url: str
    accessed: date
    language: str
    licence: str
    description: str
    keywords: tuple[str, ...]
    pages: int | None

    @property
    def iso_date(self) -> str:
        """`2014`, `2014-05` or `2014-05-12`; empty where nothing is known."""
        return "-".join(f"{part:04}" if at == 0 else f"{part:02}" for at, part in enumerate(self.issued))


def work_of(resource: Resource, page: str, accessed: date) -> Work:
    """A resource as a work; `page` is its page here, which stands for an address that cannot be opened."""
    return Work(
        key="aardekast:" + re.sub(r"[^A-Za-z0-9-]", lambda sign: f"_{ord(sign[0]):x}", resource.id),
        form=form_of(resource),
        title=_line(resource.title),
        authors=tuple(name_of(author) for author in map(_line, resource.authors) if author),
        publisher=_line(resource.publisher),
        issued=_date(resource.published or resource.starts or ""),
        place=_line(resource.place or ""),
        url=_address(web_address(resource.url) or page),
        accessed=accessed,
        language=_line(resource.language),
        licence=_line(resource.licence or ""),
        description=_line(resource.description),
        keywords=tuple(filter(None, map(_line, resource.keywords))),
        pages=resource.pages,
    )


def form_of(resource: Resource) -> Form:
    """By its format where it is a recording, by its kind where that says more than that it is a web page."""
    if resource.format == "audio":
        return AUDIO
    if resource.format == "video" or resource.kind == "veebiettekanne":
        return VIDEO
    if resource.kind == "uudis":
        return NEWS
    if resource.kind == "teadusartikkel":
        return REPORT
    return PAGE if resource.format == "html" else FORMS.get(resource.kind, OTHER)


def _date(iso: str) -> tuple[int, ...]:
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*)?", iso)
    return tuple(int(part) for part in match.groups() if part) if match else ()


def _line(text: str) -> str:
    """On one line and without signs that cannot be seen: a line break would begin another field."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _address(url: str) -> str:
    """Without the signs that an address may not hold (RFC 3986) and BibTeX would take for its own."""
    return re.sub(r"[\s{}\\\"<>^`|]", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), _line(url))
