"""Scrapy's download handler, behind the gate."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from harvester.network.gate import Gate


class GatedDownloadHandler(HTTP11DownloadHandler):
    """Lets every request through the gate of the run; all crawlers share its connections."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        gate = crawler.spider.job.kit.gate  # type: ignore[union-attr]
        assert isinstance(gate, Gate)
        gate.pool = self._pool = gate.pool or self._pool  # type: ignore[assignment]
        self._gate = gate
        self._job = crawler.spider.job  # type: ignore[union-attr]

    async def download_request(self, request: Request) -> Response:
        """Make the request when the gate says so."""
        return await self._gate.fetch(request, super().download_request, lambda: self._job.is_over)
