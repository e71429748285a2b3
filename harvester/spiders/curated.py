"""The spider of the built-in source: the addresses of the curated resources themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, StopDownload
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from harvester.items import Item, Listed, Page
from harvester.reasons import REFUSALS, NotTakenError, SettledError, is_miss, of_fault
from harvester.spiders.base import SourceSpider, require_page
from harvester.spiders.checks import CHECKED, check_request


class CuratedSpider(SourceSpider):
    """Reads the curated resources that may be read, and sees whether the others still answer."""

    name = "curated"

    async def listing(self) -> AsyncIterator[Request | Item]:
        """A request for each curated resource."""
        for resource_id, url, may_harvest in self.job.targets:
            request = self.page(url, self.parse_target, resource_id=resource_id)
            if request is None:
                continue
            if may_harvest:
                yield request.replace(errback=self.target_failed)
            else:
                yield check_request(request.url, self.parse_check, self.target_failed, resource_id=resource_id)

    def parse_target(self, response: Response, resource_id: str, listed: Listed | None = None) -> Iterator[Page]:
        """The page as an item."""
        missing = self.job.tally.counts["missing"]
        yield from self.parse_page(response, listed)
        is_missing = self.job.tally.counts["missing"] > missing
        (self.job.missed if is_missing else self.job.reached).add(resource_id)

    def parse_check(self, response: Response, resource_id: str) -> Iterable[Page]:
        """It answers."""
        try:
            require_page(response)
        except NotTakenError as fault:
            self.job.missed.add(resource_id)
            self.job.tally.not_taken(response.meta["requested"], fault.outcome, fault.reason)
            return ()
        self.job.reached.add(resource_id)
        self.job.tally.count(CHECKED)
        return ()

    def target_failed(self, failure: Failure) -> None:
        """Count it; only what the host says or does not say about the page itself is a miss."""
        fault, request = failure.value, failure.request  # type: ignore[attr-defined]
        assert fault is not None
        resource_id: str = request.cb_kwargs["resource_id"]
        refused = isinstance(fault, HttpError) and fault.response.status in REFUSALS
        if refused or isinstance(fault, (SettledError, StopDownload, DownloadCancelledError)):
            self.job.reached.add(resource_id)
            if request.meta.get("is_check"):
                self.job.tally.count(CHECKED)
                return
        elif is_miss(fault, of_fault(fault, self.job.kit.settings)[0]):
            self.job.missed.add(resource_id)
        self.failed(failure)
