"""What would be harvested from one address, and why."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace

from scrapy import Request
from scrapy.crawler import Crawler

from aardekast.addresses import clean_url, fault_of
from aardekast.errors import HarvestError
from aardekast.resource import Harvested, Source
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary
from harvester.crawling import quiet_logs, scrapy_settings
from harvester.extraction.pool import Extractors
from harvester.items import Item
from harvester.job import Job, Kit, Suggest
from harvester.network.gate import Gate
from harvester.reactor import run_in_reactor
from harvester.run import install_resolver, known_values
from harvester.spiders.base import SourceSpider
from harvester.spiders.discovery import find_type
from harvester.spiders.feeds import read_feed
from harvester.spiders.scope import Scope
from harvester.spiders.sitemap import sitemap_scope
from harvester.spiders.sitemaps import sitemap_addresses
from harvester.summary import Preview
from harvester.tally import Tally

Evidence = tuple[tuple[str, tuple[str, ...]], ...]  # values, each with the words that speak of it
Explain = Callable[[Harvested], Mapping[str, Evidence]]  # by field
START = 300  # characters of the text that are shown


class PreviewSpider(SourceSpider):
    """Finds the type out, counts what is listed, and reads the one page."""

    name = "preview"
    pages_listed: int | None = None

    async def listing(self) -> AsyncIterator[Request | Item]:
        """The page itself, before what it may be the source of."""
        url = self.job.source.url
        request = self.page(url)
        if request is not None:
            yield request
        type_, found_url = await find_type(self.fetch, self.job)
        self.job.found = type_, found_url
        self.job.source = replace(self.job.source, type=type_, url=found_url)
        self.pages_listed = await self._count()

    async def _count(self) -> int | None:
        """How many pages are listed; nobody knows of links before they are followed."""
        source = self.job.source
        if source.type == "feed":
            scope = Scope(source)
            return sum(scope.has(entry.url) for entry in read_feed(await self.fetch(source.url)).entries)
        if source.type != "sitemap":
            return None
        scope, listed = sitemap_scope(self.job), 0
        async for url in sitemap_addresses(self.fetch, source.url, lambda _fault: None):
            listed += scope.has(url)
        return listed


def run(
    url: str, settings: Settings, vocabulary: Vocabulary, *, suggest: Suggest | None, explain: Explain | None
) -> Preview:
    """As harvester.preview says."""
    fault = fault_of(url)
    if fault:
        raise HarvestError(f"'{url}' {fault}; copy the whole address from the browser.")
    quiet_logs()
    peek = _Peek(clean_url(url), settings, known_values(vocabulary, suggest), explain)
    return run_in_reactor(peek.run, peek.stop)


class _Peek:
    """One preview."""

    def __init__(self, url: str, settings: Settings, suggest: Suggest, explain: Explain | None) -> None:
        self._explain = explain
        self._settings = settings
        self._kit = Kit(settings=settings, gate=Gate(settings), extractors=Extractors(1), suggest=suggest)
        source = Source(id="preview", url=url)
        self._job = Job(source=source, kit=self._kit, tally=Tally(source.id), most_pages=1)

    async def run(self) -> Preview:
        """Look at the address."""
        url = self._job.source.url
        install_resolver(self._kit.gate)
        crawler = Crawler(PreviewSpider, scrapy_settings(self._settings, keeps=False))
        async with self._kit.extractors:
            self._kit.extractors.warm()
            await crawler.crawl_async(job=self._job)
            listed = crawler.spider.pages_listed if isinstance(crawler.spider, PreviewSpider) else None
            described = await self._kit.aside(lambda: self._page(Preview(url=url)))
        self._kit.gate.resolver.close()
        self._kit.thread.shutdown()
        type_, found_url = self._job.found or (None, None)
        return replace(
            described,
            source_type=type_,
            source_url=found_url,
            pages_listed=listed,
            source_fault=self._job.tally.fault,
        )

    def stop(self) -> None:
        """Break it off."""
        self._kit.gate.stop("stopped")
        self._kit.extractors.close()

    def _page(self, preview: Preview) -> Preview:
        """The page itself, or why it would not be taken."""
        reasons = [reason.reason for reason in self._job.tally.reasons]
        if not self._job.previewed:
            return replace(preview, reason=reasons[0] if reasons else "no answer")
        found = self._job.previewed[0]
        explained = self._explain(found) if self._explain else {}
        return replace(
            preview,
            title=found.title,
            language=found.language,
            published=found.published,
            kind=found.kind,
            format=found.format,
            words=len(found.text.split()),
            start=found.text[:START],
            topics=tuple(found.suggested.get("topics", ())),
            evidence=tuple(explained.get("topics", ())),
            counties=tuple(found.suggested.get("counties", ())),
            county_evidence=tuple(explained.get("counties", ())),
        )
