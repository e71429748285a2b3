"""Lists as programs of others write them, whatever they hold."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Response

from aardekast.errors import NotFetchedError
from harvester.spiders import json_feeds
from harvester.spiders.feeds import read_feed
from harvester.spiders.recordings import is_recording_page, is_recordings_host
from harvester.spiders.wordpress_api import Api, advertised, find_api

URL = "https://naide.ee/"
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner))
NAMES = ("id", "name", "link", "title", "date", "date_gmt", "status", "categories", "tags", "content", "url", "authors")
ITEMS = st.lists(st.dictionaries(st.sampled_from(NAMES), JSON | st.dictionaries(st.just("rendered"), JSON)), max_size=4)


def answer(value: Any, url: str = URL, **headers: str) -> Response:
    return Response(url, body=json.dumps(value).encode(), headers=headers)


@given(ITEMS)
def test_whatever_an_api_answers_is_read_or_refused(items: list[dict[str, Any]]) -> None:
    async def fetch(url: str) -> Response:
        return answer(items, url)

    async def read() -> None:
        api = Api(fetch, URL + "wp-json/", ("wp/v2/posts",))
        terms = await api.terms()
        async for posts in api.posts("wp/v2/posts", terms, lambda _fault: None):
            assert all(post.published is None or len(post.published) == 10 for post in posts)

    asyncio.run(read())


@given(ITEMS, JSON)
def test_whatever_a_json_feed_holds_is_read(items: list[dict[str, Any]], other: Any) -> None:
    feed = {"version": "https://jsonfeed.org/version/1", "items": items, "next_url": other, "title": other}
    assert json_feeds.read(answer(feed)) is not None


@given(JSON)
def test_other_json_is_no_feed_and_no_api(value: Any) -> None:
    async def fetch(url: str) -> Response:
        return answer({"naide": value}, url)

    with pytest.raises(NotFetchedError):
        read_feed(answer({"naide": value}))
    # Half an answer is none either.
    with pytest.raises(NotFetchedError):
        asyncio.run(_first(Api(fetch, URL, ("wp/v2/posts",))))


async def _first(api: Api) -> Any:
    return await anext(api.posts("wp/v2/posts", {}, lambda _fault: None))


@pytest.mark.parametrize(
    ("site", "tried"),
    [
        pytest.param(
            "https://naide.ee/blogi/",
            ["blogi/wp-json/", "wp-json/", "blogi/?rest_route=", "?rest_route="],
            id="below-a-path",
        ),
        pytest.param("https://naide.ee/", ["wp-json/", "?rest_route="], id="root"),
    ],
)
def test_the_usual_places_of_an_api_are_tried_in_turn(site: str, tried: list[str]) -> None:
    asked: list[str] = []

    async def fetch(url: str) -> Response:
        asked.append(url)
        raise NotFetchedError(url, "missing", "404 not found")

    with pytest.raises(NotFetchedError):
        asyncio.run(find_api(fetch, site, None))
    roots = [url.removeprefix(URL).partition("wp%2F")[0].partition("wp/")[0].replace("%2F", "") for url in asked]
    assert list(dict.fromkeys(roots)) == tried


def test_an_api_is_named_by_header_or_head() -> None:
    head = "<link rel='https://api.w.org/' href='/blogi/wp-json/'>"
    header = '<https://naide.ee/muu/wp-json/>; rel="https://api.w.org/", <https://naide.ee/?p=1>; rel=shortlink'
    page = HtmlResponse(URL, body=head.encode(), headers={"Link": header}, encoding="utf-8")
    assert advertised(page) == ["https://naide.ee/muu/wp-json/", "https://naide.ee/blogi/wp-json/"]


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://www.youtube.com/@kodukant", True),
        ("https://youtu.be/a1b2", True),
        ("https://vimeo.com/123", True),
        ("https://www.youtube.com/", False),
        ("https://www.youtube.com/feeds/videos.xml?channel_id=UC1", False),
        ("https://vimeo.com/kysk/videos/rss", False),
        ("https://notyoutube.com/x", False),
    ],
)
def test_which_addresses_are_recordings(url: str, is_one: bool) -> None:
    assert is_recordings_host(url) is is_one


@pytest.mark.parametrize(
    ("head", "url", "is_one"),
    [
        pytest.param("<meta property='og:type' content='video.other'>", "https://x.ee/film", True, id="og"),
        pytest.param("<meta property='og:type' content='video'>", "https://x.ee/", False, id="front-page"),
        pytest.param(
            '<script type=\'application/ld+json\'>{"@type": "Article", "video": {"@type": "VideoObject"}}</script>',
            "https://x.ee/lugu",
            False,
            id="embedded",
        ),
        pytest.param(
            '<script type="application/ld+json; charset=utf-8">{"@type": ["schema:VideoObject"],}</script>',
            "https://x.ee/film",
            True,
            id="as-plug-ins-write-it",
        ),
        pytest.param("<script type='application/ld+json'>{katki</script>", "https://x.ee/lugu", False, id="broken"),
    ],
)
def test_which_pages_call_themselves_recordings(head: str, url: str, is_one: bool) -> None:
    page = HtmlResponse(url, body=f"<html><head>{head}</head></html>".encode(), encoding="utf-8")
    assert is_recording_page(page) is is_one
