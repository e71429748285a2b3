"""Reading sitemaps: indexes, children, gzip, plain lists."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import urldefrag

from lxml.etree import XMLSyntaxError
from scrapy.http import Response
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

from aardekast.addresses import canonical_key
from aardekast.errors import NotFetchedError
from harvester.addresses import LONGEST_SHOWN, UNREADABLE, joined
from harvester.reasons import DAMAGED, PACKED_AND_DAMAGED

Fetch = Callable[[str], Awaitable[Response]]
Missed = Callable[[NotFetchedError], None]
MOST_SITEMAPS = 200  # at a second each; a host with more is an archive, not a site
_MOST_BYTES = 50 * 2**20  # what the protocol allows a sitemap, unpacked


async def sitemap_addresses(fetch: Fetch, url: str, missed: Missed) -> AsyncIterator[str]:
    """The addresses of a sitemap and its children.

    Raises NotFetchedError where the sitemap itself cannot be had or is none; a child that cannot be had, and what
    is no address, goes to `missed`.
    """
    waiting, seen = [urldefrag(url)[0]], {canonical_key(url)}
    is_first = True
    while waiting and len(seen) <= MOST_SITEMAPS:
        current = waiting.pop(0)
        try:
            response = await fetch(current)
            is_index, listed = _read(response)
        except NotFetchedError as fault:
            if is_first:
                raise
            missed(fault)
            continue
        is_first = False
        for href in listed:
            address = joined(response.url, href)
            if address is None:
                missed(NotFetchedError(href[:LONGEST_SHOWN], "rejected", UNREADABLE))
            elif not is_index:
                yield address
            elif (key := canonical_key(address)) not in seen:
                seen.add(key)
                waiting.append(address)


def _read(response: Response) -> tuple[bool, list[str]]:
    """Whether it is an index, and its addresses as they are written. Raises NotFetchedError."""
    body = _unpacked(response)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines()]
        addresses = [line for line in lines if line.startswith(("http://", "https://"))]
        if not addresses:
            raise NotFetchedError(response.url, "failed", "is not a sitemap")
        return False, addresses
    try:
        sitemap = Sitemap(body)
        found = [entry["loc"] for entry in sitemap if entry.get("loc")]
    except (XMLSyntaxError, StopIteration, ValueError) as fault:
        raise NotFetchedError(response.url, "failed", "is not a sitemap") from fault
    if sitemap.type not in ("urlset", "sitemapindex"):
        raise NotFetchedError(response.url, "failed", "is not a sitemap")
    return sitemap.type == "sitemapindex", found


def _unpacked(response: Response) -> bytes:
    """The body, unpacked where it is packed. Raises NotFetchedError."""
    if not response.body.startswith(b"\x1f\x8b"):
        return response.body
    try:
        return gunzip(response.body, max_size=_MOST_BYTES)
    except ValueError as fault:
        # Scrapy's word for too much; its name is private.
        reason = f"is larger than {_MOST_BYTES // 2**20} MB unpacked"
        raise NotFetchedError(response.url, "rejected", reason) from fault
    except DAMAGED as fault:
        raise NotFetchedError(response.url, "failed", PACKED_AND_DAMAGED) from fault
