"""Scrapy's downloader middleware for what a robot with manners does not ask for."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from aardekast.mirrors import MIRROR, is_mirror
from harvester.network.reservations import RESERVED
from harvester.network.rules import Rules

FORBIDDEN = "robots.txt forbids it"
_OWN = "is_of_rules"  # robots.txt and its like, which no rules forbid


def is_of_rules(request: Request) -> bool:
    """Whether it asks for the rules of a host and not for anything of it."""
    return bool(request.meta.get(_OWN))


class MannersMiddleware:
    """Holds every request, those behind redirects too, against the rules of its host and the list of mirrors."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        rules = crawler.spider.job.kit.gate.rules  # type: ignore[union-attr]
        assert isinstance(rules, Rules)
        self._rules = rules

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest where the address is not to be asked for."""
        if is_of_rules(request):
            return
        if is_mirror(request.url):
            raise IgnoreRequest(f"is on a site that {MIRROR}")
        if not await self._rules.may_ask(request.url, self._fetch):
            raise IgnoreRequest(FORBIDDEN)
        is_read = request.meta.get("is_page") and request.method == "GET"
        if is_read and await self._rules.reserves(request.url, self._fetch):
            raise IgnoreRequest(RESERVED)

    async def _fetch(self, url: str) -> Response:
        assert self._crawler.engine is not None
        request = Request(url, callback=NO_CALLBACK, priority=1000, meta={_OWN: True})
        return await self._crawler.engine.download_async(request)
