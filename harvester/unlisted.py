"""The Scrapy extension that looks again at what a source brought once and lists no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from aardekast.catalogue import BUILT_IN_SOURCE, KnownResource
from aardekast.resource import Status
from harvester.job import Job
from harvester.spiders.checks import CHECKED, check_request

RECORDS = frozenset({"oai-pmh"})  # types whose resources are as their list describes them
WHOLE = frozenset({"ical"})  # types whose lists say all that there is to be known of what is to come
_ONCE_A_DAY = timedelta(hours=20)  # another source may have looked at it today
_GONE_AGAIN = timedelta(days=30)  # how seldom it is seen whether what is gone came back


class Unlisted:
    """When a spider has nothing left to do, asks for the source's other resources: a feed only lists the newest.

    No more than the source may have pages, those first that were not looked at for longest.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._is_done = False
        crawler.signals.connect(self.spider_idle, signals.spider_idle)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    def spider_idle(self) -> None:
        """Raises DontCloseSpider where there is more to do."""
        if self._is_done:
            return
        self._is_done = True
        engine, requests = self._crawler.engine, list(self._requests())
        assert engine is not None
        for request in requests:
            engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _requests(self) -> Iterator[Request]:
        spider: Any = self._crawler.spider
        job: Job = spider.job
        is_listed = job.source.id != BUILT_IN_SOURCE and job.source.type not in WHOLE and job.memory is not None
        if not is_listed or job.is_limited or job.tally.fault is not None:
            return
        now, is_record = datetime.now(UTC), job.source.type in RECORDS
        due = [known for known in job.known if not known.keys & job.seen and _is_due(known, now)]
        if is_record:
            due = [known for known in due if _may_have_vanished(known, job)]
        for known in due[: job.most_pages]:
            if known.format == "video" or is_record:  # its page says less than its feed or record did
                yield check_request(known.url, self._answered, spider.failed)
            else:
                meta = {"is_page": True, "requested": known.url}
                yield Request(known.url, callback=spider.parse_page, errback=spider.failed, meta=meta)

    def _answered(self, response: Response) -> tuple[()]:
        job: Job = self._crawler.spider.job  # type: ignore[union-attr]
        assert job.memory is not None
        job.tally.count(CHECKED)
        job.memory.note_unchanged(response.meta["requested"])
        return ()


def _is_due(known: KnownResource, now: datetime) -> bool:
    pause = _GONE_AGAIN if known.status == Status.GONE else _ONCE_A_DAY
    return known.last_checked is None or now - known.last_checked >= pause


def _may_have_vanished(known: KnownResource, job: Job) -> bool:
    """Whether a record is to be looked for: most lists only hold what changed, and say themselves what is gone."""
    assert job.memory is not None
    is_missed = job.memory.is_full and job.complete_as_of is not None
    return known.status != Status.GONE and (is_missed or not known.has_answered)
