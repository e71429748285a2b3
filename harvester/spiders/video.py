"""The spider of sources of the type `video`: a channel, a playlist, or one recording."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Response

from aardekast.addresses import fault_of
from aardekast.errors import NotFetchedError
from aardekast.resource import Harvested
from harvester.extraction.kinds import is_media, media_type
from harvester.items import Item
from harvester.job import Job
from harvester.reasons import NotTakenError, of_fault, of_status
from harvester.recordings.values import Answer, Listing, NoAnswer, NoRecording, Question, Recording, Wanted
from harvester.spiders.base import SourceSpider
from harvester.spiders.feed import RECORDING
from harvester.spiders.keywords import clean_keywords

DEEPEST = 2  # a channel holds lists (recordings, broadcasts), and these the recordings
# What is settled between us and the server; Last-Modified yt-dlp would take for the day of publishing.
_NOT_PASSED_ON = {"set-cookie", "content-encoding", "content-length", "transfer-encoding", "last-modified"}


class VideoSpider(SourceSpider):
    """Has yt-dlp find out what is there; what that wants to ask is asked as everything else is."""

    name = "video"

    def __init__(self, job: Job, **options: Any) -> None:
        super().__init__(job, **options)
        self._page: Response | None = None  # the first page that the recording under way was found on

    async def listing(self) -> AsyncIterator[Request | Item]:
        """The recordings, whole. Raises NotFetchedError where there is none at the source's address."""
        async for item in self._found_at(self.job.source.url, depth=0):
            yield item

    def headers_received(self, headers: Headers, request: Request) -> None:  # noqa: ARG002 - Scrapy calls it so
        """Do not read pictures, nor the recordings themselves. Raises StopDownload."""
        if is_media((headers.get("Content-Type") or b"").decode("latin-1")):
            raise StopDownload(fail=True)

    async def _found_at(self, url: str, depth: int) -> AsyncIterator[Item]:
        self._page = None
        question = Question(url=url, language=self.job.source.language, most=self.job.most_pages + 1)
        found = await self.job.kit.recordings.read(question, self._make)
        if isinstance(found, NoRecording):
            outcome, reason = of_status(found.status) if found.status else (found.outcome, found.reason)
            if depth == 0:
                raise NotFetchedError(url, outcome, reason)
            self.job.tally.not_taken(url, outcome, reason)
        elif isinstance(found, Recording):
            if depth == 0 and self.page(url) is None:
                return
            for item in self._items(found, url):
                yield item
        else:
            if depth > 0:  # a list within the list is no page
                self.asked.pop()
            async for item in self._listed(found, url, depth):
                yield item

    async def _listed(self, found: Listing, url: str, depth: int) -> AsyncIterator[Item]:
        """What is at each address of a list."""
        if found.cut_by is not None:
            self.job.tally.not_taken(url, found.cut_by.outcome, f"the rest of the list: {found.cut_by.reason}")
        elif not found.urls and depth == 0:
            raise NotFetchedError(url, "failed", "lists no recording")
        for address in found.urls if depth < DEEPEST else ():
            # A recording goes the same way as a page: once, within the limit, not when it is withdrawn.
            if self.scope.matches(address) and (request := self.page(address)) is not None:
                async for item in self._found_at(request.url, depth + 1):
                    yield item

    def _items(self, found: Recording, requested: str) -> list[Item]:
        """The recording with the page it stands on, whose wishes are heeded."""
        self.job.tally.count("read")
        if found.without_captions is not None:
            self.job.tally.not_taken(found.url, "rejected", found.without_captions)
        recording = _harvested(found, self.job.source.id, requested)
        if self._page is None:
            return [recording]
        try:
            page = self.item(self._page)
        except NotTakenError as fault:
            self.job.tally.not_taken(requested, fault.outcome, fault.reason)
            return []
        return [replace(page, requested=requested, url=found.url, redirects=(), recording=recording)]

    async def _make(self, wanted: Wanted) -> Answer | NoAnswer:
        """Make a request of yt-dlp's as any other: robots.txt, the gate's checks and pauses, our name, our limits."""
        fault = fault_of(wanted.url)
        if fault is not None:
            return NoAnswer(outcome="rejected", reason=f"the address {fault}")
        assert self.crawler.engine is not None
        meta = {"requested": wanted.url}
        request = Request(wanted.url, method=wanted.method, headers=dict(wanted.headers), body=wanted.body, meta=meta)
        try:
            response = await self.crawler.engine.download_async(request.replace(priority=10))
        except StopDownload as stop:
            if stop.response is None:
                return NoAnswer(outcome="rejected", reason="not a page")
            return _answer(stop.response.replace(body=b""))
        except Exception as broken:
            # The edge: Twisted and TLS raise what they like.
            outcome, reason = of_fault(broken, self.job.kit.settings)
            return NoAnswer(outcome=outcome, reason=reason)
        if self._page is None and response.status == 200 and _is_html(response):
            self._page = response
        return _answer(response)


def _is_html(response: Response) -> bool:
    return media_type((response.headers.get("Content-Type") or b"").decode("latin-1")) == "text/html"


def _answer(response: Response) -> Answer:
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
        if name.decode("latin-1").lower() not in _NOT_PASSED_ON
    ]
    return Answer(url=response.url, status=response.status, headers=tuple(headers), body=response.body)


def _harvested(found: Recording, source: str, requested: str) -> Harvested:
    keywords = clean_keywords(found.keywords)
    return Harvested(
        source=source,
        requested=requested,
        url=found.url,
        kind=RECORDING,
        format="video",
        title=found.title,
        description=found.description,
        text=found.text,
        passages=found.passages,
        authors=found.authors,
        published=found.published,
        minutes=found.minutes,
        suggested={"keywords": keywords} if keywords else {},
    )
