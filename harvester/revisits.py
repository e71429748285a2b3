"""Scrapy's downloader middleware for conditional requests: only what changed is sent (RFC 9110, 13)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from aardekast.addresses import fault_of
from aardekast.catalogue import KeptList
from aardekast.catalogue.keys import key_of
from harvester.job import Job
from harvester.network.manners import is_of_rules
from harvester.reasons import SettledError
from harvester.wishes import TO_BE_FORGOTTEN, wishes_of

READ_FOR_LINKS = frozenset({"links"})  # types whose pages are wanted whole: they list the others
NOT_KEPT = frozenset({"oai-pmh"})  # types whose lists have another address each time: they ask from a day on
_LARGEST_LIST = 10 * 2**20  # bytes; a larger one is asked for whole each time


class RevisitMiddleware:
    """Sends what an address answered last time to be compared with, and accounts for what has not changed."""

    def __init__(self, crawler: Crawler) -> None:
        job = crawler.spider.job  # type: ignore[union-attr]
        assert isinstance(job, Job)
        self._job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Add the validators of this very address; those of the hop before are not its own."""
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        job, is_page = self._job, request.meta.get("is_page")
        if job.memory is None or is_of_rules(request) or request.method != "GET" or fault_of(request.url):
            return
        if is_page:
            job.seen.add(key_of(request.url))
            if job.source.type in READ_FOR_LINKS:
                return
            visit = job.memory.visit(request.meta["requested"])
            # What a header forbade may be allowed again without the page having changed.
            is_sure = visit is not None and visit.reason not in TO_BE_FORGOTTEN
            if visit is not None and is_sure and visit.answered == key_of(request.url):
                _ask_whether_changed(request, visit.etag, visit.last_modified)
        elif not request.meta.get("is_check") and not job.memory.is_full and job.source.type not in NOT_KEPT:
            kept = await self._kept(request.url)
            if kept is not None:
                _ask_whether_changed(request, kept.etag, kept.last_modified)

    async def process_response(self, request: Request, response: Response) -> Response:
        """A list that did not change is given as it was. Raises SettledError for a page that did not."""
        job = self._job
        if job.memory is None or is_of_rules(request) or request.meta.get("is_check"):
            return response
        if request.meta.get("is_page"):
            if response.status == HTTPStatus.NOT_MODIFIED:
                await self._settle(request, response)
        elif response.status == HTTPStatus.NOT_MODIFIED:
            kept = await self._kept(request.url)
            return response if kept is None else _as_it_was(kept)
        elif response.status == HTTPStatus.OK and request.method == "GET":
            await self._keep(request.url, response)
        return response

    async def _settle(self, request: Request, response: Response) -> None:
        job, requested = self._job, request.meta["requested"]
        visit = job.memory.visit(requested) if job.memory is not None else None
        if visit is None:  # nobody asked whether it changed
            return
        job.tally.count("read")
        tags = "\n".join(value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag"))
        refusal = wishes_of(tags=tags, header=_header(response, "tdm-reservation")).refusal
        job.settle_unchanged(requested, refusal or visit.reason)
        await job.remember()
        raise SettledError

    async def _kept(self, url: str) -> KeptList | None:
        catalogue, source = self._job.kit.catalogue, self._job.source
        assert catalogue is not None
        return await self._job.kit.aside(lambda: catalogue.kept_list(source.id, url))

    async def _keep(self, url: str, response: Response) -> None:
        """Keep a list that says how to ask whether it changed."""
        catalogue, source = self._job.kit.catalogue, self._job.source
        etag, last_modified = _header(response, "ETag"), _header(response, "Last-Modified")
        if catalogue is None or not (etag or last_modified) or len(response.body) > _LARGEST_LIST:
            return
        if source.type in NOT_KEPT:
            return
        content_type = _header(response, "Content-Type") or ""
        found = KeptList(url=url, body=response.body, content_type=content_type, etag=etag, last_modified=last_modified)
        await self._job.kit.aside(lambda: catalogue.keep_list(source.id, found))


def _ask_whether_changed(request: Request, etag: str | None, last_modified: str | None) -> None:
    if etag:
        request.headers["If-None-Match"] = etag.encode("latin-1", "replace")
    if last_modified:
        request.headers["If-Modified-Since"] = last_modified.encode("latin-1", "replace")


def _as_it_was(kept: KeptList) -> Response:
    content_type = kept.content_type.encode("latin-1", "replace")
    kind = responsetypes.from_args(headers={b"Content-Type": content_type}, url=kept.url, body=kept.body)
    return kind(kept.url, headers={"Content-Type": content_type}, body=kept.body)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
