"""The spider of sources of the type `links`."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from aardekast.addresses import host_of
from harvester.extraction.structured import listed_events
from harvester.items import Item, Listed, Page
from harvester.job import Job
from harvester.spiders.base import SourceSpider
from harvester.spiders.lists import list_listing
from harvester.spiders.markup import addresses, markup_of
from harvester.spiders.scope import Scope, folder_of
from harvester.tally import LEFT_OUT

DEEPEST = 10  # links from the start; what lies deeper is a calendar or a list without end
MOST_QUERIES = 50  # addresses that only differ after the question mark: likewise


class LinksSpider(SourceSpider):
    """Follows links below the path of the source's address, near ones first; or reads a list by its selectors."""

    name = "links"

    def __init__(self, job: Job, **options: Any) -> None:
        super().__init__(job, **options)
        url = job.source.url
        # What is followed lies below the path; what is kept must also pass include and exclude.
        self.scope = Scope(job.source, path=folder_of(url), hosts={host_of(url)})
        self._queries: Counter[str] = Counter()

    async def listing(self) -> AsyncIterator[Request | Item]:
        """The first page, and the others follow from it; where selectors say what a list holds, that."""
        if self.job.source.links:
            async for listed in list_listing(self):
                yield listed
            return
        request = self.page(self.job.source.url, self.parse_links, depth=0)
        if request is not None:
            yield request.replace(errback=self.first_failed)

    def first_failed(self, failure: Any) -> None:
        """Without its first page there is no source."""
        self.failed(failure)
        last = self.job.tally.reasons[-1]
        self.job.tally.fault = f"{last.url}: {last.reason}"

    def parse_links(self, response: Response, depth: int, listed: Listed | None = None) -> Iterator[Page | Request]:
        """The page, and the links on it."""
        if depth == 0:
            self.scope.hosts.add(host_of(response.url))  # a site that moved redirects from its front page
        if host_of(response.url) not in self.scope.hosts:
            self.job.tally.count("read")
            self.job.tally.not_taken(
                response.meta["requested"], "rejected", f"redirects to another site: {host_of(response.url)}"
            )
            return
        if self.scope.matches(response.url):
            yield from self.parse_page(response, listed)
        if depth < DEEPEST and isinstance(response, HtmlResponse):
            for url in self._links(response):
                if self._may_follow(url) and (request := self.page(url, self.parse_links, depth=depth + 1)):
                    yield request

    def _may_follow(self, url: str) -> bool:
        if not self.scope.below(url):
            return False
        parts = urlsplit(url)
        self._queries[parts.path] += bool(parts.query)
        if self._queries[parts.path] > MOST_QUERIES:
            self.job.tally.count(LEFT_OUT)
            return False
        return True

    def _links(self, response: HtmlResponse) -> Iterator[str]:
        """The addresses of the links, and of events that a calendar only tells programs of."""
        markup = markup_of(response)
        hrefs = markup.xpath("//a/@href | //area/@href").getall()
        if "startDate" in response.text:
            hrefs += listed_events(markup.root)
        for href, url in addresses(response, hrefs):
            if url is None:
                self.unreadable(href)
            else:
                yield url
