"""Finding out what type a source is of: video, repository, calendar, WordPress, sitemap, feed, else links."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response

from aardekast.addresses import host_of
from aardekast.errors import NotFetchedError
from harvester.addresses import joined
from harvester.items import Item
from harvester.job import Job
from harvester.spiders.base import SourceSpider
from harvester.spiders.calendar_addresses import is_calendar
from harvester.spiders.feeds import named_feeds, read_feed
from harvester.spiders.oai_lists import granularity_of, repository_at
from harvester.spiders.recordings import is_recording_page, is_recordings_host
from harvester.spiders.scope import Scope, folder_of
from harvester.spiders.sitemaps import Fetch, sitemap_addresses
from harvester.spiders.wordpress_api import find_api, is_wordpress

_NAMES = {"oai-pmh": "repository (OAI-PMH)", "ical": "calendar"}
_SITEMAPS = ("sitemap.xml", "wp-sitemap.xml")
MOST_CANDIDATES = 6  # sitemaps that robots.txt names: some name one for each year
_MOST_LOOKED_AT = 20  # sitemaps of an index that are read to find one page of the source


@dataclass(frozen=True, slots=True)
class FoundType:
    """A type, the address where its list is, and in a sentence for curators why it suits."""

    type: str
    url: str
    why: str


class DiscoverySpider(SourceSpider):
    """Finds the type out; it brings no pages."""

    name = "discovery"
    _requests: tuple[Request, ...] = ()

    async def listing(self) -> AsyncIterator[Request | Item]:
        """Nothing; what was found is left with the job. Raises NotFetchedError where nobody answers."""
        found = await find_type(self.fetch, self.job)
        self.job.found, self.job.why = (found.type, found.url), found.why
        for request in self._requests:
            yield request


async def find_type(fetch: Fetch, job: Job) -> FoundType:
    """What suits the address of a source.

    Raises NotFetchedError where the source's own page cannot be had and there is no sitemap either.
    """
    url = job.source.url
    if is_recordings_host(url):
        return FoundType("video", url, f"{host_of(url)} is a site of recordings.")
    page: Response | None = None
    fault: NotFetchedError | None = None
    try:
        page = await fetch(url)
    except NotFetchedError as answer:
        fault = answer
        if found := await _repository_behind(fetch, url):
            return found
    if page is not None and (found := await _of_page(fetch, job, page)):
        return found
    if sitemap := await find_sitemap(fetch, job, page.url if page is not None else url):
        return FoundType("sitemap", sitemap, "The site lists its pages for search engines.")
    if page is not None and (feed := await find_feed(fetch, job, page)):
        return FoundType("feed", feed, "There is no list of all pages, but the page names a feed.")
    if fault is not None:
        raise fault
    return FoundType("links", url, "There is no list of pages (no WordPress, sitemap or feed): its links are followed.")


async def _of_page(fetch: Fetch, job: Job, page: Response) -> FoundType | None:
    """What the page at the address is by itself, or the start of."""
    if itself := _itself(page):
        return FoundType(itself, job.source.url, f"The address is that of a {_NAMES.get(itself, itself)}.")
    if is_recording_page(page):
        return FoundType("video", job.source.url, "The page says that it is a recording.")
    if is_wordpress(page) and await _api_lists_one(fetch, job, page):
        return FoundType("wordpress", job.source.url, "The site runs on WordPress, which lists its posts and pages.")
    return None


def _itself(page: Response) -> str | None:
    """`oai-pmh`, `ical`, `sitemap` or `feed` where the address of the source is already that of one."""
    head = page.body[:2000]
    if b"<OAI-PMH" in head or b":OAI-PMH" in head:
        return "oai-pmh"
    if is_calendar(page):
        return "ical"
    if b"<urlset" in head or b"<sitemapindex" in head or page.body.startswith(b"\x1f\x8b"):
        return "sitemap"
    is_feed = b"<rss" in head or b"<feed" in head or b"<rdf:RDF" in head or b"//jsonfeed.org/version/" in head
    return "feed" if is_feed and b"<html" not in head.lower() else None


async def _repository_behind(fetch: Fetch, url: str) -> FoundType | None:
    """A repository that only answers whoever asks something of it."""
    if "oai" not in urlsplit(url).path.lower().replace(".", "/").split("/"):
        return None
    try:
        await granularity_of(fetch, repository_at(url))
    except NotFetchedError:
        return None
    return FoundType("oai-pmh", url, f"The address is that of a {_NAMES['oai-pmh']}.")


async def _api_lists_one(fetch: Fetch, job: Job, page: Response) -> bool:
    """Whether the newest hundred of a sort hold a page of the source."""
    scope = Scope(job.source, path=folder_of(job.source.url), hosts={host_of(page.url), host_of(job.source.url)})
    try:
        api = await find_api(fetch, page.url, page)
        for sort in api.sorts:
            posts = await anext(api.posts(sort, {}, lambda _fault: None))
            if any(scope.has(post.url) for post in posts):
                return True
    except NotFetchedError:
        pass
    return False


async def find_sitemap(fetch: Fetch, job: Job, site: str) -> str | None:
    """A sitemap that lists a page of the source; where it serves more than that, its fragment names the path."""
    path = folder_of(site)
    scope = Scope(job.source, path=path, hosts={host_of(site), host_of(job.source.url)})
    for candidate in await _candidates(fetch, site, path):
        try:
            if host_of(candidate) in scope.hosts and await _lists_one(fetch, candidate, scope):
                return candidate if path == "/" else f"{candidate}#{path}"
        except NotFetchedError:
            continue
    return None


async def _candidates(fetch: Fetch, site: str, path: str) -> list[str]:
    named = list(islice(await _in_robots(fetch, site), MOST_CANDIDATES))
    folders = dict.fromkeys((urljoin(site, path), urljoin(site, "/")))
    return list(dict.fromkeys((*named, *(folder + name for folder in folders for name in _SITEMAPS))))


async def _in_robots(fetch: Fetch, site: str) -> Iterator[str]:
    robots_url = urljoin(site, "/robots.txt")
    try:
        answer = await fetch(robots_url)
    except NotFetchedError:
        return iter(())
    lines = answer.body.decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines)
    named = (joined(robots_url, value) for name, _, value in pairs if name.strip().lower() == "sitemap")
    return (url for url in named if url is not None)


async def _lists_one(fetch: Fetch, candidate: str, scope: Scope) -> bool:
    """Whether the sitemap, or one of its first children, lists a page of the source."""
    fetched = 0

    async def counted(url: str) -> Response:
        nonlocal fetched
        fetched += 1
        if fetched > _MOST_LOOKED_AT:
            raise NotFetchedError(url, "failed", "lists too many sitemaps")
        return await fetch(url)

    async for url in sitemap_addresses(counted, candidate, lambda _fault: None):
        if scope.has(url):
            return True
    return False


async def find_feed(fetch: Fetch, job: Job, page: Response) -> str | None:
    """A feed that the page names and that lists a page of the source."""
    for url in named_feeds(page)[:MOST_CANDIDATES]:
        try:
            feed = read_feed(await fetch(url))
        except NotFetchedError:
            continue
        if any(Scope(job.source).has(entry.url) for entry in feed.entries):
            return url
    return None
