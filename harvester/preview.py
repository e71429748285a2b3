"""What would be harvested from one address, and why: the real spiders and item pipelines, but for keeping anything."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from scrapy import Request
from scrapy.crawler import Crawler

from aardekast.addresses import canonical_key, clean_url, fault_of
from aardekast.errors import HarvestError
from aardekast.resource import Harvested, Source
from aardekast.settings import Settings
from aardekast.vocabulary import EVENT_KIND, Vocabulary
from harvester.crawling import quiet_logs, scrapy_settings
from harvester.extraction.pool import Extractors
from harvester.items import Item
from harvester.job import Job, Kit, Suggest
from harvester.network.gate import Gate
from harvester.reactor import run_in_reactor
from harvester.run import SPIDERS, install_resolver, known_values
from harvester.spiders.base import SourceSpider
from harvester.spiders.discovery import DiscoverySpider
from harvester.spiders.feed import RECORDING
from harvester.summary import Preview, PreviewedPage, PreviewedSource, Tag
from harvester.tally import Tally

Evidence = tuple[tuple[str, tuple[str, ...]], ...]  # values, each with the words that speak of it
Explain = Callable[[Harvested], Mapping[str, Evidence]]  # by field
START = 300  # characters of the text that are shown
SAMPLES = 5  # pages that are read of a source, at a second each
MOST_LISTS = 20  # parts of its list, at a second each too: of a sitemap some 20,000 addresses, of WordPress 1,700 posts
_BY_ITSELF = {RECORDING: "it is a recording", EVENT_KIND: "it is an event"}
_WHOLE = ("sitemap", "wordpress", "ical")  # their lists are read to the end; others only as far as they are wanted


class PageSpider(SourceSpider):
    """Reads one page."""

    name = "page"

    async def listing(self) -> AsyncIterator[Request | Item]:
        """The page."""
        request = self.page(self.job.source.url)
        if request is not None:
            yield request


def run(
    url: str,
    settings: Settings,
    vocabulary: Vocabulary,
    *,
    suggest: Suggest | None,
    explain: Explain | None,
    sources: Sequence[Source],
) -> Preview:
    """As harvester.preview says."""
    fault = fault_of(url)
    if fault:
        raise HarvestError(f"'{url}' {fault}; copy the whole address from the browser.")
    quiet_logs()
    entry = next((source for source in sources if canonical_key(source.url) == canonical_key(url)), None)
    peek = _Peek(url, settings, known_values(vocabulary, suggest), explain, entry)
    return run_in_reactor(peek.run, peek.stop)


class _Peek:
    """One preview."""

    def __init__(
        self, url: str, settings: Settings, suggest: Suggest, explain: Explain | None, entry: Source | None
    ) -> None:
        self._url = url
        self._entry = entry
        self._explain = explain
        self._settings = scrapy_settings(settings, keeps=False)
        self._kit = Kit(settings=settings, gate=Gate(settings), extractors=Extractors(1), suggest=suggest)

    async def run(self) -> Preview:
        """Look at the address, as a source and as a page."""
        install_resolver(self._kit.gate)
        try:
            async with self._kit.extractors:
                self._kit.extractors.warm()
                source = await self._as_source()
                page = None if _is_list(source, self._url) else await self._as_page(source)
        finally:
            self._kit.recordings.close()
            self._kit.gate.resolver.close()
            self._kit.thread.shutdown()
        return Preview(url=self._url, source=source, page=page)

    def stop(self) -> None:
        """Break it off."""
        self._kit.gate.stop("stopped")
        self._kit.extractors.close()
        self._kit.recordings.close()

    async def _as_source(self) -> PreviewedSource:
        """The first pages that its spider brings."""
        job = self._job(self._entry or Source(id="preview", url=self._url), most_pages=SAMPLES)
        entry = self._entry.id if self._entry else None
        if job.source.type is None:
            await self._crawl(DiscoverySpider, job)
            if job.found is None:
                return PreviewedSource(entry=entry, fault=job.tally.fault)
            type_, url = job.found
            job.source = replace(job.source, type=type_, url=url)
        job.most_lists = MOST_LISTS
        spider = await self._crawl(SPIDERS[job.source.type or "links"], job)
        taken = [await self._described(found) for found in _in_order(job.previewed, spider)]
        left = [PreviewedPage(url=reason.url, reason=reason.reason) for reason in job.tally.reasons]
        return PreviewedSource(
            type=job.source.type,
            url=job.source.url,
            why=job.why or f"The entry '{entry}' of resources.yaml says so.",
            entry=entry,
            listed=spider.listed if spider is not None else None,
            is_whole=(job.source.type in _WHOLE and not job.is_cut) or _is_one(job, taken),
            fault=job.tally.fault,
            samples=(*taken, *left),
        )

    async def _as_page(self, source: PreviewedSource) -> PreviewedPage:
        """The page itself, or why it would not be taken; a recording was seen already."""
        if source.type == "video":
            fault = PreviewedPage(url=self._url, reason=source.fault or "no recording is found on the page")
            return next(iter(source.samples), fault)
        job = self._job(replace(self._entry or Source(id="preview", url=""), url=self._url), most_pages=1)
        await self._crawl(PageSpider, job)
        if job.previewed:
            return await self._described(job.previewed[0])
        reasons = [reason.reason for reason in job.tally.reasons]
        return PreviewedPage(url=self._url, reason=reasons[0] if reasons else "no answer")

    def _job(self, source: Source, *, most_pages: int) -> Job:
        source = replace(source, url=source.url if "#" in source.url else clean_url(source.url))
        return Job(source=source, kit=self._kit, tally=Tally(source.id), most_pages=most_pages)

    async def _crawl(self, spider: type, job: Job) -> SourceSpider | None:
        crawler = Crawler(spider, self._settings)
        await crawler.crawl_async(job=job)
        return crawler.spider if isinstance(crawler.spider, SourceSpider) else None

    async def _described(self, found: Harvested) -> PreviewedPage:
        """The material with the values that it would be given."""
        explain = self._explain
        explained = await self._kit.aside(lambda: explain(found)) if explain else {}
        return PreviewedPage(
            url=found.url,
            title=found.title,
            description=found.description,
            authors=found.authors,
            publisher=found.publisher or found.suggested.get("publisher", ""),
            language=found.language,
            published=found.published,
            starts=found.starts,
            ends=found.ends,
            place=found.place,
            kind=found.kind or (self._entry.kind if self._entry else None),
            format=found.format,
            words=len(found.text.split()),
            pages=found.pages,
            minutes=found.minutes,
            keywords=tuple(found.suggested.get("keywords", ())),
            passages=tuple(
                f"{p.label} {p.heading}" if p.start is not None and p.heading else p.label for p in found.passages
            ),
            tags=tuple(_tags(found, explained, self._entry)),
            start=found.text[:START],
        )


def _in_order(previewed: Iterable[Harvested], spider: SourceSpider | None) -> list[Harvested]:
    """As the source lists them, in whichever order their extracts were done."""
    places = {url: place for place, url in enumerate(spider.asked if spider is not None else ())}
    return sorted(previewed, key=lambda found: places.get(found.requested, places.get(found.url, len(places))))


def _tags(found: Harvested, explained: Mapping[str, Evidence], entry: Source | None) -> Iterator[Tag]:
    """Kind and audience are never guessed: what the entry of the source says of all its pages holds, else the page."""
    if found.kind:
        yield Tag(field="kind", value=found.kind, because=(_BY_ITSELF.get(found.kind, "it says so itself"),))
    of_entry = {"kind": (entry.kind,), "audience": entry.audiences, "topic": entry.topics} if entry else {}
    for field, values in of_entry.items():
        for value in values:
            if value and not (field == "kind" and found.kind):
                yield Tag(field=field, value=value, because=(f"the entry '{entry.id if entry else ''}' says so",))
    yield from _declared_tags(found, {field for field, values in of_entry.items() if any(values)})
    for field, name in (("topics", "topic"), ("counties", "county")):
        # An entry's topics stand in place of suggested ones.
        if not of_entry.get(name):
            words = dict(explained.get(field, ()))
            for value in found.suggested.get(field, ()):
                yield Tag(field=name, value=value, because=tuple(words.get(value) or ("the page says so",)))


def _declared_tags(found: Harvested, of_entry: Set[str]) -> Iterator[Tag]:
    """What the page's own words for its kind and audience mean, where nothing surer is known."""
    declared = {"kind": (found.suggested.get("kind", ""),), "audience": found.suggested.get("audiences", ())}
    for field, values in declared.items():
        for value in values:
            if value and field not in of_entry and not (field == "kind" and found.kind):
                yield Tag(field=field, value=value, because=("it says so itself",))


def _is_one(job: Job, taken: Sequence[PreviewedPage]) -> bool:
    """Whether it is one recording, not a list of them."""
    return job.source.type == "video" and [page.url for page in taken] == [job.source.url]


def _is_list(source: PreviewedSource, url: str) -> bool:
    """Whether the address is a list itself: a sitemap, a feed, a channel."""
    if source.type == "video":
        return len(source.samples) != 1 or canonical_key(source.samples[0].url) != canonical_key(url)
    return source.type in ("sitemap", "feed", "oai-pmh", "ical") and canonical_key(source.url) == canonical_key(url)
