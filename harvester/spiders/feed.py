"""The spider of sources of the type `feed`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

from scrapy import Request

from aardekast.errors import NotFetchedError
from aardekast.resource import Harvested
from harvester.items import Item, Listed
from harvester.spiders.base import SourceSpider
from harvester.spiders.feeds import Entry, read_feed

RECORDING = "veebiettekanne"


class FeedSpider(SourceSpider):
    """Asks for the page of each entry; a recording is a resource as the feed describes it."""

    name = "feed"

    async def listing(self) -> AsyncIterator[Request | Item]:
        """A request for the page of each entry, or the recording."""
        feed = read_feed(await self.fetch(self.job.source.url))
        for link in feed.unreadable:
            self.unreadable(link)
        entries = [entry for entry in feed.entries if self.scope.has(entry.url)]
        if not entries:
            raise NotFetchedError(self.job.source.url, "failed", "lists no page that include and exclude let through")
        is_recordings = feed.is_recordings or self.job.source.kind == RECORDING
        for entry in entries:
            listed = Listed(title=entry.title, published=entry.published)
            # A recording goes the same way: once, within the limit, not when it is withdrawn.
            request = self.page(entry.url, listed=listed)
            if request is None:
                continue
            if is_recordings:
                self.job.tally.count("read")
                yield self.recording(entry, request.url)
            else:
                yield request

    def recording(self, entry: Entry, url: str) -> Harvested:
        """The entry as a resource."""
        return replace(
            Harvested(source=self.job.source.id, requested=url, url=url, kind=RECORDING, format="video"),
            title=entry.title,
            description=entry.description,
            published=entry.published,
            authors=entry.authors,
            minutes=entry.minutes,
        )
