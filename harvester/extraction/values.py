"""What goes into an extraction and what comes out: values that travel between processes."""

from __future__ import annotations

from dataclasses import dataclass

from aardekast.resource import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """An answer as it came; `publisher` is the source's, which titles often end with."""

    url: str
    body: bytes
    content_type: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What was found in it. `canonical` is believed already; `published` is a date to the precision known."""

    title: str = ""
    text: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None  # as the page declares it
    canonical: str | None = None
    format: str = "html"
    pages: int | None = None
    passages: tuple[Passage, ...] = ()
    robots: str = ""  # the words of its robots metas
    reservation: str = ""  # its tdm-reservation meta


@dataclass(frozen=True, slots=True, kw_only=True)
class NoExtract:
    """Why nothing was found: `outcome` and `reason` as in a Reason."""

    reason: str
    outcome: str = "rejected"
