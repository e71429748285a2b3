"""WordPress's REST API (https://developer.wordpress.org/rest-api/): what a site has published, and where it says so."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy.http import Response, TextResponse
from w3lib.url import add_or_replace_parameters

from aardekast.errors import NotFetchedError
from harvester.addresses import joined
from harvester.spiders.feed_values import day_of
from harvester.spiders.keywords import clean_keywords
from harvester.spiders.markup import markup_of, plain
from harvester.spiders.scope import folder_of
from harvester.spiders.sitemaps import Fetch, Missed

NOT_AN_API = "is not the API of a WordPress site"
_REL = "https://api.w.org/"
_PER_PAGE = 100  # the most that WordPress gives at once
_MOST_LISTS = 100  # of one sort: 10,000 posts
_MOST_TERM_LISTS = 5  # of categories and of tags, the most used first; the 501st tag says nothing of a post
_FIELDS = "link,title,date,date_gmt,status,categories,tags,content.protected"
_POSTS, _PAGES = "wp/v2/posts", "wp/v2/pages"
# What WordPress and its page builders keep as posts and no visitor reads by itself.
_NOT_PAGES = re.compile(r"wp_.*|attachment|nav_menu_item|elementor_library|e-floating-buttons|e-landing-page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post, page or entry of another public sort. `published` is the day as the site shows it."""

    url: str
    title: str
    published: str | None
    keywords: tuple[str, ...]
    is_public: bool
    needs_password: bool


@dataclass(frozen=True, slots=True)
class Api:
    """The API of one site. `sorts` are the paths of what it publishes: posts, pages, and sorts of its own."""

    fetch: Fetch
    root: str
    sorts: tuple[str, ...]

    async def posts(self, sort: str, terms: Mapping[int, str], missed: Missed) -> AsyncIterator[list[Post]]:
        """The posts of a sort, the newest first, a hundred at a time. Raises NotFetchedError for the first hundred."""
        async for items in self._lists(sort, {"_fields": _FIELDS, "order": "desc", "orderby": "date"}, missed):
            yield [post for item in items if (post := _post(item, self.root, terms)) is not None]

    async def terms(self) -> dict[int, str]:
        """The names of categories and tags by their numbers; those that cannot be had are left out."""
        names: dict[int, str] = {}
        for path in ("wp/v2/categories", "wp/v2/tags"):
            lists = self._lists(path, {"_fields": "id,name", "order": "desc", "orderby": "count"}, lambda _fault: None)
            try:
                for _ in range(_MOST_TERM_LISTS):
                    items = await anext(lists)
                    names |= {item["id"]: plain(str(item.get("name"))) for item in items if _is_numbered(item)}
            except (NotFetchedError, StopAsyncIteration):
                continue
        return names

    async def _lists(self, path: str, query: Mapping[str, str], missed: Missed) -> AsyncIterator[list[dict[str, Any]]]:
        for number in range(1, _MOST_LISTS + 1):
            asked = {"per_page": str(_PER_PAGE), "page": str(number), **query}
            try:
                response = await self.fetch(_endpoint(self.root, path, asked))
                items = _json(response)
                if not isinstance(items, list):
                    raise NotFetchedError(response.url, "failed", NOT_AN_API)
            except NotFetchedError as fault:
                if number == 1:
                    raise
                if not fault.reason.startswith("400"):  # what WordPress says of a page after the last
                    missed(fault)
                return
            yield [item for item in items if isinstance(item, dict)]
            if not _has_next(response, number, len(items)):
                return


async def find_api(fetch: Fetch, site: str, page: Response | None) -> Api:
    """The API that the site's page names, else one at the usual places. Raises NotFetchedError of the likeliest."""
    roots = dict.fromkeys((*(advertised(page) if page is not None else ()), *_guesses(site)))
    first: NotFetchedError | None = None
    for root in roots:
        try:
            return Api(fetch, root, await _sorts(fetch, root))
        except NotFetchedError as fault:
            first = first or fault
    assert first is not None
    raise first


def advertised(page: Response) -> list[str]:
    """The roots that a page names, in its Link header or its head."""
    header = b", ".join(page.headers.getlist("Link")).decode("latin-1")
    named = re.findall(rf"<([^>]+)>;\s*rel=\"?{re.escape(_REL)}", header)
    if isinstance(page, TextResponse):
        named += markup_of(page).xpath("//link[@rel=$rel]/@href", rel=_REL).getall()
    return [url for href in named if (url := joined(page.url, href)) is not None]


def is_wordpress(page: Response) -> bool:
    """Whether the page looks like one of WordPress's: other sites are not asked for its API."""
    return bool(advertised(page)) or b"/wp-content/" in page.body or b"/wp-includes/" in page.body


def _guesses(site: str) -> Iterator[str]:
    for folder in dict.fromkeys((folder_of(site), "/")):
        yield urljoin(site, folder + "wp-json/")
    for folder in dict.fromkeys((folder_of(site), "/")):
        yield urljoin(site, folder + "?rest_route=/")  # where addresses are not rewritten


async def _sorts(fetch: Fetch, root: str) -> tuple[str, ...]:
    """The sorts that it has; posts and pages where it only does not tell. Raises NotFetchedError where it is none."""
    try:
        response = await fetch(_endpoint(root, "wp/v2/types", {}))
        types = _json(response)
        if not isinstance(types, dict):
            raise NotFetchedError(response.url, "failed", NOT_AN_API)
    except NotFetchedError:
        _json(await fetch(_endpoint(root, _POSTS, {"per_page": "1", "_fields": "id"})))
        return _POSTS, _PAGES
    own = [
        f"{described.get('rest_namespace') or 'wp/v2'}/{described['rest_base']}"
        for name, described in types.items()
        if isinstance(described, dict) and described.get("rest_base") and not _NOT_PAGES.fullmatch(name)
    ]
    return tuple(dict.fromkeys((_POSTS, _PAGES, *(path for path in own if "(" not in path))))


def _endpoint(root: str, path: str, query: Mapping[str, str]) -> str:
    if "rest_route=" in root:
        route = root.partition("rest_route=")[2].partition("&")[0].rstrip("/")
        return add_or_replace_parameters(root, {"rest_route": f"{route}/{path}", **query})
    return add_or_replace_parameters(root.rstrip("/") + "/" + path, dict(query))


def _json(response: Response) -> Any:
    try:
        return json.loads(response.body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise NotFetchedError(response.url, "failed", NOT_AN_API) from fault


def _has_next(response: Response, number: int, count: int) -> bool:
    total = (response.headers.get("X-WP-TotalPages") or b"").decode("latin-1")
    if total.isdecimal():
        return number < int(total)
    link = (response.headers.get("Link") or b"").decode("latin-1")
    return 'rel="next"' in link or (not link and count == _PER_PAGE)


def _post(item: Mapping[str, Any], root: str, terms: Mapping[int, str]) -> Post | None:
    """The post, None where it has no address that a visitor could open."""
    url = joined(root, str(item.get("link") or ""))
    if url is None or not item.get("link") or "post_type=" in urlsplit(url).query:
        return None
    numbers = [*_list(item, "categories"), *_list(item, "tags")]
    return Post(
        url=url,
        title=plain(str(_inner(item, "title", "rendered") or "")),
        published=day_of(item.get("date")) or day_of(item.get("date_gmt")),
        keywords=clean_keywords(terms[number] for number in numbers if isinstance(number, int) and number in terms),
        is_public=item.get("status", "publish") == "publish",
        needs_password=_inner(item, "content", "protected") is True,
    )


def _is_numbered(item: Mapping[str, Any]) -> bool:
    return isinstance(item.get("id"), int) and bool(item.get("name"))


def _list(item: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else ()


def _inner(item: Mapping[str, Any], name: str, key: str) -> Any:
    value = item.get(name)
    return value.get(key) if isinstance(value, dict) else None
