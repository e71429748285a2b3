"""A site that a test changes between runs: pages with validators below one sitemap, on any loopback address."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_SENTENCES = (
    "Külavanem kutsus naabrid talgutele ja kõik said supi kõrval oma mõtte kirja panna.",
    "Seltsimaja katus sai korda tänu toetusele, mida aitas taotleda maakondlik arenduskeskus.",
    "Kogukonnaköök avab uksed igal reedel, sest ühine söömine toob inimesed kodust välja.",
)


@dataclass
class Leaf:
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    breaks_off: bool = False  # after half of the body
    pause: float = 0  # seconds before the answer


@dataclass
class Asked:
    """A request as it came in."""

    moment: float
    method: str
    path: str
    is_conditional: bool
    status: int


Answer = Leaf | Callable[[str], Leaf]


class AgainSite:
    """Paths and what they answer; `listed` are those of the sitemap, all by default."""

    def __init__(self, count: int = 0, host: str = "127.0.0.1", *, has_validators: bool = True) -> None:
        self.leaves: dict[str, Answer] = {f"/leht/{number}": page(number) for number in range(count)}
        self.listed: list[str] | None = None
        self.has_validators = has_validators
        self.heads: dict[str, int] = {}  # paths and what they answer to a HEAD
        self.asked: list[Asked] = []
        site = self

        class Handler(_Handler):
            again = site

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://{host}:{self._server.server_port}"
        self.sitemap = f"{self.base}/sitemap.xml"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        """Forget what was asked for so far."""
        self.asked = []

    def paths(self, prefix: str = "/leht/") -> list[str]:
        """What was asked for below a path, in its order."""
        return [asked.path for asked in self.asked if asked.path.startswith(prefix)]

    def leaf(self, path: str) -> Leaf:
        if path == "/sitemap.xml" and path not in self.leaves:
            paths = self.listed if self.listed is not None else list(self.leaves)
            urls = "".join(f"<url><loc>{self.base}{path}</loc></url>" for path in paths)
            return Leaf(f"<urlset>{urls}</urlset>".encode(), content_type="application/xml")
        found = self.leaves.get(path, Leaf(b"Sellist lehte ei ole.", status=404))
        return found if isinstance(found, Leaf) else found(path)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    again: AgainSite

    def do_GET(self) -> None:
        leaf = self.again.leaf(self.path)
        etag = '"' + hashlib.sha256(leaf.body).hexdigest()[:12] + '"'
        wanted = self.headers.get("If-None-Match")
        status = 304 if leaf.status == 200 and wanted == etag else leaf.status
        if self.command == "HEAD":
            status = self.again.heads.get(self.path, status)
        self.again.asked.append(Asked(time.monotonic(), self.command, self.path, wanted is not None, status))
        time.sleep(leaf.pause)
        self.send_response(status)
        headers = {"Content-Type": leaf.content_type, "Content-Length": str(len(leaf.body) if status != 304 else 0)}
        if self.again.has_validators and leaf.status == 200:
            headers["ETag"] = etag
        for name, value in (headers | leaf.headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD" or status == 304:
            return
        if leaf.breaks_off:
            self.wfile.write(leaf.body[: len(leaf.body) // 2])
            self.close_connection = True
        else:
            self.wfile.write(leaf.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *args: object) -> None:
        pass


def page(number: int, *, head: str = "", text: str = "") -> Leaf:
    """A page like no other."""
    sentences = " ".join(f"{sentence} Nii juhtus {number}. külas." for sentence in _SENTENCES)
    title = f"Lugu number {number}"
    main = f"<main><h1>{title}</h1><p>{sentences} {text}</p></main>"
    return Leaf(f"<html lang='et'><head><title>{title}</title>{head}</head><body>{main}</body></html>".encode())
