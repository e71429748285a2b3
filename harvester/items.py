"""What spiders hand to the item pipelines."""

from __future__ import annotations

from dataclasses import dataclass, field

from aardekast.resource import Harvested


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list said of a page before it was fetched; the page's own word goes first.

    `is_record` means that the date is from the site's own records, and surer than what the page seems to say.
    """

    title: str = ""
    published: str | None = None
    is_record: bool = False
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer as it came. `requested` is the address as the spider had it, `url` the one that answered."""

    source: str
    requested: str
    url: str
    redirects: tuple[str, ...] = ()
    temporary: tuple[str, ...] = ()  # of these, as in Harvested
    body: bytes = b""
    content_type: str = ""
    robots: str = ""  # the X-Robots-Tag headers, a line each
    reservation: str | None = None  # the tdm-reservation header
    etag: str | None = None
    last_modified: str | None = None
    listed: Listed = field(default_factory=Listed)
    recording: Harvested | None = None  # what stands on it, where it is the page of a recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page on its way through the item pipelines, with what a later one needs and the catalogue does not keep."""

    harvested: Harvested
    is_record: bool = False  # made of what a list says of it, and of no page
    declared_language: str | None = None
    detected: str | None = None  # the language of the text, where there is any


# A recording in its channel's feed, a record of a repository and an event of a calendar are whole: they need no page.
Item = Page | Harvested
