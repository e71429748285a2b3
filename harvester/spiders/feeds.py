"""Reading feeds: RSS, Atom and JSON Feed, and which address has their next page."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser
from scrapy.http import Response, TextResponse
from w3lib.url import add_or_replace_parameters

from aardekast.addresses import host_of
from aardekast.errors import NotFetchedError
from harvester.addresses import joined
from harvester.spiders import json_feeds
from harvester.spiders.feed_values import Entry, Feed
from harvester.spiders.markup import markup_of, plain

NOT_A_FEED = "is not a feed"
_RECORDINGS = ("youtube.com", "vimeo.com", "youtu.be")
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def read_feed(response: Response) -> Feed:
    """The entries of a feed that have addresses. Raises NotFetchedError where it is no feed."""
    if (from_json := json_feeds.read(response)) is not None:
        return from_json
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
    parsed: Any = feedparser.parse(response.body, response_headers={"content-type": content_type})
    if not parsed.get("version"):
        raise NotFetchedError(response.url, "failed", NOT_A_FEED)
    addresses = [(joined(response.url, link), link, entry) for entry in parsed.entries if (link := entry.get("link"))]
    return Feed(
        entries=tuple(_entry(url, entry) for url, _, entry in addresses if url is not None),
        unreadable=tuple(link for url, link, _ in addresses if url is None),
        is_recordings="yt" in parsed.namespaces or host_of(response.url).endswith(_RECORDINGS),
        next_page=_next_page(response.url, parsed.feed) if parsed.entries else None,
    )


def named_feeds(page: Response) -> list[str]:
    """The feeds that a page names (what browsers show as feeds), without those of comments."""
    if not isinstance(page, TextResponse):
        return []
    types = " or ".join(f"@type='{name}'" for name in _TYPES)
    links = markup_of(page).xpath(f"//link[contains(concat(' ', @rel, ' '), ' alternate ')][{types}]/@href").getall()
    urls = (joined(page.url, link) for link in links)
    return [url for url in urls if url is not None and "comment" not in urlsplit(url).path]


def _next_page(url: str, feed: Any) -> str | None:
    """RFC 5005's rel=next, which Blogger gives too; else what OpenSearch counts, else WordPress's own way."""
    for link in feed.get("links", ()):
        if link.get("rel") == "next" and link.get("href"):
            return joined(url, link["href"])
    start, size, total = (_counted(feed, name) for name in ("startindex", "itemsperpage", "totalresults"))
    if start and size and total:
        return add_or_replace_parameters(url, {"start-index": str(start + size)}) if start + size <= total else None
    if "//wordpress." in feed.get("generator", "") or ".wordpress." in feed.get("generator", ""):
        number = parse_qs(urlsplit(url).query).get("paged", ["1"])[0]
        return add_or_replace_parameters(url, {"paged": str(int(number) + 1)}) if number.isdecimal() else None
    return None


def _counted(feed: Any, name: str) -> int | None:
    """A count of OpenSearch, whichever prefix the feed gave its namespace."""
    value = next((str(feed[key]) for key in feed if key.endswith(name)), "")
    return int(value) if value.isdecimal() else None


def _entry(url: str, entry: Any) -> Entry:
    return Entry(
        url=url,
        title=plain(entry.get("title", "")),
        description=plain(entry.get("summary", "")),
        published=_day(entry.get("published_parsed")),
        authors=tuple(author["name"] for author in entry.get("authors", ()) if author.get("name")),
        keywords=tuple(
            plain(tag["term"])
            for tag in entry.get("tags", ())
            if tag.get("term") and not (tag.get("scheme") or "").endswith("#kind")  # Blogger's: "this is a post"
        ),
        minutes=_minutes(entry),
    )


def _day(moment: Any) -> str | None:
    return datetime.fromtimestamp(timegm(moment), UTC).date().isoformat() if moment else None


def _minutes(entry: Any) -> int | None:
    for media in entry.get("media_content", ()):
        seconds = str(media.get("duration", ""))
        if seconds.isdigit() and int(seconds):
            return max(1, round(int(seconds) / 60))
    return None
