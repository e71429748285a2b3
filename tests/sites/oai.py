"""A repository that speaks OAI-PMH 2.0 as DSpace does, on any loopback address; a test changes it between runs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

ABSTRACT = (
    "Magistritöö uurib, kuidas külaseltsid kaasavad elanikke arengukava koostamisse. Intervjuud kolmes vallas "
    "näitavad, et varajane kutse ja selge ajakava toovad kohale ka need, kes muidu koosolekule ei tule."
)
MOMENT = "2026-11-20T06:00:00Z"


@dataclass
class Work:
    """A record of the repository."""

    number: int
    datestamp: str = "2026-10-01T08:00:00Z"
    sets: tuple[str, ...] = ("com_10062_1", "col_10062_2")
    is_deleted: bool = False
    dc: str | None = None  # in place of what DSpace would write
    title: str = ""
    abstract: str = ABSTRACT

    def xml(self, identifier: str) -> str:
        sets = "".join(f"<setSpec>{name}</setSpec>" for name in self.sets)
        status = ' status="deleted"' if self.is_deleted else ""
        facts = f"<identifier>{identifier}</identifier><datestamp>{self.datestamp}</datestamp>{sets}"
        head = f"<header{status}>{facts}</header>"
        if self.is_deleted:
            return f"<record>{head}</record>"
        inner = self.dc if self.dc is not None else self._dc()
        return (
            f"<record>{head}<metadata><oai_dc:dc xmlns:oai_dc='http://www.openarchives.org/OAI/2.0/oai_dc/' "
            f"xmlns:dc='http://purl.org/dc/elements/1.1/'>{inner}</oai_dc:dc></metadata></record>"
        )

    def _dc(self) -> str:
        """As DSpace orders it: contributors, all dates, all identifiers, descriptions ..."""
        title = self.title or f"Kogukonna kaasamine külas number {self.number}"
        return "".join(
            f"<dc:{name}>{escape(text)}</dc:{name}>"
            for name, text in (
                ("title", title),
                ("creator", "Saar, Mari"),
                ("contributor", "Tamm, Jaan, juhendaja"),
                ("contributor", "Tartu Ülikool. Ühiskonnateaduste instituut"),
                ("subject", "kogukonnad"),
                ("subject", "kaasamine; külaelu"),
                ("description", "http://www.ester.ee/record=b4491234*est"),
                ("description", f"{self.abstract} Töö number {self.number}."),
                ("date", "2019-06-15T07:33:07Z"),
                ("date", "2019-06-15T07:33:07Z"),
                ("date", "2018"),
                ("type", "info:eu-repo/semantics/masterThesis"),
                ("identifier", f"978-9949-77-{self.number:03}-4"),
                ("identifier", f"http://hdl.handle.net/10062/{self.number}"),
                ("language", "est"),
                ("publisher", "Tartu Ülikool"),
                ("rights", "info:eu-repo/semantics/openAccess"),
                ("rights", "https://creativecommons.org/licenses/by-nc-nd/3.0/ee/"),
            )
        )


@dataclass
class Faults:
    """What is wrong with the repository. `expires` is how many tokens it no longer knows when they are used."""

    expires: int = 0
    refuses: int = 0  # how many tokens it refuses by a 400 of HTTP
    circle: bool = False  # each token leads to the second part
    endless: bool = False  # ever new tokens, and the same records
    asks_to_wait: int = 0  # how many requests it answers with 503 and Retry-After
    bodies: dict[int, bytes] = field(default_factory=dict)  # answers in place of the parts of the list, by number
    codes: dict[str, str] = field(default_factory=dict)  # errors in place of answers, by verb
    no_from: bool = False  # knows no from
    no_verb: bool = False  # answers 400 where nothing is asked


class Repository:
    """Works and how they are listed."""

    def __init__(
        self, count: int = 0, host: str = "127.0.0.1", *, part: int = 3, granularity: str = "YYYY-MM-DDThh:mm:ssZ"
    ) -> None:
        self.works = {number: Work(number) for number in range(1, count + 1)}
        self.part, self.granularity = part, granularity
        self.moment = MOMENT
        self.faults = Faults()
        self.formats: dict[str, str] = {}  # namespaces by prefix; without any it does not know the verb
        self.asked: list[dict[str, str]] = []
        self.pages: dict[str, int] = {}  # statuses of pages; what is not here is found
        self.page_paths: list[str] = []
        self._lock = threading.Lock()
        repository = self

        class Handler(_Handler):
            site = repository

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.host = f"{host}:{self._server.server_port}"
        self.base = f"http://{self.host}/oai/request"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        """Forget what was asked for so far."""
        self.asked, self.page_paths = [], []

    def lists(self) -> list[dict[str, str]]:
        """The requests for lists, without what is the same in all."""
        wanted = [dict(asked) for asked in self.asked if asked.get("verb") == "ListRecords"]
        for asked in wanted:
            asked.pop("verb")
            asked.pop("metadataPrefix", None)
        return wanted

    def delete(self, number: int, datestamp: str = "2026-11-19T12:00:00Z") -> None:
        """As a repository that remembers what it deleted."""
        self.works[number].is_deleted, self.works[number].datestamp = True, datestamp

    def answer(self, asked: dict[str, str]) -> tuple[int, bytes]:
        with self._lock:
            self.asked.append(asked)
            verb, faults = asked.get("verb", ""), self.faults
            if faults.asks_to_wait:
                faults.asks_to_wait -= 1
                return 503, b"Oodake."
            if verb in faults.codes:
                return 200, self._xml(f'<error code="{faults.codes[verb]}">Nii ei saa.</error>')
            if verb == "Identify":
                return 200, self._xml(
                    f"<Identify><repositoryName>Töö</repositoryName><baseURL>{self.base}</baseURL><protocolVersion>2.0"
                    "</protocolVersion><adminEmail>x@naide.ee</adminEmail><earliestDatestamp>2010-01-01T00:00:00Z"
                    f"</earliestDatestamp><deletedRecord>transient</deletedRecord><granularity>{self.granularity}"
                    "</granularity></Identify>"
                )
            if verb == "ListMetadataFormats" and self.formats:
                known = "".join(map(self._format, self.formats))
                return 200, self._xml(f"<ListMetadataFormats>{known}</ListMetadataFormats>")
            if verb == "ListRecords":
                return self._list(asked)
            return 400 if faults.no_verb else 200, self._xml('<error code="badVerb">Illegal OAI verb</error>')

    def _format(self, prefix: str) -> str:
        namespace = f"<metadataNamespace>{self.formats[prefix]}</metadataNamespace>"
        return f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix>{namespace}</metadataFormat>"

    def _list(self, asked: dict[str, str]) -> tuple[int, bytes]:
        faults, token = self.faults, asked.get("resumptionToken")
        start, wanted = 0, asked
        if token:
            if faults.refuses:
                faults.refuses -= 1
                return 400, b"<html>Bad request</html>"
            if faults.expires:
                faults.expires -= 1
                return 200, self._xml('<error code="badResumptionToken">expired</error>')
            number, set_, since = token.split("|")[:3]
            start, wanted = int(number), {"set": set_, "from": since}
        elif asked.get("metadataPrefix") != "oai_dc" or (faults.no_from and "from" in asked):
            return 200, self._xml('<error code="badArgument">from is not taken</error>')
        if (body := faults.bodies.get(start // self.part)) is not None:
            return 200, body
        works = [
            work
            for work in self.works.values()
            if work.datestamp >= wanted.get("from", "") and (not wanted.get("set") or wanted["set"] in work.sets)
        ]
        if not works:
            return 200, self._xml('<error code="noRecordsMatch">No matches</error>')
        return 200, self.listing(works, start, wanted)

    def listing(self, works: list[Work], start: int, wanted: dict[str, str]) -> bytes:
        """One part of a list."""
        end = start + self.part
        records = "".join(work.xml(f"oai:naide.ee:10062/{work.number}") for work in works[start:end])
        after = end if end < len(works) else None
        if self.faults.circle:
            after = self.part
        if self.faults.endless:
            after, records = 0, "".join(work.xml(f"oai:naide.ee:10062/{work.number}") for work in works[: self.part])
        token = ""
        if after is not None:
            ending = f"|{len(self.asked)}" if self.faults.endless else ""
            token = f"{after}|{wanted.get('set', '')}|{wanted.get('from', '')}{ending}"
        has_token = token or start
        tail = f'<resumptionToken completeListSize="{len(works)}">{token}</resumptionToken>' if has_token else ""
        return self._xml(f"<ListRecords>{records}{tail}</ListRecords>")

    def _xml(self, inner: str) -> bytes:
        return (
            '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
            f"<responseDate>{self.moment}</responseDate><request>{self.base}</request>{inner}</OAI-PMH>"
        ).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: Repository

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/oai/request":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, body = self.site.answer(asked)
            content_type = "text/xml; charset=UTF-8"
        elif parts.path.startswith("/handle/"):
            self.site.page_paths.append(f"{self.command} {parts.path}")
            status, body, content_type = self.site.pages.get(parts.path, 200), b"<html></html>", "text/html"
        else:
            status, body, content_type = 404, b"", "text/html"
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"sama"')
        if status == 503:
            self.send_header("Retry-After", "0")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *args: object) -> None:
        pass
