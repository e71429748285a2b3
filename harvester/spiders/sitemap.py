"""The spider of sources of the type `sitemap`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request

from aardekast.addresses import host_of
from aardekast.errors import NotFetchedError
from harvester.items import Item
from harvester.job import Job
from harvester.spiders.base import SourceSpider
from harvester.spiders.scope import Scope
from harvester.spiders.sitemaps import sitemap_addresses


class SitemapSpider(SourceSpider):
    """Asks for the pages that a sitemap lists on its own host."""

    name = "sitemap"

    def __init__(self, job: Job, **options: Any) -> None:
        super().__init__(job, **options)
        self.scope = sitemap_scope(job)

    async def listing(self) -> AsyncIterator[Request | Item]:
        """A request for each address of the sitemap."""
        has_any = False
        async for url in sitemap_addresses(self.fetch, self.job.source.url, self.missed):
            if self.scope.has(url):
                has_any = True
                request = self.page(url)
                if request is not None:
                    yield request
        if not has_any:
            raise NotFetchedError(self.job.source.url, "failed", "lists no page that include and exclude let through")

    def missed(self, fault: NotFetchedError) -> None:
        """Count a child of the sitemap that could not be had."""
        self.job.tally.not_taken(fault.url, fault.outcome, fault.reason)


def sitemap_scope(job: Job) -> Scope:
    """The sitemap's host, and the path that the fragment of its address names."""
    url = job.source.url
    return Scope(job.source, path=urlsplit(url).fragment or "/", hosts={host_of(url)})
