"""Reading sitemaps: indexes, children, gzip, plain lists."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import urldefrag, urljoin

from lxml.etree import XMLSyntaxError
from scrapy.http import Response
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

from aardekast.addresses import canonical_key
from aardekast.errors import NotFetchedError

Fetch = Callable[[str], Awaitable[Response]]
Missed = Callable[[NotFetchedError], None]
MOST_SITEMAPS = 200  # at a second each; a host with more is an archive, not a site
_MOST_BYTES = 50 * 2**20  # what the protocol allows a sitemap, unpacked


async def sitemap_addresses(fetch: Fetch, url: str, missed: Missed) -> AsyncIterator[str]:
    """The addresses of a sitemap and its children.

    Raises NotFetchedError where the sitemap itself cannot be had or is none; a child that cannot be had goes to
    `missed`.
    """
    waiting, seen = [urldefrag(url)[0]], {canonical_key(url)}
    is_first = True
    while waiting and len(seen) <= MOST_SITEMAPS:
        current = waiting.pop(0)
        try:
            is_index, addresses = _read(await fetch(current))
        except NotFetchedError as fault:
            if is_first:
                raise
            missed(fault)
            continue
        is_first = False
        for address in addresses:
            if not is_index:
                yield address
            elif (key := canonical_key(address)) not in seen:
                seen.add(key)
                waiting.append(address)


def _read(response: Response) -> tuple[bool, list[str]]:
    """Whether it is an index, and its addresses. Raises NotFetchedError."""
    body = response.body
    if body.startswith(b"\x1f\x8b"):
        body = gunzip(body, max_size=_MOST_BYTES)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines()]
        addresses = [line for line in lines if line.startswith(("http://", "https://"))]
        if not addresses:
            raise NotFetchedError(response.url, "failed", "is not a sitemap")
        return False, addresses
    try:
        sitemap = Sitemap(body)
        found = [urljoin(response.url, entry["loc"]) for entry in sitemap if entry.get("loc")]
    except (XMLSyntaxError, StopIteration, ValueError) as fault:
        raise NotFetchedError(response.url, "failed", "is not a sitemap") from fault
    if sitemap.type not in ("urlset", "sitemapindex"):
        raise NotFetchedError(response.url, "failed", "is not a sitemap")
    return sitemap.type == "sitemapindex", found
