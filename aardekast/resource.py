"""What Aardekast knows of a source, a resource and its passages, as values without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Origin(StrEnum):
    """Where a value came from; the first of this order that has one is shown."""

    CURATED = "curated"
    CONFIRMED = "confirmed"
    HARVESTED = "harvested"
    SUGGESTED = "suggested"


class Status(StrEnum):
    """Whether the resource can still be reached."""

    LIVE = "live"
    FAILING = "failing"
    GONE = "gone"
    WITHDRAWN = "withdrawn"
    UNLISTED = "unlisted"  # its page asks not to be listed or read


class Review(StrEnum):
    """What the curators said of it."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A site, feed or list that is harvested; `type` is None until it was found out.

    `links` and `next` are CSS selectors: of the links on a list that lead to materials, and of that to its next page.
    """

    id: str
    url: str
    type: str | None = None
    publisher: str = ""
    language: str | None = None
    kind: str | None = None
    audiences: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    links: str | None = None
    next: str | None = None
    max_pages: int = 200
    schedule: str = "weekly"
    trusted: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of a resource with a deep link of its own.

    `offset` counts characters into the resource's text; `fragment` is what the deep link adds to its address.
    """

    offset: int
    heading: str | None = None
    page: int | None = None
    start: int | None = None  # seconds
    fragment: str = ""

    @property
    def label(self) -> str:
        """What a visitor reads on the deep link."""
        if self.page is not None:
            return f"lk {self.page}"
        if self.start is not None:
            minutes, seconds = divmod(self.start, 60)
            return f"{minutes}:{seconds:02}"
        return self.heading or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Where else nearly the same text stands."""

    url: str
    title: str
    publisher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same material in another language, as a resource of its own."""

    id: str
    url: str
    title: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One material a visitor can find, its fields as they are shown (the highest origin of each)."""

    id: str
    url: str
    title: str
    description: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    kind: str = ""
    audiences: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str = ""
    counties: tuple[str, ...] = ()
    published: str | None = None  # year, year-month or date
    starts: str | None = None
    ends: str | None = None
    place: str | None = None
    licence: str | None = None
    format: str = "html"
    pages: int | None = None
    minutes: int | None = None
    words: int | None = None
    first_seen: datetime | None = None
    last_checked: datetime | None = None
    status: Status = Status.LIVE
    source: str | None = None
    may_show_snippet: bool = True
    text: str = ""
    passages: tuple[Passage, ...] = ()
    copies: tuple[Copy, ...] = ()
    translations: tuple[Translation, ...] = ()

    @property
    def year(self) -> int | None:
        """The year it was published, where that is known."""
        return year_of(self.published)

    def is_past(self, today: date) -> bool:
        """Whether it is an event or training that is over."""
        last = self.ends or self.starts
        return last is not None and last < today.isoformat()[: len(last)]


def year_of(published: str | None) -> int | None:
    """The year of a day, month or year."""
    return int(published[:4]) if published else None


def day_of(known: str | None) -> date | None:
    """The day, where no less than that is known."""
    try:
        return date.fromisoformat(known or "")
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """What a harvest found at one address: the item that goes through the item pipelines into the catalogue.

    `requested` is the address as the spider had it, `url` the one that answered, `redirects` those that led on to it,
    in their order, of which `temporary` did so only for the moment; `canonical` is the page's own rel=canonical.
    `alternates` are languages and addresses of what the page calls itself in other languages, `origins` addresses or
    names that it gives as where its text comes from. `bands` are those of the text (language/likeness.py), None where
    nobody looked. `suggested` holds values that only a program guessed.
    """

    source: str
    requested: str
    url: str
    redirects: tuple[str, ...] = ()
    temporary: tuple[str, ...] = ()
    canonical: str | None = None
    title: str = ""
    text: str = ""
    description: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    kind: str | None = None
    starts: str | None = None
    ends: str | None = None
    place: str | None = None
    licence: str | None = None
    format: str = "html"
    pages: int | None = None
    minutes: int | None = None
    passages: tuple[Passage, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    may_show_snippet: bool = True
    alternates: tuple[tuple[str, str], ...] = ()
    origins: tuple[str, ...] = ()
    bands: tuple[int, ...] | None = None
    suggested: Mapping[str, Any] = field(default_factory=dict)


class Outcome(StrEnum):
    """What keeping a harvested page did to the catalogue."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"  # the curators withdrew it; nothing was kept
    REJECTED = "rejected"  # the curators rejected it; nothing was kept
    ELSEWHERE = "elsewhere"  # its address leads to another page for the moment; nothing was kept
