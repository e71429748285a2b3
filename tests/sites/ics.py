"""A server of one calendar, on any loopback address; a test changes it between runs."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PLAN = (
    "Ootame külavanemaid ja seltside eestvedajaid õppima, kuidas kutsuda naabrid arutelule ja jõuda otsuseni. "
    "Päeva esimeses pooles räägime sellest, kuidas küsida küsimusi, millele igaüks oskab ja julgeb vastata. "
    "Teises pooles proovime väikestes rühmades läbi kolm viisi, kuidas suure hulga mõtete seast ühiselt valida. "
    "Kaasa võiks võtta ühe päris mure oma kodukohast, sest harjutame ainult päris asjadega. "
    "Päev on tasuta, lõunasöögi paneme koos lauale."
)


def event(uid: str, *lines: str, title: str = "Koosloome õppepäev") -> str:
    """The lines of an event."""
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT"))


def calendar(*events: str, ending: str = "END:VCALENDAR\r\n") -> bytes:
    """A calendar of these events."""
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Selts//ET", *events, ending)).encode()


class CalendarSite:
    """What the calendar holds, and the requests that came."""

    def __init__(self, *events: str, host: str = "127.0.0.1", content_type: str = "text/calendar") -> None:
        self.events = list(events)
        self.body: bytes | None = None  # in place of the events
        self.asked: list[tuple[str, str, int]] = []
        self.content_type = content_type
        site = self

        class Handler(_Handler):
            calendar = site

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://{host}:{self._server.server_port}"
        self.url = f"{self.base}/sundmused/?ical=1"
        self.file = f"{self.base}/kalender/basic.ics"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self) -> bytes:
        return self.body if self.body is not None else calendar(*self.events)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    calendar: CalendarSite

    def do_GET(self) -> None:
        is_there = self.path in ("/sundmused/?ical=1", "/kalender/basic.ics")
        body = self.calendar.answer() if is_there else b""
        etag = f'"{hash(body)}"'
        status = 304 if is_there and self.headers.get("If-None-Match") == etag else 200 if is_there else 404
        self.calendar.asked.append((self.command, self.path, status))
        self.send_response(status)
        self.send_header("Content-Type", self.calendar.content_type if is_there else "text/html")
        self.send_header("Content-Length", str(len(body) if status == 200 else 0))
        self.send_header("ETag", etag)
        self.end_headers()
        if self.command != "HEAD" and status == 200:
            self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *args: object) -> None:
        pass
