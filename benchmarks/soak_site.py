"""The generated sites of the soak: pages of real text on twenty hosts of loopback, served by one process.

Each host has one of the dozen layouts of soak_layouts.py, each page a real Estonian text of some hundred words with
headings, items, links and pictures: together some 20 kB of theme and as much of text as pages of guides have.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from multiprocessing.sharedctypes import SynchronizedArray
from pathlib import Path
from typing import Any

from soak_layouts import framed

HOSTS = tuple(f"127.0.0.{number}" for number in range(2, 22))
WORDS = 300  # about, at least, of a page made of short texts
REQUESTS, PAGES, NOT_MODIFIED = range(3)  # places of the counters
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+")
_PARAGRAPH = 45  # words; of web pages, not of laws


def read_documents(path: Path) -> list[tuple[str, list[str]]]:
    """Titles and paragraphs of a file of JSON Lines; neighbours of short texts are joined to WORDS, each used once."""
    documents: list[tuple[str, list[str]]] = []
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            paragraphs = row["text"].split("\n\n")
            if documents and sum(map(len, documents[-1][1])) < WORDS * 7:
                documents[-1][1].extend(paragraphs)
            else:
                documents.append((row["title"], paragraphs))
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
        """A document in the layout of its host."""
        title, paragraphs = self._documents[number % len(self._documents)]
        turned = number // len(self._documents) % len(paragraphs)
        name = f"{html.escape(title)} {number}"
        body = _body([*paragraphs[turned:], *paragraphs[:turned]], number)
        return framed(number % len(HOSTS), name, f"20{number % 25:02}-05-17", body).encode()


def _body(texts: Sequence[str], number: int) -> str:
    """Paragraphs with a heading over every third, some as items, with the links, pictures and bold words of a page."""
    pieces = []
    for place, text in enumerate(itertools.chain.from_iterable(map(_paragraphs, texts))):
        words = html.escape(text).split(" ")
        if place % 3 == 0:
            heading = " ".join(words[:4]).strip(".,;:()")
            pieces.append(f'<h2 class="wp-block-heading" id="osa-{place}">{heading}</h2>')
        if place % 5 == 1:
            pieces.append(f'<figure><img src="/pildid/{number}-{place}.jpg" alt="" width="800"></figure>')
        words[1:2] = [f"<strong>{word}</strong>" for word in words[1:2]]
        words[3:6] = (
            [f'<a href="/lugu/{number}#osa-{place}">{" ".join(words[3:6])}</a>'] if len(words) > 8 else words[3:6]
        )
        marked = " ".join(words)
        if place % 4 == 3:
            pieces.append("<ul>" + "".join(f"<li>{item}</li>" for item in marked.split(", ")) + "</ul>")
        else:
            pieces.append(f"<p>{marked}</p>")
    return "\n".join(pieces)


def _paragraphs(text: str) -> Iterator[str]:
    """A long text in parts of whole sentences."""
    held: list[str] = []
    for sentence in _SENTENCE_END.split(" ".join(text.split())):
        held.append(sentence)
        if sum(one.count(" ") + 1 for one in held) >= _PARAGRAPH:
            yield " ".join(held)
            held = []
    if held:
        yield " ".join(held)


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
