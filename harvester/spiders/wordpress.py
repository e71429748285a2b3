"""The spider of sources of the type `wordpress`.

The API says what there is: only posts and pages, where a sitemap of WordPress also lists every category, tag and
author; with the day of publishing and the categories. What a page says is read from the page itself, although the API
has its content too: whether it may be listed and shown (robots metas, TDM opt-out), its canonical address and its
headings' anchors stand only there; page builders and fields of a theme leave the API's content empty or full of their
codes; and a page that another source brings as well has one text, whichever was first.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress

from scrapy import Request
from scrapy.http import Response

from aardekast.addresses import host_of
from aardekast.errors import NotFetchedError
from harvester.items import Item, Listed
from harvester.spiders.base import NO_LIST, NOTHING_LISTED, SourceSpider
from harvester.spiders.discovery import find_feed, find_sitemap
from harvester.spiders.feed import feed_listing
from harvester.spiders.scope import Scope, folder_of
from harvester.spiders.sitemap import sitemap_listing, sitemap_scope_of
from harvester.spiders.wordpress_api import Api, Post, find_api

_CLOSED = ("401", "403")


class WordPressSpider(SourceSpider):
    """Asks for the pages that the API lists; where that is closed, for those of the sitemap, else of the feed."""

    name = "wordpress"

    async def listing(self) -> AsyncIterator[Request | Item]:
        """A request for each post and page."""
        site = self.job.source.url.partition("wp-json")[0].partition("?rest_route=")[0]
        page: Response | None = None
        with suppress(NotFetchedError):
            page = await self.fetch(site)
        site = page.url if page is not None and host_of(page.url) != host_of(site) else site
        self.scope = Scope(self.job.source, path=folder_of(site), hosts={host_of(site)})
        try:
            api = await find_api(self.fetch, site, page)
            async for request in self._posts(api):
                yield request
        except NotFetchedError as fault:
            async for thing in self._instead(fault, site, page):
                yield thing

    async def _posts(self, api: Api) -> AsyncIterator[Request]:
        """The newest hundred of each sort in turn, so that many news do not crowd out the pages.

        Raises NotFetchedError where none of them lists a page of the source.
        """
        terms, has_any, faults = await api.terms(), False, list[NotFetchedError]()
        waiting = [api.posts(sort, terms, self.missed) for sort in api.sorts]
        while waiting:
            lists = waiting.pop(0)
            try:
                posts = await anext(lists)
            except StopAsyncIteration:
                continue
            except NotFetchedError as fault:
                faults.append(fault)
                continue
            waiting.append(lists)
            for post in posts:
                if self.scope.has(post.url):
                    has_any = True
                    if (request := self._request(post)) is not None:
                        yield request
        if not has_any:
            raise faults[0] if faults else NotFetchedError(api.root, "failed", NOTHING_LISTED)
        for lost in faults:
            self.missed(lost)

    def _request(self, post: Post) -> Request | None:
        if post.needs_password or not post.is_public:
            reason = "asks for a password" if post.needs_password else "is not public"
            self.job.tally.not_taken(post.url, "rejected", reason)
            return None
        listed = Listed(title=post.title, published=post.published, is_record=True, keywords=post.keywords)
        return self.page(post.url, listed=listed)

    async def _instead(self, fault: NotFetchedError, site: str, page: Response | None) -> AsyncIterator[Request | Item]:
        """What the sitemap lists, else the feed; the report says why. Raises the fault where there is neither."""
        is_gone = fault.outcome != "failed" or fault.reason in NO_LIST or fault.reason.startswith(_CLOSED)
        self.job.has_lost_list = is_gone
        sitemap = await find_sitemap(self.fetch, self.job, site)
        feed = None if sitemap or page is None else await find_feed(self.fetch, self.job, page)
        if not sitemap and not feed:
            raise fault
        self.job.tally.not_taken(
            fault.url, fault.outcome, f"{fault.reason}: the {'sitemap' if sitemap else 'feed'} is read instead"
        )
        if sitemap:
            self.scope = sitemap_scope_of(self.job.source, sitemap)
            async for request in sitemap_listing(self, sitemap):
                yield request
        elif feed:
            async for thing in feed_listing(self, feed):
                yield thing
