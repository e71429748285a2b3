"""The fixture site: a real HTTP server on loopback with pages of our own writing, feeds, a PDF and traps."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from urllib.parse import urlsplit

PAGES = Path(__file__).parent / "kogukond"
BALTIC = (
    "Põltsamaa žürii tunnustas küla, kus šokolaadiköögi ümber tekkis ühistu. Žürii sõnul oli kõige õigem otsus kutsuda "
    "naabrid kohe alguses kaasa mõtlema: nii sai ideest ühine töö, mille üle tänavu õhinal kõneldakse."
)


@dataclass
class Answer:
    """What the server says."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Seen:
    """A request as it came in."""

    moment: float
    method: str
    path: str
    agent: str
    under_way: int  # requests at the same moment, this one included


class FixtureSite:
    """A server; `variant` says what a harvester finds there: everything, or only one sort of list."""

    def __init__(self, variant: str = "full") -> None:
        self.variant = variant
        self.seen: list[Seen] = []
        self.changed: dict[str, bytes | Answer] = {}  # pages that a test wrote anew
        self.parts: list[Callable[[str, str], Answer | None]] = []  # what a test adds: path and base to an answer
        self._under_way = 0
        self._lock = threading.Lock()
        site = self

        class Handler(_Handler):
            fixture = site

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self, method: str = "GET") -> list[str]:
        """The paths that were asked for, in their order."""
        return [seen.path for seen in self.seen if seen.method == method]

    @contextmanager
    def note(self, handler: _Handler) -> Iterator[None]:
        with self._lock:
            self._under_way += 1
            agent = handler.headers.get("User-Agent", "")
            self.seen.append(Seen(time.monotonic(), handler.command, handler.path, agent, self._under_way))
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1

    def answer(self, path: str) -> Answer | Callable[[_Handler], None]:
        if path in self.changed:
            changed = self.changed[path]
            return changed if isinstance(changed, Answer) else Answer(changed)
        for part in self.parts:
            if (answer := part(path, self.base)) is not None:
                return answer
        if path in LISTS:
            variants, content_type, make = LISTS[path]
            return Answer(make(self.base), content_type) if self.variant in variants else _not_found()
        if path in TRAPS:
            return TRAPS[path]
        if path == "/":
            return Answer(FRONT[self.variant].replace("{base}", self.base).encode())
        if path.startswith("/lingid/kalender"):
            return Answer(_calendar(path))
        if path in FILES:
            return Answer((PAGES / FILES[path]).read_text("utf-8").replace("{base}", self.base).encode())
        return _not_found()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # it waits 40 ms between the head and the body of an answer
    fixture: FixtureSite

    def do_GET(self) -> None:
        with self.fixture.note(self):
            answer = self.fixture.answer(self.path)
            try:
                if isinstance(answer, Answer):
                    self._send(answer)
                else:
                    answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    def do_HEAD(self) -> None:
        self.do_GET()

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.content_type:
            self.send_header("Content-Type", answer.content_type)
        headers = {"Content-Length": str(len(answer.body))} | answer.headers
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, *args: object) -> None:
        pass


def page(title: str, text: str = BALTIC, head: str = "", charset: str = "utf-8") -> bytes:
    """A small page."""
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    )
    return html.encode(charset)


def development_plan() -> bytes:
    """The PDF: three pages, the last words of a line broken on the second."""
    pdf = _load("pdf")
    return pdf.pdf_of(
        [
            ["Küla arengukava koostamise juhend", "Arengukava on küla kokkulepe iseendaga. See ütleb,"],
            ["Visioon ja eesmärgid", "Ühine visioon sünnib koosolekul, kus kõigil on sõnaõi-", "gus ja aega mõelda."],
            [
                "Tegevuskava",
                "Iga tegevuse juures on vastutaja, tähtaeg ja hind. Külavanem vaatab kava üle igal kevadel.",
            ],
        ],
        title="Küla arengukava koostamise juhend",
        author="Jaan Saar",
    )


def _load(name: str) -> object:
    spec = spec_from_file_location(f"fixture_{name}", Path(__file__).parent / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _not_found() -> Answer:
    return Answer(page("404", "Sellist lehte ei ole."), status=404)


def _redirect(to: str, status: int = 301) -> Answer:
    return Answer(status=status, headers={"Location": to})


def _calendar(path: str) -> bytes:
    month = int(urlsplit(path).query.rpartition("=")[2] or 0)
    return page(f"Kalender {month}", f'Kuu {month}. <a href="/lingid/kalender?kuu={month + 1}">järgmine</a>')


def _endless(handler: _Handler) -> None:
    """A stream without length and without end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True
    while True:
        handler.wfile.write(b"<p>ikka veel</p>" * 4096)


def _huge(handler: _Handler) -> None:
    """An answer that says it has 100 MB."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(100 * 2**20))
    handler.end_headers()
    handler.close_connection = True
    handler.wfile.write(b"x" * 4096)


def _slow(handler: _Handler) -> None:
    """An answer that takes longer than anybody waits."""
    time.sleep(8)
    handler.close_connection = True


def _urlset(*paths: str) -> Callable[[str], bytes]:
    return lambda base: (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(f"<url><loc>{path if path.startswith('http') else base + path}</loc></url>" for path in paths)
        + "</urlset>"
    ).encode()


def _index(*paths: str) -> Callable[[str], bytes]:
    return lambda base: (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(f"<sitemap><loc>{base}{path}</loc></sitemap>" for path in paths)
        + "</sitemapindex>"
    ).encode()


def _zipped(make: Callable[[str], bytes]) -> Callable[[str], bytes]:
    return lambda base: gzip.compress(make(base), mtime=0)


def _rss(base: str) -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Uudised</title>
<link>{base}/</link>
<item><title>Talgud, mis tõid küla kokku</title><link>{base}/artiklid/talgud/?utm_source=rss</link>
<pubDate>Wed, 17 May 2023 10:00:00 +0300</pubDate></item>
<item><title>Kogukonnaaed</title><link>{base}/artiklid/kogukonnaaed/</link></item>
<item><title>Kadunud</title><link>{base}/artiklid/kadunud/</link></item></channel></rss>""".encode()


def _atom(base: str) -> bytes:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Artiklid</title><id>{base}/</id>
<entry><title>Plaan</title><id>1</id><link rel="alternate" href="{base}/artiklid/community-plan/"/>
<published>2019-06-05T00:00:00Z</published><updated>2024-01-01T00:00:00Z</updated></entry>
<entry><title>Община</title><id>2</id><link href="{base}/artiklid/obshchina/"/><updated>2024-01-01T00:00:00Z</updated>
</entry></feed>""".encode()


def _channel(base: str) -> bytes:
    return f"""<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns="http://www.w3.org/2005/Atom">
<title>Kogukonnakanal</title><yt:channelId>UC1</yt:channelId>
<entry><id>yt:video:a1</id><yt:videoId>a1</yt:videoId><title>Kuidas juhtida kogukonna arutelu</title>
<link rel="alternate" href="{base}/watch?v=a1"/><author><name>Kogukonnakanal</name></author>
<published>2024-02-29T08:00:00+00:00</published><updated>2025-01-01T08:00:00+00:00</updated>
<media:group><media:title>Kuidas juhtida kogukonna arutelu</media:title>
<media:content url="{base}/v/a1" duration="3540"/>
<media:description>Veebiseminar räägib, kuidas vestlusringi ette valmistada ja kõiki kuulata.</media:description>
</media:group></entry>
<entry><id>yt:video:b2</id><title>Ei ole enam näha</title><link rel="alternate" href="{base}/watch?v=b2"/>
<published>2020-01-01T08:00:00+00:00</published></entry></feed>""".encode()


def _robots(base: str) -> bytes:
    ours, others = "User-agent: Aardekast\nDisallow: /salajane/", "User-agent: *\nDisallow: /"
    return f"{ours}\n\n{others}\n\nSitemap: {base}/sitemap.xml\n".encode()


XML, ATOM = "application/xml", "application/atom+xml"
TRAP_PATHS = (
    "/loksud/404",
    "/loksud/410",
    "/loksud/500",
    "/loksud/tyhi",
    "/loksud/tyhi-html",
    "/loksud/menyy",
    "/loksud/pilt",
    "/loksud/pildi-moodi",
    "/loksud/lopmatu",
    "/loksud/suur",
    "/loksud/aeglane",
    "/loksud/ring",
    "/loksud/noindex",
    "/loksud/noindex-paises",
    "/loksud/katkine",
    "/loksud/avalehele",
    "/loksud/dokument",
    "/loksud/pdf-skann",
    "/loksud/pdf-katki",
    "/loksud/metadata",
    "/loksud/pommi",
    "/loksud/suund-katki",
    "/loksud/pakk-katki",
    "/loksud/alus-katki",
    "/loksud/viimane",
)
CHARSETS = {
    "/marke/windows-1257": ("cp1257", "text/html; charset=windows-1257", ""),
    "/marke/iso-8859-13": ("iso8859_13", "text/html", "<meta charset='iso-8859-13'>"),
    "/marke/sildita": ("utf-8", "text/html", ""),
    "/marke/sildita-1257": ("cp1257", "text/html", ""),
    "/marke/vale-latin1": ("cp1257", "text/html; charset=iso-8859-1", ""),
    "/marke/vale-utf8": ("cp1257", "text/html; charset=utf-8", ""),
    "/marke/vale-1257": ("utf-8", "text/html; charset=windows-1257", ""),
}
# path: which variants have it, its type, and its content
LISTS: dict[str, tuple[tuple[str, ...], str, Callable[[str], bytes]]] = {
    "/robots.txt": (("full",), "text/plain", _robots),
    "/sitemap.xml": (
        ("full",),
        XML,
        _index("/sitemap-juhendid.xml", "/sitemap-artiklid.xml.gz", "/sitemap-kadunud.xml"),
    ),
    "/sitemap-juhendid.xml": (
        ("full",),
        XML,
        _urlset(
            "/juhendid/kriisiplaan/",
            "/juhendid/kriisiplaan?print=1",
            "/juhendid/kulavanem/",
            "/juhendid/kaasav-eelarve/",
            "/juhendid/arengukava.pdf",
            "/salajane/markmed/",
            "/juhendid/tagasi-voetud/",
            "http://example.com/mujal/",
        ),
    ),
    "/sitemap-artiklid.xml.gz": (
        ("full",),
        "application/gzip",
        _zipped(_urlset("/artiklid/talgud/", "/artiklid/kogukonnaaed/", "/artiklid/kogukonnaaed/#aed")),
    ),
    "/wp-sitemap.xml": (("wordpress",), XML, _index("/wp-sitemap-posts-post-1.xml")),
    "/wp-sitemap-posts-post-1.xml": (("wordpress",), XML, _urlset("/artiklid/talgud/")),
    "/uudised/rss.xml": (("full", "feed"), "application/rss+xml", _rss),
    "/uudised/atom.xml": (("full",), ATOM, _atom),
    "/kanal.xml": (("full",), ATOM, _channel),
    "/loksud/sitemap.xml": (("full", "traps"), XML, _urlset(*TRAP_PATHS)),
    "/marke/sitemap.xml": (("full",), XML, _urlset(*CHARSETS)),
}
FRONT = {
    "full": "<html><head><title>Näidisküla Selts</title></head><body><a href='/juhendid/'>Juhendid</a></body></html>",
    "traps": "<html><body></body></html>",
    "wordpress": "<html><head><title>Leht</title></head><body></body></html>",
    "feed": "<html><head><title>Leht</title><link rel='alternate' type='application/rss+xml' href='/comments/feed/'>"
    "<link rel='alternate' type='application/rss+xml' href='/uudised/rss.xml'></head><body></body></html>",
    "bare": "<html><head><title>Leht</title></head><body><a href='/lingid/osavald/'>Osavald</a></body></html>",
}
FILES = {
    "/juhendid/kriisiplaan/": "juhendid/kriisiplaan.html",
    "/juhendid/kriisiplaan?print=1": "juhendid/kriisiplaan.html",
    "/juhendid/kulavanem/": "juhendid/kulavanem.html",
    "/juhendid/kaasav-eelarve/": "juhendid/kaasav-eelarve.html",
    "/salajane/markmed/": "juhendid/kulavanem.html",
    "/juhendid/tagasi-voetud/": "juhendid/kulavanem.html",
    "/artiklid/talgud/": "artiklid/talgud.html",
    "/artiklid/kogukonnaaed/": "artiklid/kogukonnaaed.html",
    "/artiklid/community-plan/": "artiklid/community-plan.html",
    "/artiklid/obshchina/": "artiklid/obshchina.html",
    "/lingid/": "lingid/index.html",
    "/lingid/osavald/": "lingid/osavald.html",
    "/lingid/sygavam/": "lingid/sygavam.html",
    "/lingid/meeste-koda/": "lingid/meeste-koda.html",
}
_NOINDEX = "<meta name='robots' content='noindex, follow'>"
TRAPS: dict[str, Answer | Callable[[_Handler], None]] = {
    "/juhendid/arengukava.pdf": Answer(development_plan(), "application/pdf"),
    "/vana/kriisiplaan": _redirect("/vana2/kriisiplaan", 302),
    "/vana2/kriisiplaan": _redirect("/juhendid/kriisiplaan/"),
    "/vana/sise": _redirect("http://10.0.0.1/admin"),
    "/loksud/410": Answer(page("Kadunud"), status=410),
    "/loksud/500": Answer(page("Viga"), status=500),
    "/loksud/tyhi": Answer(),
    "/loksud/tyhi-html": Answer(b"<html><head><title>Pealkiri</title></head><body></body></html>"),
    "/loksud/menyy": Answer(page("Kontakt", "Küla tee 1, Näidisküla")),
    "/loksud/pilt": Answer(b"\x89PNG\r\n\x1a\n" + bytes(5000), "image/png"),
    "/loksud/pildi-moodi": Answer(b"\x89PNG\r\n\x1a\n" + bytes(5000)),
    "/loksud/lopmatu": _endless,
    "/loksud/suur": _huge,
    "/loksud/aeglane": _slow,
    "/loksud/ring": _redirect("/loksud/ring2"),
    "/loksud/ring2": _redirect("/loksud/ring"),
    "/loksud/noindex": Answer(page("Peidus", head=_NOINDEX)),
    "/loksud/noindex-paises": Answer(page("Peidus"), headers={"X-Robots-Tag": "noindex"}),
    "/loksud/katkine": Answer(f"<p><div><b>Katkine leht<h1>Katkine leht<td><p>{BALTIC}</b></table></li><scr".encode()),
    "/loksud/avalehele": _redirect("/"),
    "/loksud/dokument": Answer(b"PK\x03\x04" + bytes(100), "application/msword"),
    "/loksud/pdf-skann": Answer(_load("pdf").pdf_of([[], []]), "application/pdf"),
    "/loksud/pdf-katki": Answer(b"%PDF-1.7 siin ei ole midagi", "application/pdf"),
    "/loksud/metadata": _redirect("http://169.254.169.254/latest/meta-data/"),
    "/loksud/pommi": Answer(gzip.compress(bytes(50 * 2**20)), headers={"Content-Encoding": "gzip"}),
    "/loksud/suund-katki": _redirect("http://[katki/"),
    "/loksud/pakk-katki": Answer(b"\x1f\x8b ei ole pakk", headers={"Content-Encoding": "gzip"}),
    "/loksud/alus-katki": Answer(page("Alus on katki", head="<base href='http://[katki/'>")),
    "/loksud/viimane": Answer(page("Kõik lõksud on läbitud")),
    **{
        path: Answer(page("Žürii õhtu Põltsamaal", head=head, charset=charset), content_type)
        for path, (charset, content_type, head) in CHARSETS.items()
    },
}
