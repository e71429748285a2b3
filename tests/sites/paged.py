"""Lists of several pages on the fixture server: feeds of WordPress, Blogger and JSON, and a hand-written list."""

from __future__ import annotations

import json
import math
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer: Any = None  # the server's, set by whoever loads this module
TEXT = (
    "Külaselts kutsus rahva kokku ja leppis ühise töö kavas kokku: kes hoiab korras külaplatsi, kes veab talguid ja "
    "kes kirjutab taotluse. Sügisel vaadatakse koos üle, mis õnnestus ja mida järgmisel aastal teisiti teha."
)
COUNT, SIZE = 25, 10


def answer(path: str, base: str) -> Any:
    """The answer, None where the path is of another part."""
    parts = urlsplit(path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.path.startswith("/postitus/"):
        return Answer(article(f"Postitus {parts.path.rpartition('/')[2]}"))
    make = LISTS.get(parts.path)
    return make(base, asked) if make else None


def article(title: str, text: str = TEXT) -> bytes:
    """A page with a title and a text of its own."""
    return (
        f"<html lang='et'><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{title}. {text}</p></main>"
        "</body></html>"
    ).encode()


def _page(number: int) -> range:
    return range((number - 1) * SIZE + 1, min(number * SIZE, COUNT) + 1)


def _wordpress(base: str, asked: dict[str, str]) -> Any:
    """As WordPress has it: no link to the next page, and 404 after the last."""
    numbers = _page(int(asked.get("paged", 1)))
    if not numbers:
        return Answer(article("Lehte ei leitud"), status=404)
    items = "".join(
        f"<item><title>Postitus w{n}</title><link>{base}/postitus/w{n}</link>"
        "<category>Talgud</category><category>Määratlemata</category><category>Uudised</category></item>"
        for n in numbers
    )
    generator = "<generator>https://wordpress.org/?v=6.4.3</generator>"
    return Answer(
        f"<rss version='2.0'><channel><title>Blogi</title>{generator}{items}</channel></rss>".encode(),
        "application/rss+xml",
    )


def _blogger(base: str, asked: dict[str, str]) -> Any:
    """As Blogger has it: rel=next with a start-index."""
    start = int(asked.get("start-index", 1))
    numbers = range(start, min(start + SIZE, COUNT + 1))
    more = f"<link rel='next' href='{base}/feeds/posts/default?start-index={start + SIZE}&amp;max-results={SIZE}'/>"
    entries = "".join(
        f"<entry><id>{n}</id><title>Postitus b{n}</title><link rel='alternate' href='{base}/postitus/b{n}'/>"
        "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/g/2005#post'/></entry>"
        for n in numbers
    )
    head = f"<title>Blogi</title>{more if numbers[-1] < COUNT else ''}"
    body = f"<feed xmlns='http://www.w3.org/2005/Atom'>{head}{entries}</feed>"
    return Answer(body.encode(), "application/atom+xml")


def _counted(base: str, asked: dict[str, str]) -> Any:
    """A feed that only counts its entries, as OpenSearch has it."""
    start = int(asked.get("start-index", 1))
    entries = "".join(
        f"<entry><id>{n}</id><title>Postitus c{n}</title><link href='{base}/postitus/c{n}'/></entry>"
        for n in range(start, min(start + SIZE, COUNT + 1))
    )
    counts = (
        f"<o:totalResults>{COUNT}</o:totalResults><o:startIndex>{start}</o:startIndex>"
        f"<o:itemsPerPage>{SIZE}</o:itemsPerPage>"
    )
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:o='http://a9.com/-/spec/opensearchrss/1.0/'>"
        f"<title>Blogi</title>{counts}{entries}</feed>"
    )
    return Answer(body.encode(), "application/atom+xml")


def _repeating(base: str, asked: dict[str, str]) -> Any:
    """A feed whose next page is always the same one."""
    number = int(asked.get("lk", 1))
    body = (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Ring</title><link rel='next' href='?lk={number + 1}'/>"
        f"<entry><id>1</id><title>Postitus r1</title><link href='{base}/postitus/r1'/></entry></feed>"
    )
    return Answer(body.encode(), "application/atom+xml")


def _json(base: str, asked: dict[str, str]) -> Any:
    number = int(asked.get("lk", 1))
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Blogi",
        "next_url": f"/voog.json?lk={number + 1}" if number < math.ceil(COUNT / SIZE) else None,
        "items": [
            {
                "id": n,
                "url": f"{base}/postitus/j{n}",
                "title": f"Postitus j{n}",
                "date_published": "2021-04-05T10:00:00Z",
            }
            for n in _page(number)
        ],
    }
    return Answer(json.dumps(feed).encode(), "application/feed+json")


def _list(base: str, asked: dict[str, str]) -> Any:
    """A list by hand: a menu, articles, another site's article, and "older" at its end."""
    number = int(asked.get("lk", 0))
    numbers = _page(number + 1)
    items = "".join(
        f"<article><h2><a href='/postitus/l{n}'>Lugu {n}</a></h2><a href='/jaga'>Jaga</a></article>" for n in numbers
    )
    older = f"<a class='vanemad' href='?lk={number + 1}'>Vanemad</a>" if numbers[-1] < COUNT else ""
    return Answer(f"<html><body><nav><a href='/kontakt'>Kontakt</a></nav>{items}{older}</body></html>".encode())


def _front(base: str, asked: dict[str, str]) -> Any:
    """The front page of a blog, which names its feed."""
    head = "<link rel='alternate' type='application/atom+xml' href='/feeds/posts/default'>"
    return Answer(f"<html><head><title>Blogi</title>{head}</head><body></body></html>".encode())


def _sitemap(base: str, asked: dict[str, str]) -> Any:
    """A sitemap that says when its pages were changed, wrongly for one."""
    urls = "".join(
        f"<url><loc>{base}/postitus/s{n}</loc><lastmod>{moment}</lastmod></url>"
        for n, moment in enumerate(("2026-01-02T03:04:05+02:00", "eile"), start=1)
    )
    return Answer(f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode())


LISTS = {
    "/kaart.xml": _sitemap,
    "/wp/feed/": _wordpress,
    "/feeds/posts/default": _blogger,
    "/loetud.xml": _counted,
    "/ring.xml": _repeating,
    "/voog.json": _json,
    "/lood/": _list,
    "/blogi/": _front,
}
