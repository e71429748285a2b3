"""A feed page by page, back to its oldest entry."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aardekast.addresses import canonical_key
from aardekast.errors import NotFetchedError
from harvester.spiders.feed_values import Feed
from harvester.spiders.feeds import named_feeds, read_feed
from harvester.spiders.sitemaps import Fetch, Missed

MOST_PAGES = 100  # at ten entries each, which is WordPress's and Blogger's habit, a thousand


async def feed_pages(fetch: Fetch, url: str, missed: Missed) -> AsyncIterator[Feed]:
    """The feed, then its next pages for as long as they bring an entry that was not seen.

    Raises NotFetchedError where the feed itself cannot be had or is none; a next page that cannot be had goes to
    `missed`, but for one that is not there: WordPress ends its feeds with it.
    """
    feed = await first_page(fetch, url)
    seen: set[str] = set()
    for _ in range(MOST_PAGES):
        keys = {canonical_key(entry.url) for entry in feed.entries}
        is_new = not keys <= seen
        seen |= keys
        yield feed
        if not is_new or feed.next_page is None:
            return
        try:
            feed = read_feed(await fetch(feed.next_page))
        except NotFetchedError as fault:
            if fault.outcome != "missing":
                missed(fault)
            return


async def first_page(fetch: Fetch, url: str) -> Feed:
    """The feed at an address, or the one that the page there names. Raises NotFetchedError."""
    response = await fetch(url)
    try:
        return read_feed(response)
    except NotFetchedError:
        named = named_feeds(response)
        if not named:
            raise
    return read_feed(await fetch(named[0]))
