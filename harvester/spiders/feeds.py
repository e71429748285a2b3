"""Reading feeds: RSS and Atom into entries."""

from __future__ import annotations

import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser
from lxml import html
from lxml.etree import ParserError
from scrapy.http import Response

from aardekast.addresses import host_of
from aardekast.errors import NotFetchedError
from harvester.addresses import joined

_RECORDINGS = ("youtube.com", "vimeo.com", "youtu.be")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a feed. `minutes` is the length of a recording."""

    url: str
    title: str
    description: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that was read. `unreadable` are the links of entries that are no addresses."""

    entries: tuple[Entry, ...]
    unreadable: tuple[str, ...]
    is_recordings: bool


def read_feed(response: Response) -> Feed:
    """The entries of a feed that have addresses. Raises NotFetchedError where it is no feed."""
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
    parsed: Any = feedparser.parse(response.body, response_headers={"content-type": content_type})
    if not parsed.get("version"):
        raise NotFetchedError(response.url, "failed", "is not a feed")
    addresses = [(joined(response.url, link), link, entry) for entry in parsed.entries if (link := entry.get("link"))]
    return Feed(
        entries=tuple(_entry(url, entry) for url, _, entry in addresses if url is not None),
        unreadable=tuple(link for url, link, _ in addresses if url is None),
        is_recordings="yt" in parsed.namespaces or host_of(response.url).endswith(_RECORDINGS),
    )


def _entry(url: str, entry: Any) -> Entry:
    return Entry(
        url=url,
        title=_plain(entry.get("title", "")),
        description=_plain(entry.get("summary", "")),
        published=_day(entry.get("published_parsed")),
        authors=tuple(author["name"] for author in entry.get("authors", ()) if author.get("name")),
        minutes=_minutes(entry),
    )


def _plain(markup: str) -> str:
    """The text of what may be HTML."""
    if "<" in markup or "&" in markup:
        try:
            markup = html.fromstring(f"<div>{markup}</div>").text_content()
        except (ParserError, ValueError):
            markup = re.sub(r"<[^>]*>", " ", markup)
    return "\n".join(line for line in (" ".join(line.split()) for line in markup.splitlines()) if line)


def _day(moment: Any) -> str | None:
    return datetime.fromtimestamp(timegm(moment), UTC).date().isoformat() if moment else None


def _minutes(entry: Any) -> int | None:
    for media in entry.get("media_content", ()):
        seconds = str(media.get("duration", ""))
        if seconds.isdigit() and int(seconds):
            return max(1, round(int(seconds) / 60))
    return None
