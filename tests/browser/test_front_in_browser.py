"""From the front page to what each audience seeks, and out of a search that found nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

DESK, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)
DOOR = "Kogukond"

PageOf = Callable[[tuple[int, int]], Page]


@pytest.mark.parametrize("size", [DESK, NARROW])
def test_from_a_door_to_good_practice_in_one_click(size: tuple[int, int], page_of: PageOf) -> None:
    page = page_of(size)
    page.goto("/")
    door = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=DOOR, exact=True))
    door.get_by_role("link", name="häid praktikaid").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 materjal")
    expect(page.locator("li.hit").get_by_role("link", name="Kuidas sündis meie kriisiplaan").first).to_be_visible()
    expect(page.get_by_role("link", name="Eemalda filter: Kogukond")).to_be_visible()
    expect(page.get_by_role("link", name="Eemalda filter: Kogemuslugu")).to_be_visible()


def test_the_doors_are_walked_by_the_keyboard(scripted_page_of: PageOf) -> None:
    page = scripted_page_of(NARROW)
    page.goto("/")
    page.get_by_role("link", name=DOOR, exact=True).focus()
    reached = []
    for _ in range(2):
        page.keyboard.press("Tab")
        reached.append(page.locator(":focus").inner_text())
    assert reached == ["häid praktikaid", "juhendmaterjale"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/otsing?sihtruhm=kogukond&liik=juhendmaterjal")
    expect(page.locator("li.hit")).to_have_count(1)


@pytest.mark.parametrize("size", [PHONE, NARROW])
def test_what_is_sought_is_large_enough_for_a_finger(size: tuple[int, int], page_of: PageOf) -> None:
    page = page_of(size)
    page.goto("/")
    links = page.locator(".sought a")
    assert links.count() == 3
    for link in links.all():
        box = link.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("size", [DESK, NARROW])
def test_out_of_nothing_by_the_filter_that_is_too_much(size: tuple[int, int], scripted_page_of: PageOf) -> None:
    page = scripted_page_of(size)
    page.goto("/otsing?sihtruhm=kov&teema=vabatahtlikud")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nende filtritega materjale ei leidunud")
    way = page.get_by_role("listitem").filter(has_text="Otsi ilma filtrita „Kohalik omavalitsus“")
    expect(way).to_contain_text("1 materjal")
    way.get_by_role("link").press("Enter")
    expect(page.locator("li.hit")).to_have_count(1)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nende filtritega materjale ei leidunud")


def test_out_of_nothing_by_unticking(scripted_page_of: PageOf) -> None:
    page = scripted_page_of(DESK)
    page.goto("/otsing?sihtruhm=kov&teema=vabatahtlikud")
    ticked = page.get_by_role("checkbox", name="Vabatahtlik tegevus")
    ticked.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kohalik omavalitsus: 2 materjali")
    expect(ticked).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nende filtritega materjale ei leidunud")
