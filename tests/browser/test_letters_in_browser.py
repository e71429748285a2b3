"""A suggestion and a report in a real browser, without a script, by keyboard alone."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from aardekast.catalogue import Catalogue
from aardekast.inbox import CatalogueInbox
from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import Searcher
from webapp import create_app, forms
from webapp.letterbox import Letterbox

DESK, NARROW = (1280, 900), (320, 640)
PageOf = Callable[[tuple[int, int]], Page]

CARD = Resource(id="kriisiplaan", url="https://naide.ee/1", title="Küla kriisiplaan", kind="artikkel", language="et")


class Opened:
    """An engine that was opened already."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def open(self) -> Searcher:
        return self._searcher


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'catalogue.sqlite'}"


@pytest.fixture
def site(
    index_of: Callable[..., Searcher], vocabulary: Vocabulary, database: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of the site with its forms, which take a robot for a visitor: a browser fills in so fast."""
    monkeypatch.setattr(forms, "SHORTEST", 0)
    box = Letterbox(CatalogueInbox(database), b"voti-millega-allkirjastada")
    server = make_server("127.0.0.1", 0, create_app(Opened(index_of(CARD)), vocabulary, letterbox=box), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def waiting(database: str) -> list[str]:
    catalogue = Catalogue.open(database)
    texts = [item.letter.text for item in catalogue.letters()]
    catalogue.close()
    return texts


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field or button is reached; nothing hidden may stand in the way."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_be_visible()
        if focused.get_attribute("name") == name or (name == "button" and focused.inner_text().startswith("Saada")):
            return
    pytest.fail(f"Tab never reached {name}")


@pytest.mark.parametrize("size", [DESK, NARROW])
def test_a_suggestion_by_keyboard_mended_after_a_fault(page_of: PageOf, database: str, size: tuple[int, int]) -> None:
    page = page_of(size)
    page.goto("/otsing?q=kratt")
    page.locator("main").get_by_role("link", name="soovita seda").press("Enter")
    tab_to(page, "aadress")
    page.keyboard.type("kyla.ee/kratid")
    tab_to(page, "epost")
    page.keyboard.type("mari@kyla")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Viga: ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Miks ja kellele")).to_be_focused()
    page.keyboard.type("Kratid on abiks.")
    tab_to(page, "epost")
    page.keyboard.press("Control+A")
    page.keyboard.type("mari@kyla.ee")
    tab_to(page, "button")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Aitäh, soovitus on kohal")
    page.reload()
    assert waiting(database) == ["Kratid on abiks."]


def test_a_report_by_keyboard_from_a_material(page_of: PageOf, database: str) -> None:
    page = page_of(DESK)
    page.goto("/materjal/kriisiplaan")
    page.locator("aside").get_by_role("link", name="Teata probleemist").press("Enter")
    assert page.locator(".lead").inner_text() == "Materjal: Küla kriisiplaan"
    tab_to(page, "pohjus")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Vale teema")).to_be_checked()
    tab_to(page, "tekst")
    page.keyboard.type("See on talgutest.")
    tab_to(page, "button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aitäh, teade on kohal")
    assert waiting(database) == ["See on talgutest."]


def test_sent_again_from_the_page_before_it_waits_once(page_of: PageOf, database: str) -> None:
    page = page_of(DESK)
    page.goto("/teata")
    for _ in range(2):
        page.get_by_label("Muu").check()
        page.get_by_label("Mis on valesti?").fill("Otsing ei leia kratti.")
        page.get_by_role("button", name="Saada teade").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Aitäh, teade on kohal")
        page.go_back()
    assert waiting(database) == ["Otsing ei leia kratti."]


@pytest.mark.parametrize("path", ["/soovita", "/teata", "/teata?id=kriisiplaan", "/soovita/aitah"])
def test_nothing_is_wider_than_a_small_phone(page_of: PageOf, path: str) -> None:
    page = page_of(NARROW)
    page.goto(path)
    assert page.locator("html").evaluate("page => page.scrollWidth") <= NARROW[0]
