"""Completions of the search box: a combobox by keyboard, mouse and screen reader."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

DESK, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)

PageOf = Callable[[tuple[int, int]], Page]


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Otsi Aardekastist")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Pakkumised").get_by_role("option")


def typed(page: Page, text: str) -> Locator:
    """The options after a text was typed into the box."""
    box(page).press_sequentially(text)
    expect(options(page).first).to_be_visible()
    return options(page)


def test_arrows_choose_and_enter_opens(scripted_page_of: PageOf) -> None:
    page = scripted_page_of(DESK)
    page.goto("/")
    offered = typed(page, "küla kriis")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[aria-activedescendant]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(offered.first).to_have_attribute("aria-selected", "true")
    assert box(page).get_attribute("aria-activedescendant") == offered.first.get_attribute("id")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("küla kriis")
    page.keyboard.press("Enter")
    page.wait_for_url("**/materjal/kaart-1")


def test_enter_without_a_choice_searches_what_was_typed(scripted_page_of: PageOf) -> None:
    page = scripted_page_of(DESK)
    page.goto("/")
    typed(page, "kriis")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[aria-activedescendant]")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/otsing?q=kriis")


def test_arrows_go_round_and_back_into_the_box(scripted_page_of: PageOf) -> None:
    page = scripted_page_of(DESK)
    page.goto("/")
    offered = typed(page, "kriisi")
    page.keyboard.press("ArrowUp")
    expect(offered.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)


@pytest.mark.parametrize("key", ["Escape", "Tab"])
def test_leaving_closes_and_chooses_nothing(key: str, scripted_page_of: PageOf) -> None:
    page = scripted_page_of(DESK)
    page.goto("/")
    typed(page, "kriisi")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(key)
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("kriisi")
    assert urlsplit(page.url).path == "/"


def test_a_topic_is_opened_by_mouse(scripted_page_of: PageOf) -> None:
    page = scripted_page_of(PHONE)
    page.goto("/otsing?q=aed")
    box(page).fill("")
    typed(page, "kriisival").filter(has_text="teema").click()
    page.wait_for_url("**/otsing?teema=kriisivalmidus")


def test_says_how_many_there_are(scripted_page_of: PageOf) -> None:
    page = scripted_page_of(DESK)
    page.goto("/")
    count = typed(page, "kriisi").count()
    expect(page.get_by_role("status")).to_have_text(f"{count} pakkumist, liigu nooleklahvidega")


def test_one_letter_and_what_nothing_begins_with_offer_nothing(scripted_page_of: PageOf) -> None:
    page = scripted_page_of(DESK)
    page.goto("/")
    typed(page, "kr")
    page.keyboard.press("Backspace")
    expect(options(page)).to_have_count(0)
    typed(page, "r")
    box(page).press_sequentially("xyz")
    expect(options(page)).to_have_count(0)


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK])
def test_offers_fit_and_are_not_cut_off(size: tuple[int, int], scripted_page_of: PageOf) -> None:
    page = scripted_page_of(size)
    for address in ("/", "/kuidas-otsida"):
        page.goto(address)
        offered = typed(page, "kriisi")
        offered.last.scroll_into_view_if_needed()
        last = offered.last.bounding_box()
        assert last is not None
        assert last["height"] >= 44
        middle = [last["x"] + last["width"] / 2, last["y"] + last["height"] / 2]
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('[role=option]') !== null", middle)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
