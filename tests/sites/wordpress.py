"""A site of WordPress on the fixture server: its REST API as WordPress 6 answers, its sitemap and its feed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer: Any = None  # the server's, set by whoever loads this module
TEXT = (
    "Kogukonnakeskus avas uksed ja kutsus kõiki kaasa lööma: seltsimaja remonditi talgute korras ja esimesel õhtul "
    "räägiti, mida sügisel koos ette võtta. Kirja said koolitused, õpiringid ja naabrite ühine aed."
)
TERMS = {
    "categories": [{"id": 1, "name": "Määratlemata"}, {"id": 5, "name": "Vabatahtlik tegevus"}],
    "tags": [{"id": 9, "name": "talgud &amp; t&#246;&#246;"}],
}
POSTS, PAGES, GUIDES = 203, 3, 2


class WordPress:
    """What the API says; `closed` answers in its place, `plain` has no pretty addresses, `folder` is where it lies."""

    def __init__(
        self,
        folder: str = "/",
        *,
        closed: Callable[[], Any] | None = None,
        robots: str = "",
        plain: bool = False,
        has_feed_only: bool = False,
    ):
        self.folder, self.closed, self.robots, self.plain = folder, closed, robots, plain
        self.has_feed_only = has_feed_only

    def answer(self, path: str, base: str) -> Any:
        parts = urlsplit(path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        home = base + self.folder
        if parts.path == "/robots.txt":
            return Answer(
                f"User-agent: *\nDisallow:{self.robots}\nSitemap: {home}wp-sitemap.xml\n".encode(), "text/plain"
            )
        if route := self._route(parts.path, asked):
            return self.closed() if self.closed else self._api(route, asked, home)
        name = parts.path.removeprefix(self.folder)
        if name == "" and parts.path.startswith(self.folder):
            return self._front(home)
        if self.has_feed_only and name == "feed/":
            item = f"<item><title>Uudis</title><link>{home}uudis-9/</link></item>"
            return Answer(f"<rss version='2.0'><channel><title>Keskus</title>{item}</channel></rss>".encode())
        if name == "wp-sitemap.xml" and not self.has_feed_only:
            urls = "".join(f"<url><loc>{home}{n}/</loc></url>" for n in ("uudis-1", "meist-1"))
            return Answer(f"<urlset>{urls}</urlset>".encode(), "application/xml")
        if parts.path.startswith(self.folder) and "-" in name and name.endswith("/"):
            return Answer(_article(name.strip("/")))
        return None

    def _route(self, path: str, asked: dict[str, str]) -> str | None:
        if self.plain:
            return asked.get("rest_route", "").strip("/") if path == self.folder and "rest_route" in asked else None
        start = f"{self.folder}wp-json/"
        return path.removeprefix(start) if path.startswith(start) else None

    def _front(self, home: str) -> Any:
        root = f"{home}?rest_route=/" if self.plain else f"{home}wp-json/"
        html = "<html><head><title>Keskus</title></head><body><img src='/wp-content/themes/x.png'></body></html>"
        if self.has_feed_only:
            html = html.replace("<title>", "<link rel='alternate' type='application/rss+xml' href='feed/'><title>")
        return Answer(html.encode(), headers={"Link": f'<{root}>; rel="https://api.w.org/"'})

    def _api(self, route: str, asked: dict[str, str], home: str) -> Any:
        if route == "wp/v2/types":
            return _json(TYPES)
        sort = route.removeprefix("wp/v2/")
        items = TERMS.get(sort) or {"posts": _posts, "pages": _pages, "juhendid": _guides}.get(
            sort, lambda _home: None
        )(home)
        if items is None:
            return _json({"code": "rest_no_route"}, 404)
        size, number = int(asked.get("per_page", 10)), int(asked.get("page", 1))
        total = -(-len(items) // size)
        if number > total:
            return _json({"code": "rest_post_invalid_page_number"}, 400)
        headers = {"X-WP-Total": str(len(items)), "X-WP-TotalPages": str(total)}
        return _json(items[(number - 1) * size : number * size], headers=headers)


def broken() -> Any:
    """An answer with a notice of PHP before it, cut off."""
    return Answer(b"<br />\n<b>Notice</b>: Undefined index [{'id': 1", "application/json")


def unauthorized() -> Any:
    """What plugins that close the API say."""
    return _json({"code": "rest_login_required", "message": "Only authenticated users"}, 401)


def page_of_html() -> Any:
    """A site that answers everything with its front page."""
    return Answer(b"<html><head><title>Keskus</title></head><body>Tere</body></html>")


TYPES = {
    "post": {"slug": "post", "rest_base": "posts", "rest_namespace": "wp/v2"},
    "page": {"slug": "page", "rest_base": "pages", "rest_namespace": "wp/v2"},
    "attachment": {"slug": "attachment", "rest_base": "media", "rest_namespace": "wp/v2"},
    "wp_block": {"slug": "wp_block", "rest_base": "blocks", "rest_namespace": "wp/v2"},
    "juhend": {"slug": "juhend", "rest_base": "juhendid", "rest_namespace": "wp/v2"},
}


def _posts(home: str) -> list[dict[str, Any]]:
    posts = [_item(home, f"uudis-{n}", categories=[1, 5], tags=[9]) for n in range(1, POSTS + 1)]
    posts[1]["content"]["protected"] = True
    posts[2]["status"] = "private"
    return posts


def _pages(home: str) -> list[dict[str, Any]]:
    return [_item(home, f"meist-{n}") for n in range(1, PAGES + 1)]


def _guides(home: str) -> list[dict[str, Any]]:
    guides = [_item(home, f"juhend-{n}") for n in range(1, GUIDES + 1)]
    return [*guides, guides[0] | {"link": f"{home}?post_type=juhend&p=7"}, {"link": None}]


def _item(home: str, slug: str, **more: Any) -> dict[str, Any]:
    return {
        "link": f"{home}{slug}/",
        "title": {"rendered": f"Pealkiri &#8211; {slug}"},
        "date": "2021-03-01T00:30:00",
        "date_gmt": "2021-02-28T22:30:00",
        "status": "publish",
        "content": {"protected": False},
        **more,
    }


def _article(slug: str) -> bytes:
    """A page that was changed later than it was published."""
    head = f"<title>Lugu {slug}</title><meta property='article:published_time' content='2024-01-01T10:00:00+02:00'>"
    main = f"<main><h1>Lugu {slug}</h1><p>Lugu {slug}. {TEXT}</p></main>"
    return f"<html lang='et'><head>{head}</head><body>{main}</body></html>".encode()


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Any:
    return Answer(json.dumps(value).encode(), "application/json; charset=UTF-8", status, headers or {})
