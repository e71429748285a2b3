"""The Scrapy extension that counts every address a crawler did not take."""

from __future__ import annotations

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from aardekast.resource import Harvested
from harvester.items import Item, Page
from harvester.job import Job
from harvester.pipelines.keep import BY_CURATORS
from harvester.reasons import SettledError, of_fault


class Counting:
    """Turns Scrapy's signals into counts and reasons."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self.item_scraped, signals.item_scraped)
        crawler.signals.connect(self.item_dropped, signals.item_dropped)
        crawler.signals.connect(self.item_error, signals.item_error)
        crawler.signals.connect(self.spider_error, signals.spider_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    @property
    def _job(self) -> Job:
        job = self._crawler.spider.job  # type: ignore[union-attr]
        assert isinstance(job, Job)
        return job

    def item_scraped(self, item: Harvested) -> None:
        """It went through all item pipelines."""
        if self._job.memory is not None:
            self._job.memory.end(item.requested, None)

    def item_dropped(self, item: Item, exception: BaseException) -> None:
        """An item pipeline did not want it, and will not want it the next time either unless it changes."""
        if isinstance(exception, SettledError):
            return
        self._not_taken(item, exception)
        outcome, reason = of_fault(exception, self._job.kit.settings)
        if self._job.memory is not None and outcome == "rejected" and not reason.endswith(BY_CURATORS):
            self._job.memory.end(item.requested, reason)

    def item_error(self, item: Item, failure: Failure) -> None:
        """An item pipeline failed on it: a fault of ours, which is logged too."""
        assert failure.value is not None
        self._not_taken(item, failure.value)

    def spider_error(self, failure: Failure, response: Response | Failure | None) -> None:
        """A spider failed on an answer: a fault of ours, which is logged too."""
        request: Any = getattr(response, "request", None)
        job = self._job
        assert failure.value is not None
        job.tally.not_taken(request.url if request else job.source.url, *of_fault(failure.value, job.kit.settings))

    def _not_taken(self, item: Item, fault: BaseException) -> None:
        url = item.requested if isinstance(item, Page) else item.url
        self._job.tally.not_taken(url, *of_fault(fault, self._job.kit.settings))
