"""Pages of topics and their like, of events and news, as a browser lays them out."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import Searcher
from webapp import create_app

PageOf = Callable[[tuple[int, int]], Page]
PHONE, NARROW, DESK = (390, 844), (320, 640), (1280, 900)
# The elements that stand out over the right edge, where the page can be scrolled there.
WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 90))"""
LONG = "Ressursipõhisekogukonnaarendamisekäsiraamatutekogumik"
PAGES = [
    "/",
    "/otsing?q=küla",
    "/materjal/kaart-1",
    "/materjal/kaart-2",
    "/teema/heaolu-polvkonnad",
    "/sihtruhm/kogukond",
    "/valjaandja/naidiskula-selts",
    "/maakond/laane-viru",
    "/sundmused",
    "/uudised",
]


def card(number: int, **fields: object) -> Resource:
    known: dict[str, object] = {
        "id": f"kaart-{number}",
        "url": f"https://naide.ee/{number}",
        "title": f"{LONG} külale {number}",
        "description": "Kuidas küla ja vald koos kriisiks valmistuvad ning mida kumbki teeb. " * 3,
        "publisher": "Näidisküla selts",
        "kind": "artikkel",
        "audiences": ("kogukond", "kov"),
        "topics": ("heaolu-polvkonnad", "kogukonnateenused"),
        "counties": ("laane-viru",),
        "language": "et",
    }
    return Resource(**(known | fields))  # type: ignore[arg-type]


@pytest.fixture
def site(index_of: Callable[..., Searcher], vocabulary: Vocabulary) -> Iterator[str]:
    """The real site over cards with long words and a coming event."""
    soon = datetime.now(UTC).date() + timedelta(days=9)
    event = card(2, kind="koolitus", starts=soon.isoformat(), place=LONG, audiences=("kov",))
    later = card(3, kind="koolitus", starts=(soon + timedelta(days=40)).isoformat(), audiences=("kogukond",))
    cards = [card(1), event, later, *(card(number, kind="uudis") for number in range(4, 16))]
    searcher = index_of(*cards)
    server = make_server("127.0.0.1", 0, create_app(Opened(searcher), vocabulary), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Opened:
    """An engine that was opened already."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def open(self) -> Searcher:
        return self._searcher


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=["narrow", "phone", "desk"])
def test_no_page_is_wider_than_the_screen(size: tuple[int, int], page_of: PageOf) -> None:
    page = page_of(size)
    for address in PAGES:
        page.goto(address)
        wide = page.evaluate(WIDER)
        assert not wide, f"{address}: {wide}"


def test_events_are_narrowed_without_a_script(page_of: PageOf) -> None:
    page = page_of(PHONE)
    page.goto("/sundmused")
    assert page.locator("li.event").count() == 2
    page.get_by_label("Kellele").select_option("Kohalik omavalitsus")
    page.get_by_role("button", name="Näita").click()
    assert page.locator("li.event").count() == 1
    assert page.get_by_label("Kellele").input_value() == "kov"


def test_from_the_front_page_two_clicks_lead_to_the_guides_of_an_audience(page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto("/")
    page.get_by_role("link", name="Kogukond", exact=True).first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kogukond"
    page.get_by_role("complementary").get_by_role("link", name="Uudis").click()
    assert "sihtruhm=kogukond" in page.url
    assert "liik=uudis" in page.url
