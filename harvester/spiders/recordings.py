"""Which addresses are those of recordings, without asking anybody."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from scrapy.http import Response, TextResponse

from aardekast.addresses import host_of
from harvester.spiders.markup import markup_of

_HOSTS = ("youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com")


def is_recordings_host(url: str) -> bool:
    """Whether it is a channel, playlist or recording of a site of recordings; their feeds are feeds."""
    host, path = host_of(url), urlsplit(url).path
    is_there = any(host == name or host.endswith("." + name) for name in _HOSTS)
    return is_there and len(path) > 1 and not path.startswith("/feeds/") and not path.endswith("/rss")


def is_recording_page(page: Response) -> bool:
    """Whether the page calls itself one recording, as og:type or JSON-LD has it; a front page never is one."""
    if not isinstance(page, TextResponse) or urlsplit(page.url).path in ("", "/"):
        return False
    markup = markup_of(page)
    if any(kind.startswith("video") for kind in markup.xpath("//meta[@property='og:type']/@content").getall()):
        return True
    return any(map(_is_recording, markup.xpath("//script[@type='application/ld+json']/text()").getall()))


def _is_recording(described: str) -> bool:
    """Whether JSON-LD is of a recording as a whole; one that stands deeper in it is embedded in something else."""
    try:
        thing = json.loads(described)
    except (ValueError, RecursionError):
        return False
    return isinstance(thing, dict) and thing.get("@type") == "VideoObject"
