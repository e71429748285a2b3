"""What all spiders have in common: a page asked for once, within limits, and every answer accounted for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Response
from twisted.python.failure import Failure

from aardekast.addresses import canonical_key, clean_url, fault_of
from aardekast.errors import NotFetchedError
from harvester.addresses import LONGEST_SHOWN, UNREADABLE
from harvester.extraction.kinds import is_media
from harvester.items import Item, Listed, Page
from harvester.job import Job
from harvester.pipelines.keep import BY_CURATORS
from harvester.reasons import NotTakenError, SettledError, is_miss, of_fault, of_status
from harvester.redirects import temporary_redirects
from harvester.spiders.scope import Scope, Seen
from harvester.tally import LEFT_OUT

NO_LIST = ("is not a sitemap", "is not a feed", "is not the API of a WordPress site")
NOTHING_LISTED = "lists no page that include and exclude let through"
Callback = Callable[..., Iterable[Any]]


class EnoughListedError(Exception):
    """As much of a list was read as was wanted."""


class SourceSpider(Spider):
    """Finds the pages of a source. What a spider of its own does is to list them."""

    name = "source"

    def __init__(self, job: Job, **options: Any) -> None:
        super().__init__(**options)
        self.job = job
        self.scope = Scope(job.source)
        self._seen = Seen()
        self._unreadable: set[str] = set()
        self.asked: list[str] = []  # the pages that were asked for, in the order of the list
        self._fetched = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **options: Any) -> SourceSpider:
        """As Scrapy makes it."""
        spider = super().from_crawler(crawler, *args, **options)
        crawler.signals.connect(spider.headers_received, signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Request | Item]:
        """What the spider lists; a list that cannot be had is the fault of the source as a whole."""
        try:
            async for thing in self.listing():
                yield thing
        except EnoughListedError:
            self.job.is_cut = True
        except NotFetchedError as fault:
            self.job.tally.fault = str(fault)
            self.job.has_lost_list = fault.outcome == "missing" or fault.reason in NO_LIST

    def listing(self) -> AsyncIterator[Request | Item]:
        """Requests for pages, and items that need none. Raises NotFetchedError where the list cannot be had."""
        raise NotImplementedError

    async def fetch(self, url: str) -> Response:
        """An answer at once: a list of pages, robots.txt.

        Raises NotFetchedError, and in a preview EnoughListedError.
        """
        if self._fetched == self.job.most_lists:
            raise EnoughListedError
        self._fetched += 1
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(Request(url, priority=10))
        except Exception as fault:
            # The edge: Twisted and TLS raise what they like.
            raise NotFetchedError(url, *of_fault(fault, self.job.kit.settings)) from fault
        if response.status != 200:
            raise NotFetchedError(url, *of_status(response.status))
        return response

    def page(self, url: str, callback: Callback | None = None, **passed: Any) -> Request | None:
        """The request for a page, None where it is not wanted (again) or beyond the limit."""
        tally = self.job.tally
        # What the escapes of a host hide is only seen when they are spelt out.
        fault = fault_of(url) or fault_of(clean_url(url))
        if fault is not None:
            tally.not_taken(url[:LONGEST_SHOWN], "rejected", f"the address {fault}")
            return None
        url = clean_url(url)
        if not self._seen.is_new(url):
            return None
        if canonical_key(url) in self.job.kit.withdrawn:
            tally.not_taken(url, "rejected", f"withdrawn {BY_CURATORS}")
            return None
        if self.is_full:
            tally.count(LEFT_OUT)
            return None
        self.asked.append(url)
        return Request(
            url,
            callback=callback or self.parse_page,
            errback=self.failed,
            cb_kwargs=passed,
            meta={"is_page": True, "requested": url},
        )

    @property
    def listed(self) -> int:
        """How many pages the list has, as far as it was read."""
        return len(self.asked) + self.job.tally.counts[LEFT_OUT]

    @property
    def is_full(self) -> bool:
        """Whether as many pages were asked for as the source may have."""
        return len(self.asked) >= self.job.most_pages

    def missed(self, fault: NotFetchedError) -> None:
        """Count a part of the list that could not be had."""
        self.job.tally.not_taken(fault.url, fault.outcome, fault.reason)

    def unreadable(self, href: str) -> None:
        """Count what is no address, once in a source: a menu repeats it on every page."""
        if href not in self._unreadable:
            self._unreadable.add(href)
            self.job.tally.not_taken(href[:LONGEST_SHOWN], "rejected", UNREADABLE)

    def parse_page(self, response: Response, listed: Listed | None = None) -> Iterator[Page]:
        """The page as an item."""
        self.job.tally.count("read")
        try:
            yield self.item(response, listed)
        except NotTakenError as fault:
            requested = response.meta["requested"]
            self.job.tally.not_taken(requested, fault.outcome, fault.reason)
            if is_miss(fault, fault.outcome):
                self.job.missed_addresses.add(requested)

    def item(self, response: Response, listed: Listed | None = None) -> Page:
        """The answer as an item. Raises NotTakenError where it is that of another page."""
        require_page(response)
        return Page(
            source=self.job.source.id,
            requested=response.meta["requested"],
            url=response.url,
            redirects=tuple(response.meta.get("redirect_urls", ())),
            temporary=temporary_redirects(response),
            body=response.body,
            content_type=_header(response, "Content-Type") or "",
            robots="\n".join(value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")),
            reservation=_header(response, "tdm-reservation"),
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            listed=listed or Listed(),
        )

    def failed(self, failure: Failure) -> None:
        """Count an address that was not had."""
        fault = failure.value
        assert fault is not None
        if isinstance(fault, SettledError):
            return
        requested: str = failure.request.meta["requested"]  # type: ignore[attr-defined]
        outcome, reason = of_fault(fault, self.job.kit.settings)
        self.job.tally.not_taken(requested, outcome, reason)
        if is_miss(fault, outcome):
            self.job.missed_addresses.add(requested)

    def headers_received(self, headers: Headers, request: Request) -> None:
        """Do not read pictures and recordings, nor what is only to answer. Raises StopDownload."""
        if request.meta.get("is_check"):
            raise StopDownload(fail=False)
        content_type = (headers.get("Content-Type") or b"").decode("latin-1")
        if request.meta.get("is_page") and is_media(content_type, request.url):
            raise StopDownload(fail=True)


def require_page(response: Response) -> None:
    """Raises NotTakenError for the front page where it was not asked for: so sites answer what they no longer know."""
    if _is_front_page(response.url) and not _is_front_page(response.meta["requested"]):
        raise NotTakenError("redirects to the front page", "missing")


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
