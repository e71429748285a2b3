"""JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from scrapy.http import Response

from harvester.addresses import joined
from harvester.spiders.feed_values import Entry, Feed, day_of

_VERSION = "https://jsonfeed.org/version/"


def read(response: Response) -> Feed | None:
    """The feed, None where it is no JSON Feed."""
    if not response.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        feed = json.loads(response.body)
    except (ValueError, RecursionError):
        return None
    if not _text(feed, "version").startswith(_VERSION) or not isinstance(feed.get("items"), list):
        return None
    items = [item for item in feed["items"] if isinstance(item, dict) and _text(item, "url")]
    addresses = [(joined(response.url, item["url"]), item) for item in items]
    next_url = _text(feed, "next_url")
    return Feed(
        entries=tuple(_entry(url, item) for url, item in addresses if url is not None),
        unreadable=tuple(item["url"] for url, item in addresses if url is None),
        next_page=joined(response.url, next_url) if next_url else None,
    )


def _entry(url: str, item: Mapping[str, Any]) -> Entry:
    # Version 1 has one author, 1.1 a list.
    authors = [*_mappings(item.get("authors")), *_mappings([item.get("author")])]
    tags = item.get("tags")
    return Entry(
        url=url,
        title=" ".join(_text(item, "title").split()),
        description=_text(item, "summary"),
        published=day_of(item.get("date_published")),
        authors=tuple(dict.fromkeys(name for author in authors if (name := _text(author, "name")))),
        keywords=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
    )


def _mappings(values: Any) -> Iterator[Mapping[str, Any]]:
    for value in values if isinstance(values, list) else ():
        if isinstance(value, dict):
            yield value


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
