"""The spider of the built-in source: the addresses of the curated resources themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, StopDownload
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from aardekast.errors import StoppedError
from harvester.items import Item, Listed, Page
from harvester.reasons import REFUSALS, of_fault
from harvester.spiders.base import Callback, SourceSpider

CHECKED = "checked"  # cards whose link was looked at and nothing more


class CuratedSpider(SourceSpider):
    """Reads the curated resources that may be read, and sees whether the others still answer."""

    name = "curated"

    async def listing(self) -> AsyncIterator[Request | Item]:
        """A request for each curated resource."""
        for resource_id, url, may_harvest in self.job.targets:
            callback: Callback = self.parse_target if may_harvest else self.parse_check
            request = self.page(url, callback, resource_id=resource_id)
            if request is not None:
                yield request.replace(method="GET" if may_harvest else "HEAD", errback=self.target_failed)

    def parse_target(self, response: Response, resource_id: str, listed: Listed | None = None) -> Iterator[Page]:
        """The page as an item."""
        missing = self.job.tally.counts["missing"]
        yield from self.parse_page(response, listed)
        is_missing = self.job.tally.counts["missing"] > missing
        (self.job.missed if is_missing else self.job.reached).add(resource_id)

    def parse_check(self, response: Response, resource_id: str) -> Iterable[Page]:  # noqa: ARG002 - that it answers is all
        """It answers."""
        self.job.reached.add(resource_id)
        self.job.tally.count(CHECKED)
        return ()

    def target_failed(self, failure: Failure) -> None:
        """Count it; only what the host says or does not say about the page itself is a miss."""
        fault, request = failure.value, failure.request  # type: ignore[attr-defined]
        resource_id: str = request.cb_kwargs["resource_id"]
        refused = isinstance(fault, HttpError) and fault.response.status in REFUSALS
        if refused or isinstance(fault, (StopDownload, DownloadCancelledError)):
            self.job.reached.add(resource_id)
            if request.method == "HEAD":
                self.job.tally.count(CHECKED)
                return
        elif not isinstance(fault, StoppedError):
            outcome, _ = of_fault(fault, self.job.kit.settings)  # type: ignore[arg-type]
            if outcome in ("missing", "failed"):
                self.job.missed.add(resource_id)
        self.failed(failure)
