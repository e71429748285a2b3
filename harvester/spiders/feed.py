"""The spider of sources of the type `feed`."""

from __future__ import annotations

from collections.abc import AsyncIterator

from scrapy import Request

from aardekast.errors import NotFetchedError
from aardekast.resource import Harvested
from harvester.items import Item, Listed
from harvester.spiders.base import NOTHING_LISTED, SourceSpider
from harvester.spiders.feed_pages import feed_pages
from harvester.spiders.feed_values import Entry
from harvester.spiders.keywords import clean_keywords

RECORDING = "veebiettekanne"


class FeedSpider(SourceSpider):
    """Asks for the page of each entry; a recording is a resource as the feed describes it."""

    name = "feed"

    async def listing(self) -> AsyncIterator[Request | Item]:
        """A request for the page of each entry, or the recording."""
        async for thing in feed_listing(self, self.job.source.url):
            yield thing


async def feed_listing(spider: SourceSpider, url: str) -> AsyncIterator[Request | Item]:
    """What the pages of a feed list, until the source is full. Raises NotFetchedError."""
    has_any, is_recording = False, spider.job.source.kind == RECORDING
    async for feed in feed_pages(spider.fetch, url, spider.missed):
        for link in feed.unreadable:
            spider.unreadable(link)
        for entry in feed.entries:
            if not spider.scope.has(entry.url):
                continue
            has_any = True
            listed = Listed(title=entry.title, published=entry.published, keywords=clean_keywords(entry.keywords))
            # A recording goes the same way: once, within the limit, not when it is withdrawn.
            request = spider.page(entry.url, listed=listed)
            if request is not None and (feed.is_recordings or is_recording):
                spider.job.tally.count("read")
                yield _recording(spider, entry, request.url)
            elif request is not None:
                yield request
        if spider.is_full:
            break
    if not has_any:
        raise NotFetchedError(url, "failed", NOTHING_LISTED)


def _recording(spider: SourceSpider, entry: Entry, url: str) -> Harvested:
    """The entry as a resource."""
    return Harvested(
        source=spider.job.source.id,
        requested=url,
        url=url,
        kind=RECORDING,
        format="video",
        title=entry.title,
        description=entry.description,
        published=entry.published,
        authors=entry.authors,
        minutes=entry.minutes,
    )
