"""The generated sites of the soak: pages of real text on twenty hosts of loopback, served by one process."""

from __future__ import annotations

import asyncio
import hashlib
import html
import json
from collections.abc import Sequence
from functools import lru_cache
from multiprocessing.sharedctypes import SynchronizedArray
from pathlib import Path
from typing import Any

HOSTS = tuple(f"127.0.0.{number}" for number in range(2, 22))
WORDS = 500  # at least, of a page made of short texts
REQUESTS, PAGES, NOT_MODIFIED = range(3)  # places of the counters
# What a theme puts around a text: 25 kB of styles, scripts, menus, a list of other stories, comments and share bars.
_STYLES = "".join(f".wp-block-{n}{{margin:{n}px auto;padding:0 {n}px;color:#{n:06x}}}" for n in range(150))
_MENU = "".join(
    f'<li class="menu-item menu-item-{n}"><a href="/teema/{n}/">Teema number {n}</a><ul class="sub-menu">'
    f'<li><a href="/teema/{n}/meist/">Meist</a></li><li><a href="/teema/{n}/uudised/">Uudised</a></li></ul></li>'
    for n in range(25)
)
_ASIDE = "".join(
    f'<li class="post-item"><a href="/lugu/{n}"><img src="/pilt/{n}.jpg" alt="">Loe ka seda lugu number {n}</a></li>'
    for n in range(30)
)
_SHARE = "".join(f'<a class="share share-{n}" href="https://jaga.ee/{n}">Jaga</a>' for n in range(6))
_COMMENTS = "".join(
    f'<div class="comment"><cite>Lugeja {n}</cite><p>Aitäh, see oli hea lugemine ja tõesti kasulik.</p></div>'
    for n in range(8)
)


def read_documents(path: Path) -> list[tuple[str, list[str]]]:
    """Titles and paragraphs of a file of JSON Lines; neighbours of short texts are joined to WORDS."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    paragraphs = [row["text"].split("\n\n") for row in rows]
    documents = []
    for place, row in enumerate(rows):
        own, after = list(paragraphs[place]), place + 1
        while sum(map(len, own)) < WORDS * 7 and after - place < len(rows):
            own += paragraphs[after % len(rows)]
            after += 1
        documents.append((row["title"], own))
    return documents


class Pages:
    """The page of each number below `count`, the same every time; page n stands on host n modulo twenty."""

    def __init__(self, documents: Sequence[tuple[str, list[str]]], count: int) -> None:
        self._documents = documents
        self.count = count

    def sitemap(self, host: str, port: int) -> bytes:
        """Of one host."""
        mine = range(HOSTS.index(host), self.count, len(HOSTS))
        urls = "".join(f"<url><loc>http://{host}:{port}/lugu/{number}</loc></url>" for number in mine)
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()

    def page(self, number: int) -> bytes:
        """A page with a head, a menu, headings, a list beside the text and a footer, as content systems make them."""
        title, paragraphs = self._documents[number % len(self._documents)]
        turned = number // len(self._documents) % len(paragraphs)
        body = "".join(
            (f'<h2 id="osa-{place}">Osa {place + 1}</h2>' if place % 4 == 0 else "") + f"<p>{html.escape(text)}</p>"
            for place, text in enumerate(paragraphs[turned:] + paragraphs[:turned])
        )
        name = f"{html.escape(title)} {number}"
        return (
            f'<!doctype html><html lang="et"><head><meta charset="utf-8"><title>{name} | Näidisküla</title>'
            f'<meta property="og:title" content="{name}"><meta property="og:site_name" content="Näidisküla">'
            f'<meta property="article:published_time" content="20{number % 25:02}-05-17T10:00:00+03:00">'
            f"<style>{_STYLES}</style></head>"
            f'<body class="single post-template"><header><nav><ul class="menu">{_MENU}</ul></nav></header><main>'
            f'<article class="post"><h1 class="entry-title">{name}</h1><div class="share">{_SHARE}</div>'
            f'<div class="entry-content">{body}</div>'
            f'</article><div id="comments" class="comments-area">{_COMMENTS}</div></main>'
            f'<aside class="sidebar widget-area"><ul>{_ASIDE}</ul></aside>'
            f"<footer>© Näidisküla Selts</footer></body></html>"
        ).encode()


def serve(documents: Path, count: int, port: Any, counters: SynchronizedArray[int]) -> None:
    """Serve all hosts until the process is ended; `port` is set when it listens."""
    asyncio.run(_serve(Pages(read_documents(documents), count), port, counters))


async def _serve(pages: Pages, port: Any, counters: SynchronizedArray[int]) -> None:
    tag_of = lru_cache(maxsize=None)(lambda number: hashlib.blake2b(pages.page(number), digest_size=8).hexdigest())
    chosen = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode("latin-1")
                writer.write(respond(host, path, head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    def respond(host: str, path: str, head: bytes) -> bytes:
        counters[REQUESTS] += 1
        if path == "/sitemap.xml":
            return _answer("200 OK", pages.sitemap(host, chosen), "Content-Type: application/xml")
        if not path.startswith("/lugu/"):
            return _answer("404 Not Found", b"")
        number = int(path.rpartition("/")[2])
        tag = f'"{tag_of(number)}"'
        if f"if-none-match: {tag}".encode() in head.lower():
            counters[NOT_MODIFIED] += 1
            return _answer("304 Not Modified", b"", f"ETag: {tag}")
        counters[PAGES] += 1
        return _answer("200 OK", pages.page(number), "Content-Type: text/html; charset=utf-8", f"ETag: {tag}")

    for host in HOSTS:
        server = await asyncio.start_server(answer, host, chosen)
        chosen = chosen or server.sockets[0].getsockname()[1]
    port.value = chosen
    await asyncio.Event().wait()


def _answer(status: str, body: bytes, *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", "")
    return "\r\n".join(lines).encode() + body
