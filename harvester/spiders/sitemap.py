"""The spider of sources of the type `sitemap`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request

from aardekast.addresses import host_of
from aardekast.errors import NotFetchedError
from aardekast.resource import Source
from harvester.items import Item
from harvester.job import Job
from harvester.spiders.base import NOTHING_LISTED, SourceSpider
from harvester.spiders.scope import Scope
from harvester.spiders.sitemaps import sitemap_addresses


class SitemapSpider(SourceSpider):
    """Asks for the pages that a sitemap lists on its own host."""

    name = "sitemap"

    def __init__(self, job: Job, **options: Any) -> None:
        super().__init__(job, **options)
        self.scope = sitemap_scope_of(job.source, job.source.url)

    async def listing(self) -> AsyncIterator[Request | Item]:
        """A request for each address of the sitemap."""
        async for request in sitemap_listing(self, self.job.source.url):
            yield request


async def sitemap_listing(spider: SourceSpider, url: str) -> AsyncIterator[Request]:
    """What a sitemap and its children list. Raises NotFetchedError."""
    has_any = False
    async for address in sitemap_addresses(spider.fetch, url, spider.missed):
        if spider.scope.has(address):
            has_any = True
            request = spider.page(address)
            if request is not None:
                yield request
    if not has_any:
        raise NotFetchedError(url, "failed", NOTHING_LISTED)


def sitemap_scope_of(source: Source, url: str) -> Scope:
    """The sitemap's host, and the path that the fragment of its address names."""
    return Scope(source, path=urlsplit(url).fragment or "/", hosts={host_of(url)})
