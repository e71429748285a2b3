"""One page of every type that visitors meet, the site that has them all, and how a browser opens each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page
from werkzeug.serving import WSGIRequestHandler, make_server

from aardekast.alerts import Rhythm, Wish
from aardekast.inbox import CatalogueInbox, opened_alerts
from aardekast.mailserver import MailServer
from aardekast.resource import Passage, Resource, Status
from aardekast.vocabulary import Vocabulary
from index import ResourceList, Searcher, engine_at
from webapp import create_app
from webapp.alerts import Desk, Sender
from webapp.alerts.tokens import Tokens
from webapp.letterbox import Letterbox

DESK, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)
KEY = b"voti-millega-allkirjastada"
CONFIRM, LEAVE, LEFT = (
    Tokens(KEY).to_confirm(1, Rhythm.WEEKLY),
    Tokens(KEY).to_leave(1),
    Tokens(KEY).to_leave(2),
)
CHECKED = datetime(2026, 11, 14, 12, tzinfo=UTC)
TEXT = (
    "Sissejuhatus. Vald kutsub kriisikomisjoni kokku kord aastas.\n"
    "Kriisiplaan. Inimesed viiakse kogunemiskohta, kus on generaator ja vesi.\n"
    "Kulude hüvitamine. Riik hüvitab päästetööde kulud, kui kriisiplaan oli olemas.\n"
)


@dataclass(frozen=True, slots=True)
class PageType:
    """A page by its Estonian address; `is_sent`: its form is sent as it is and comes back with faults."""

    name: str
    path: str
    status: int = 200
    is_sent: bool = False

    @property
    def is_frame(self) -> bool:
        """Whether it is shown within pages of others, and so has none of ours around it."""
        return self.path.startswith("/embed/")

    def open(self, page: Page, prefix: str = "") -> None:
        """Open it in the language of the prefix; the answer must have the status that is meant."""
        answer = page.goto(prefix + self.path)
        if self.is_sent:
            with page.expect_navigation() as sent:
                page.locator("main form button").click()
            answer = sent.value
        assert answer is not None
        assert answer.status == self.status, f"{prefix}{self.path}: {answer.status}"
        page.evaluate("document.fonts.ready.then(() => true)")


PAGE_TYPES = (
    PageType("front", "/"),
    PageType("results", "/otsing?q=kriisiplaan"),
    PageType("filtered", "/otsing?q=kriisiplaan&sihtruhm=kogukond&liik=juhendmaterjal&keel=et"),
    PageType("filters-open", "/otsing?q=kriisiplaan&sihtruhm=kogukond#filtrid"),
    PageType("all", "/otsing?leht=2"),
    PageType("nothing", "/otsing?q=kriisiplaan&sihtruhm=kov&teema=kaasav-eelarve"),
    PageType("resource", "/materjal/juhend?q=kriisiplaan"),
    PageType("event", "/materjal/avaring"),
    PageType("topic", "/teema/kriisivalmidus"),
    PageType("kind", "/liik/juhendmaterjal"),
    PageType("audience", "/sihtruhm/kogukond"),
    PageType("county", "/maakond/laane-viru"),
    PageType("publisher", "/valjaandja/paasteamet"),
    PageType("events", "/sundmused"),
    PageType("news", "/uudised"),
    PageType("suggest", "/soovita"),
    PageType("suggest-faults", "/soovita", status=422, is_sent=True),
    PageType("report", "/teata?id=juhend"),
    PageType("report-faults", "/teata", status=422, is_sent=True),
    PageType("thanks", "/soovita/aitah"),
    PageType("alert", "/teavita?q=kriisiplaan&sihtruhm=kogukond"),
    PageType("alert-faults", "/teavita?q=kriisiplaan", status=422, is_sent=True),
    PageType("alert-wished", "/teavita/aitah"),
    PageType("alert-confirm", f"/teavita/kinnita?t={CONFIRM}"),
    PageType("alert-confirmed", f"/teavita/kinnita?t={CONFIRM}", is_sent=True),
    PageType("alert-late", "/teavita/kinnita?t=vana", status=410),
    PageType("alert-leave", f"/teavita/loobu?t={LEAVE}"),
    PageType("alert-left", f"/teavita/loobu?t={LEFT}"),
    PageType("guide", "/kuidas-otsida"),
    PageType("about", "/mis-on-aardekast"),
    PageType("api", "/api/"),
    PageType("api-fields", "/api/valjad"),
    PageType("accessibility", "/ligipaasetavus"),
    PageType("privacy", "/privaatsus"),
    PageType("embed-newest", "/lisa-oma-lehele?teema=kriisivalmidus&arv=3"),
    PageType("embed-search", "/lisa-oma-lehele?mis=otsing"),
    PageType("frame-search", "/embed/otsing"),
    PageType("frame-newest", "/embed/uusimad?teema=kriisivalmidus&arv=3"),
    PageType("frame-events", "/embed/sundmused"),
    PageType("missing", "/seda-lehte-ei-ole", status=404),
)


def card(id_: str, title: str, **fields: object) -> Resource:
    """A resource of a community; `fields` replace what is usual."""
    known: dict[str, object] = {
        "id": id_,
        "url": f"https://naide.ee/{id_}",
        "title": title,
        "description": "Kuidas küla ja vald koos kriisiks valmistuvad ning mida kumbki teeb.",
        "publisher": "Näidisküla selts",
        "kind": "artikkel",
        "audiences": ("kogukond",),
        "topics": ("kriisivalmidus",),
        "counties": ("laane-viru",),
        "language": "et",
        "published": "2024-05",
        "first_seen": CHECKED,
        "last_checked": CHECKED,
    }
    return Resource(**(known | fields))  # type: ignore[arg-type]


def cards() -> list[Resource]:
    """Every kind of card: a PDF with pages, an English one, a dead source, events to come, news, long words."""
    soon = datetime.now(UTC).date() + timedelta(days=9)
    passages = tuple(
        Passage(offset=TEXT.index(word), page=number, fragment=f"#page={number}")
        for number, word in enumerate(("Sisse", "Kriisiplaan", "Kulude"), 1)
    )
    pdf = {"format": "pdf", "pages": 62, "publisher": "Päästeamet", "text": TEXT, "passages": passages}
    both = ("kogukond", "kov")
    return [
        card(
            "juhend", "Küla kriisiplaani juhend", kind="juhendmaterjal", audiences=both, authors=("Mari Mets",), **pdf
        ),
        card("english", "The crisis plan of a village", language="en", text="A crisis plan speaks of elders."),
        card("kadunud", "Kriisiplaan, mille allikas ei vasta", status=Status.FAILING),
        card("avaring", "Mentorprogrammi avaring", kind="koolitus", starts=soon.isoformat(), place="Paide"),
        card("talgud", "Talgud", kind="koolitus", starts=(soon + timedelta(days=40)).isoformat(), audiences=("kov",)),
        card("pikk", "Ressursipõhisekogukonnaarendamisekäsiraamatutekogumik", topics=("heaolu-polvkonnad",)),
        *(card(f"uudis-{n}", f"Kriisiplaan valmis külas {n}", kind="uudis", published="2026-03") for n in range(8)),
        *(card(f"lugu-{n}", f"Kuidas sündis kriisiplaan {n}", kind="kogemuslugu") for n in range(8)),
        card("eelarve", "Kaasav eelarve", audiences=("kov",), topics=("kaasav-eelarve",)),
    ]


class Silent(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


class Opened:
    """An engine that was opened already."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def open(self) -> Searcher:
        return self._searcher


def _desk(database: str) -> Desk:
    """Alerts that are never sent: nobody listens there. One of them waits to be confirmed."""
    with opened_alerts(database) as book:
        wanted = "q=kriisiplaan&sihtruhm=kogukond"
        book.wish(Wish(address="mari@kyla.ee", search=wanted, language="et", rhythm=Rhythm.WEEKLY))
        book.take_asked()
    server = MailServer(host="127.0.0.1", port=1)
    sender = Sender(server=server, address="aardekast@kyla.ee", public_url="https://aardekast.kyla.ee/")
    return Desk(book=lambda: opened_alerts(database), key=KEY, sender=sender)


@contextmanager
def served(folder: Path, vocabulary: Vocabulary, *embed_hosts: str) -> Iterator[str]:
    """The address of the whole site, its forms included, over the cards; its state lies in the folder.

    The origins of `embed_hosts` may show its frames.
    """
    engine_at(folder / "index", vocabulary).update(ResourceList(cards()))
    searcher = engine_at(folder / "index", vocabulary).open()
    database = f"sqlite:///{folder / 'catalogue.sqlite'}"
    box, desk = Letterbox(CatalogueInbox(database), KEY), _desk(database)
    app = create_app(Opened(searcher), vocabulary, letterbox=box, alerts=desk, embed_hosts=embed_hosts)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    searcher.close()
