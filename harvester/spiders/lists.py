"""A listing page and its next pages, read by the CSS selectors that a curator wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from aardekast.addresses import canonical_key, host_of
from aardekast.errors import NotFetchedError
from harvester.spiders.base import NOTHING_LISTED, SourceSpider
from harvester.spiders.markup import addresses, markup_of
from harvester.spiders.scope import Scope

MOST_PAGES = 100  # of a list; at ten links each a thousand, as with feeds
_NEXT = "a[rel~=next], link[rel~=next]"  # how HTML itself marks it, and the themes of WordPress and Drupal do


async def list_listing(spider: SourceSpider) -> AsyncIterator[Request]:
    """A request for each link of the list, until the source is full or a page brings nothing new.

    Unlike links that are followed by themselves these may lead anywhere: a curator pointed at them. Raises
    NotFetchedError where the first page cannot be had, or the selector finds nothing that may be taken.
    """
    source, has_any = spider.job.source, False
    scope = Scope(source)
    async for links in _pages(spider):
        for link in links:
            if scope.has(link):
                has_any = True
                request = spider.page(link)
                if request is not None:
                    yield request
        if spider.is_full:
            break
    if not has_any:
        raise NotFetchedError(source.url, "failed", NOTHING_LISTED)


async def _pages(spider: SourceSpider) -> AsyncIterator[list[str]]:
    """What each page of the list links to, for as long as that is new. Raises NotFetchedError."""
    source, seen = spider.job.source, set[str]()
    page = await spider.fetch(source.url)
    if not any(_links(spider, page, source.links or "")):
        raise NotFetchedError(source.url, "failed", f"'links: {source.links}' finds no link on the page")
    for _ in range(MOST_PAGES):
        links = list(_links(spider, page, source.links or ""))
        keys = {canonical_key(link) for link in links}
        if keys <= seen:
            return
        seen |= keys
        yield links
        following = [link for link in _links(spider, page, source.next or _NEXT) if host_of(link) == host_of(page.url)]
        if not following:
            return
        try:
            page = await spider.fetch(following[0])
        except NotFetchedError as fault:
            spider.missed(fault)
            return


def _links(spider: SourceSpider, page: Response, selector: str) -> Iterator[str]:
    """The addresses of what the selector finds: of a link itself, else of the links in it."""
    if not isinstance(page, HtmlResponse):
        return
    hrefs = [
        href
        for found in markup_of(page).css(selector)
        for href in found.xpath("@href | self::*[not(@href)]//a/@href").getall()
    ]
    for href, url in addresses(page, hrefs):
        if url is None:
            spider.unreadable(href)
        else:
            yield url
