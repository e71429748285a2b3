"""The site in a real browser, without a script on any page."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

MATERIAL = "/materjal/kaart-1"
GUIDE = "/kuidas-otsida"
DESK, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)

PageOf = Callable[[tuple[int, int]], Page]


def hits(page: Page) -> int:
    return page.locator("li.hit").count()


def test_search_filter_and_back_again(page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto("/")
    page.get_by_label("Otsi Aardekastist").fill("kriisiplaanide")
    page.get_by_role("button", name="Otsi").click()
    assert page.get_by_role("heading", level=1).inner_text() == "3 materjali otsingule „kriisiplaanide“"
    assert hits(page) == 3
    assert page.locator("mark", has_text="kriisiplaan").first.is_visible()

    page.get_by_label("Kogukond").check()
    page.get_by_role("button", name="Rakenda filtrid").click()
    assert hits(page) == 2
    assert "sihtruhm=kogukond" in page.url
    assert "alates" not in page.url

    page.get_by_role("link", name="Eemalda filter: Kogukond").click()
    assert hits(page) == 3

    page.go_back()
    assert hits(page) == 2
    assert page.get_by_label("Kogukond").is_checked()


def test_from_a_hit_to_its_page_and_back_to_the_search(page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto("/otsing?q=kriisiplaani&sihtruhm=kov")
    page.get_by_role("link", name="Kriisiplaani koostamine vallas").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kriisiplaani koostamine vallas"
    assert page.get_by_role("link", name="Ava juhend").get_attribute("href") == "https://naide.ee/2"
    page.get_by_role("link", name="Tagasi otsingusse").click()
    assert hits(page) == 1


def test_a_search_for_nothing_leads_on(page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto("/otsing?q=kogukonnaaed&sihtruhm=kov")
    assert "materjale ei leidunud" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Otsi ilma filtriteta").click()
    assert hits(page) == 1


def test_the_filters_open_on_a_phone(page_of: PageOf) -> None:
    page = page_of(PHONE)
    page.goto("/otsing?q=kriisiplaan")
    panel = page.get_by_role("heading", name="Filtrid")
    assert not panel.is_visible()
    page.get_by_role("link", name="Filtrid", exact=True).click()
    assert panel.is_visible()
    page.get_by_label("Kogemuslugu").check()
    page.get_by_role("button", name="Rakenda filtrid").click()
    assert hits(page) == 1
    assert not panel.is_visible()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_from_the_results_to_an_example_by_the_keyboard(size: tuple[int, int], page_of: PageOf) -> None:
    page = page_of(size)
    page.goto("/otsing?q=olematu")
    page.get_by_role("link", name="Kuidas otsida").first.press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "Kuidas otsida"
    example = page.get_by_role("link", name="kriisi*")
    box = example.bounding_box()
    assert box is not None
    assert box["height"] >= 24, "WCAG 2.2, 2.5.8"
    example.press("Enter")
    assert page.get_by_label("Otsi Aardekastist").input_value() == "kriisi*"
    assert hits(page) >= 3


def test_the_guide_is_whole_on_paper(page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto(GUIDE)
    page.emulate_media(media="print")
    assert page.get_by_text("kriisi*").is_visible()
    assert page.get_by_text("Tärn sõna lõpus").is_visible()
    assert not page.get_by_role("search").is_visible()


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK])
def test_nothing_scrolls_sideways(size: tuple[int, int], page_of: PageOf) -> None:
    page = page_of(size)
    for address in (
        "/",
        "/otsing?q=kriisiplaan",
        "/otsing?q=kriisiplaan#filtrid",
        "/otsing?q=olematu",
        MATERIAL,
        GUIDE,
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], address


def test_the_belt_the_letters_and_the_signs_are_drawn(page_of: PageOf) -> None:
    """A policy too strict would leave the page bare without failing anything else."""
    page = page_of(DESK)
    loaded = []
    page.on(
        "response", lambda response: loaded.append((urlsplit(response.url).path.rsplit("/", 1)[-1], response.status))
    )
    page.goto("/", wait_until="networkidle")
    assert {("kiri-latin.woff2", 200), ("belt-hanging.svg", 200), ("symbols.svg", 200)} <= set(loaded)
    assert {status for _, status in loaded} == {200}


def test_the_keyboard_reaches_the_contents_first(page_of: PageOf) -> None:
    page = page_of(DESK)
    for address in ("/", "/otsing?q=kriisiplaan", MATERIAL, GUIDE):
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Liigu sisu juurde"
        page.keyboard.press("Enter")
        assert page.locator(":target").get_attribute("id") == "sisu"
