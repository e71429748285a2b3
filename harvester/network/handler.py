"""Scrapy's download handler, behind the gate."""

from __future__ import annotations

from scrapy import signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

from harvester.network.gate import Gate


class GatedDownloadHandler(HTTP11DownloadHandler):
    """Lets every request through the gate of the run; all crawlers share its connections."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        gate = crawler.spider.job.kit.gate  # type: ignore[union-attr]
        assert isinstance(gate, Gate)
        gate.pool = self._pool = gate.pool or self._pool  # type: ignore[assignment]
        self._gate = gate
        self._robots_user_agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        crawler.signals.connect(self.robots_parsed, signals.robots_parsed)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Heed the Crawl-delay of a robots.txt."""
        self._gate.heed_delay(request.url, robotparser.crawl_delay(self._robots_user_agent))

    async def download_request(self, request: Request) -> Response:
        """Make the request when the gate says so."""
        return await self._gate.fetch(request, super().download_request)
