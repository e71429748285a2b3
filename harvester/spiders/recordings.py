"""Which addresses are those of recordings, without asking anybody."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.http import Response, TextResponse

from aardekast.addresses import host_of
from harvester.extraction.declared_values import types_of
from harvester.extraction.json_ld import read, scripts_of
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
    # What stands deeper than at the top is a recording that is embedded in something else.
    things = (thing for text in scripts_of(markup.root) for thing in read(text))
    return any(isinstance(thing, dict) and "videoobject" in types_of(thing) for thing in things)
