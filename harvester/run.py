"""A harvest run: a crawler for each source, several at a time in one reactor."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler

from aardekast.catalogue import BUILT_IN_SOURCE, Catalogue
from aardekast.catalogue.runs import SourceRun
from aardekast.memory import give_back_memory
from aardekast.resource import Harvested, Source
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary
from harvester.crawling import quiet_logs, scrapy_settings
from harvester.extraction.pool import Extractors
from harvester.hours import is_within
from harvester.job import Job, Kit, Suggest, no_suggestions
from harvester.memory import Memory
from harvester.network.gate import Gate
from harvester.reactor import run_in_reactor
from harvester.settling import Settling, look_of
from harvester.spiders.calendars import CalendarSpider
from harvester.spiders.curated import CuratedSpider
from harvester.spiders.discovery import DiscoverySpider
from harvester.spiders.feed import FeedSpider
from harvester.spiders.links import LinksSpider
from harvester.spiders.oai_pmh import OaiPmhSpider
from harvester.spiders.sitemap import SitemapSpider
from harvester.spiders.video import VideoSpider
from harvester.spiders.wordpress import WordPressSpider
from harvester.summary import RunSummary
from harvester.tally import Tally

# Sixteen hosts at a page a second keep one of two cores busy with extracting; the site is served by the other.
AT_ONCE = 16
SPIDERS: dict[str, type[Spider]] = {
    "sitemap": SitemapSpider,
    "feed": FeedSpider,
    "wordpress": WordPressSpider,
    "links": LinksSpider,
    "video": VideoSpider,
    "oai-pmh": OaiPmhSpider,
    "ical": CalendarSpider,
    BUILT_IN_SOURCE: CuratedSpider,
}
_FACETS = {"topics": "topic", "audiences": "audience", "kind": "kind", "counties": "county"}
_logger = logging.getLogger(__name__)


def run(
    catalogue: Catalogue,
    settings: Settings,
    vocabulary: Vocabulary,
    *,
    source_ids: Sequence[str],
    due_only: bool,
    limit: int | None,
    full: bool,
    begun: Callable[[Tally], None] | None,
    confirm_losses: bool,
    report: Callable[[SourceRun], None] | None,
    suggest: Suggest | None,
) -> RunSummary:
    """As harvester.harvest says."""
    if due_only and not is_within(settings.hours, datetime.now(UTC)):
        now = datetime.now(UTC)
        return RunSummary(started=now, finished=now, is_outside_hours=True)
    sources = _sources(catalogue, source_ids, due_only=due_only)
    if full:
        for source in sources:
            catalogue.note_found_type(source.id, "", "")
        sources = _sources(catalogue, [source.id for source in sources], due_only=False) if sources else []
    if not sources:
        now = datetime.now(UTC)
        return RunSummary(started=now, finished=now)
    quiet_logs()
    give_back_memory(arenas=1)  # pages wander through six threads: 5,000 of them left 70 MB more behind than 1,250
    wanted = Wanted(due_only=due_only, limit=limit, full=full, confirm_losses=confirm_losses)
    suggest = known_values(vocabulary, suggest)
    harvest = Harvest(catalogue, settings, sources, wanted=wanted, begun=begun, report=report, suggest=suggest)
    return run_in_reactor(harvest.run, harvest.stop)


def known_values(vocabulary: Vocabulary, suggest: Suggest | None) -> Suggest:
    """The suggestions without values that the vocabulary does not have.

    What the page or record says of itself goes before what was guessed, also that it is on nothing, unless the
    vocabulary has no word of it.
    """
    suggest = suggest or no_suggestions

    def suggest_known(found: Harvested) -> Mapping[str, Any]:
        said = {field: _known(vocabulary, field, value) for field, value in found.suggested.items()}
        guessed = {field: _known(vocabulary, field, value) for field, value in suggest(found).items()}
        sure = {field: value for field, value in said.items() if value or not found.suggested[field]}
        return {**said, **guessed, **sure}

    return suggest_known


def _known(vocabulary: Vocabulary, field: str, value: Any) -> Any:
    if field not in _FACETS:
        return value
    terms = vocabulary.terms(_FACETS[field])
    if isinstance(value, str):
        return value if value in terms else ""
    return tuple(slug for slug in value if slug in terms)


def _sources(catalogue: Catalogue, ids: Sequence[str], *, due_only: bool) -> list[Source]:
    if due_only:
        due = catalogue.due_source_ids()
        ids = [name for name in due if not ids or name in ids]
        if not ids:
            return []
    named = [name for name in ids if name != BUILT_IN_SOURCE]
    sources = catalogue.sources(named) if named or not ids else []
    return [Source(id=BUILT_IN_SOURCE, url="", type=BUILT_IN_SOURCE), *sources] if _wants_curated(ids) else sources


def _wants_curated(ids: Sequence[str]) -> bool:
    return not ids or BUILT_IN_SOURCE in ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a run is to do with its sources, as harvester.harvest says."""

    due_only: bool
    limit: int | None
    full: bool
    confirm_losses: bool


class Harvest:
    """One run."""

    def __init__(
        self,
        catalogue: Catalogue,
        settings: Settings,
        sources: Sequence[Source],
        *,
        wanted: Wanted,
        begun: Callable[[Tally], None] | None,
        report: Callable[[SourceRun], None] | None,
        suggest: Suggest,
    ) -> None:
        self._catalogue = catalogue
        self._settings = settings
        self._wanted = wanted
        self._begun = begun
        self._report = report
        self._sources = sources
        self._scrapy_settings = scrapy_settings(settings, keeps=True)
        self._kit = Kit(
            settings=settings,
            gate=Gate(settings),
            extractors=Extractors(),
            catalogue=catalogue,
            suggest=suggest,
            withdrawn=catalogue.withdrawn_keys(),
        )
        self._crawlers: set[Crawler] = set()
        self._stopping: set[asyncio.Task[None]] = set()
        self._was_stopped = False
        self._done: list[SourceRun] = []

    async def run(self) -> RunSummary:
        """Harvest the sources, and keep what came of it."""
        started = datetime.now(UTC)
        install_resolver(self._kit.gate)
        run_id = await self._kit.aside(self._catalogue.start_run)
        places = asyncio.Semaphore(AT_ONCE)
        try:
            async with self._kit.extractors:
                await asyncio.gather(*(self._harvest(source, places, run_id) for source in self._sources))
        finally:
            await self._kit.aside(lambda: self._catalogue.finish_run(run_id))
            self._kit.gate.resolver.close()
            self._kit.recordings.close()
            self._kit.thread.shutdown()
        return RunSummary(
            started=started,
            finished=datetime.now(UTC),
            sources=tuple(self._done),
            is_offline=not self._was_stopped and self._kit.gate.hosts.nobody_answered,
            was_stopped=self._was_stopped,
        )

    def stop(self) -> None:
        """End the run: what is under way is broken off, what was kept stays."""
        self._was_stopped = True
        self._kit.gate.stop("stopped")
        self._kit.extractors.close()
        self._kit.recordings.close()
        for crawler in self._crawlers:
            self._stopping.add(asyncio.ensure_future(crawler.stop_async()))

    async def _harvest(self, source: Source, places: asyncio.Semaphore, run_id: int) -> None:
        limit = self._wanted.limit
        is_built_in = source.id == BUILT_IN_SOURCE
        most = limit if is_built_in else min(source.max_pages, limit or source.max_pages)
        async with places:
            if self._was_stopped or not self._may_begin():
                return
            targets = tuple(self._catalogue.curated_targets(due_only=self._wanted.due_only)) if is_built_in else ()
            tally = Tally(source.id)
            if self._begun is not None:
                self._begun(tally)
            job = Job(source=source, kit=self._kit, tally=tally, most_pages=most or len(targets), targets=targets)
            job.is_limited = limit is not None
            try:
                await self._crawl_source(job)
            except Exception as fault:
                # The edge: a fault of ours with one source must not cost the others.
                _logger.exception("harvest of source %s failed", source.id)
                tally.fault = f"internal fault: {type(fault).__name__}"
            settling = Settling(catalogue=self._catalogue, run_id=run_id, confirms_losses=self._wanted.confirm_losses)
            done = await settling.settled(job, self._fault(tally), has_network=self._kit.gate.hosts.has_answered)
        self._done.append(done)
        if self._report is not None:
            self._report(done)

    def _may_begin(self) -> bool:
        """Whether what is due may be begun now: a run that goes on into the day leaves the rest to the next night."""
        return not self._wanted.due_only or is_within(self._settings.hours, datetime.now(UTC))

    async def _crawl_source(self, job: Job) -> None:
        source = job.source
        if source.type is None:
            await self._crawl(DiscoverySpider, job)
            if job.found is None:
                return
            type_, url = job.found
            await self._kit.aside(lambda: self._catalogue.note_found_type(source.id, type_, url))
            job.source = replace(source, type=type_, url=url)
        memory = job.memory = await self._kit.aside(lambda: self._recalled(job))
        if memory.is_full:  # else perhaps nothing is to be extracted
            self._kit.extractors.warm()
        if not self._was_stopped:
            await self._crawl(SPIDERS[job.source.type or "links"], job)

    def _recalled(self, job: Job) -> Memory:
        """What the catalogue knows of the source and its pages."""
        source, every = job.source, self._settings.full_every
        job.known = tuple(self._catalogue.known_resources(source.id))
        look = look_of(source)
        is_full = self._wanted.full or self._catalogue.needs_full_look(source.id, look, every)
        job.since = None if is_full else self._catalogue.complete_list(source.id, look)
        return Memory({} if is_full else self._catalogue.visits(source.id), is_full=is_full)

    async def _crawl(self, spider: type[Spider], job: Job) -> None:
        crawler = Crawler(spider, self._scrapy_settings)
        self._crawlers.add(crawler)
        spent = (datetime.now(UTC) - job.tally.started).total_seconds()
        left = max(0.0, 60 * self._settings.source_minutes - spent)
        timer = asyncio.get_running_loop().call_later(left, self._end, crawler, job)
        try:
            await crawler.crawl_async(job=job)
        finally:
            timer.cancel()
            self._crawlers.discard(crawler)

    def _end(self, crawler: Crawler, job: Job) -> None:
        """The time of a source is over: what was kept stays."""
        job.is_over = True
        minutes = self._settings.source_minutes
        job.tally.fault = f"took longer than {minutes:g} minutes; see AARDEKAST_SOURCE_MINUTES"
        self._stopping.add(asyncio.ensure_future(crawler.stop_async()))

    def _fault(self, tally: Tally) -> str | None:
        """Why the source as a whole failed: it has not had its turn then."""
        if self._was_stopped:
            return "stopped before its end"
        if self._kit.gate.hosts.is_offline:
            return "no network"
        if tally.fault is None and tally.counts["failed"] and not tally.counts["read"]:
            return f"no page could be had: {tally.reasons[-1].reason}"
        return tally.fault


def install_resolver(gate: Gate) -> None:
    """Let the reactor connect to checked addresses only. The reactor must run already."""
    from twisted.internet import reactor  # noqa: PLC0415 - importing it earlier would install another one

    gate.resolver.install(reactor)
