"""Filters that apply as soon as one is ticked, and the button where no script runs."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

DESK, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)
SEARCH = "/otsing?q=kriisiplaan"

PageOf = Callable[[tuple[int, int]], Page]


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("checkbox", name=label)


def asked(page: Page) -> dict[str, list[str]]:
    """The query string of the address."""
    return parse_qs(urlsplit(page.url).query)


def open_panel(page: Page) -> None:
    """On a phone the filters stand behind a link; on a desk they stand beside."""
    link = page.get_by_role("link", name="Filtrid", exact=True)
    if link.is_visible():
        link.click()


@pytest.fixture
def opened(scripted_page_of: PageOf) -> Callable[[tuple[int, int], str], Page]:
    """A page of results with its filters in sight; one that is loaded anew forgets its mark."""

    def open_results(size: tuple[int, int], address: str = SEARCH) -> Page:
        page = scripted_page_of(size)
        page.goto(address)
        open_panel(page)
        page.evaluate("window.isSame = true")
        return page

    return open_results


Opened = Callable[..., Page]


@pytest.mark.parametrize("size", [DESK, PHONE, NARROW])
def test_a_tick_applies_at_once_and_keeps_focus_and_place(size: tuple[int, int], opened: Opened) -> None:
    page = opened(size)
    ticked = box(page, "Kogukond")
    ticked.scroll_into_view_if_needed()
    ticked.focus()
    before = ticked.bounding_box()
    page.keyboard.press("Space")
    expect(heading(page)).to_have_text("2 materjali otsingule „kriisiplaan“")
    expect(ticked).to_be_focused()
    expect(ticked).to_be_checked()
    assert before
    after = ticked.bounding_box()
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=1)
    assert asked(page) == {"q": ["kriisiplaan"], "sihtruhm": ["kogukond"]}
    assert page.title().startswith("kriisiplaan – 2 materjali")
    assert page.evaluate("window.isSame")


def test_a_tick_far_down_stays_where_it_is_although_the_groups_above_change(opened: Opened) -> None:
    page = opened((1280, 500), "/otsing")
    ticked = box(page, "Kogemuslugu")
    page.evaluate("window.scrollTo(0, 400)")  # at once: a wheel scrolls on while it is measured
    ticked.focus()
    before = ticked.evaluate("one => one.getBoundingClientRect().top")
    groups = page.locator(".filters fieldset").count()
    page.keyboard.press("Space")
    expect(heading(page)).to_have_text("Kogemuslugu: 1 materjal")
    assert page.locator(".filters fieldset").count() < groups
    assert ticked.evaluate("one => one.getBoundingClientRect().top") == pytest.approx(before, abs=1)
    expect(ticked).to_be_focused()


def test_the_counts_of_the_other_groups_follow(opened: Opened) -> None:
    page = opened(DESK)
    expect(page.locator("label", has_text="Juhendmaterjal")).to_contain_text("2")
    box(page, "Kohalik omavalitsus").check()
    expect(heading(page)).to_have_text("1 materjal otsingule „kriisiplaan“")
    expect(box(page, "Kogemuslugu")).to_have_count(0)
    expect(box(page, "Kogukond")).to_be_visible()


def test_several_are_chosen_one_after_the_other(opened: Opened) -> None:
    page = opened(DESK, "/otsing")
    box(page, "Kogukond").check()
    box(page, "Kohalik omavalitsus").check()
    box(page, "Artikkel").check()
    expect(heading(page)).to_have_text("3 materjali")
    assert asked(page) == {"sihtruhm": ["kogukond", "kov"], "liik": ["artikkel"]}
    expect(page.locator(".chip:not(.off)")).to_have_count(3)


def test_the_number_of_hits_is_said(opened: Opened) -> None:
    page = opened(DESK)
    said = page.locator(".filters + [role=status]")
    expect(said).to_be_empty()
    box(page, "Kogukond").check()
    expect(said).to_have_text("2 materjali")
    assert page.locator("#tulemused [role=status]").count() == 0, "it would be said twice"


def test_back_and_forward_go_through_what_was_chosen(opened: Opened) -> None:
    page = opened(DESK)
    box(page, "Kogukond").check()
    expect(heading(page)).to_have_text("2 materjali otsingule „kriisiplaan“")
    box(page, "Kogemuslugu").check()
    expect(heading(page)).to_have_text("1 materjal otsingule „kriisiplaan“")
    page.go_back()
    expect(heading(page)).to_have_text("2 materjali otsingule „kriisiplaan“")
    expect(box(page, "Kogukond")).to_be_checked()
    expect(box(page, "Kogemuslugu")).not_to_be_checked()
    page.go_back()
    expect(heading(page)).to_have_text("3 materjali otsingule „kriisiplaan“")
    expect(box(page, "Kogukond")).not_to_be_checked()
    assert asked(page) == {"q": ["kriisiplaan"]}
    page.go_forward()
    expect(heading(page)).to_have_text("2 materjali otsingule „kriisiplaan“")
    assert page.evaluate("window.isSame")


def test_back_from_a_hit_finds_the_filters_as_they_were(opened: Opened) -> None:
    page = opened(DESK)
    box(page, "Kogemuslugu").check()
    expect(heading(page)).to_have_text("1 materjal otsingule „kriisiplaan“")
    page.get_by_role("link", name="Kuidas sündis meie kriisiplaan").first.click()
    expect(heading(page)).to_have_text("Kuidas sündis meie kriisiplaan")
    page.go_back()
    expect(heading(page)).to_have_text("1 materjal otsingule „kriisiplaan“")
    expect(box(page, "Kogemuslugu")).to_be_checked()
    page.go_back()
    expect(heading(page)).to_have_text("3 materjali otsingule „kriisiplaan“")
    expect(box(page, "Kogemuslugu")).not_to_be_checked()


@pytest.mark.parametrize("size", [PHONE, NARROW])
def test_the_panel_of_a_phone_stays_open_until_its_button(size: tuple[int, int], opened: Opened) -> None:
    page = opened(size)
    box(page, "Kogukond").check()
    button = page.get_by_role("button", name="Näita 2 materjali")
    expect(button).to_be_visible()
    box(page, "Kogemuslugu").check()
    page.get_by_role("button", name="Näita 1 materjal", exact=True).click()
    expect(box(page, "Kogukond")).to_be_hidden()
    expect(heading(page)).to_be_in_viewport()
    expect(page.locator("li.hit")).to_have_count(1)
    assert page.evaluate("window.isSame")


def test_years_apply_when_the_field_is_left_or_enter_is_pressed(opened: Opened) -> None:
    page = opened(DESK, "/otsing")
    page.get_by_label("Alates").fill("2021")
    page.keyboard.press("Tab")
    expect(heading(page)).to_have_text("Alates 2021: 1 materjal")
    expect(page.get_by_label("Kuni")).to_be_focused()
    page.keyboard.type("2020")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vahetasime need ära")).to_be_visible()
    expect(page.get_by_label("Alates")).to_have_value("2020")
    expect(page.get_by_label("Kuni")).to_have_value("2021")
    assert asked(page) == {"aasta": ["2020..2021"]}


def test_nothing_found_keeps_the_filters_and_the_focus(opened: Opened) -> None:
    page = opened(DESK, "/otsing?aasta=2020..")
    first = page.get_by_label("Alates")
    first.fill("2026")
    first.press("Enter")
    expect(heading(page)).to_have_text("Nende filtritega materjale ei leidunud")
    expect(first).to_be_focused()
    first.fill("2021")
    first.press("Enter")
    expect(heading(page)).to_have_text("Alates 2021: 1 materjal")
    assert page.evaluate("window.isSame")


def test_an_answer_that_comes_late_is_not_shown(opened: Opened) -> None:
    page = opened(DESK)
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/otsing?q=kriisiplaan&sihtruhm=kogukond", hold)
    box(page, "Kogukond").check()
    expect(page.locator("#tulemused")).to_have_attribute("aria-busy", "true")
    box(page, "Kohalik omavalitsus").check()
    expect(page.locator(".chip:not(.off)")).to_have_count(2)
    assert len(late) == 1
    expect(page.locator("#tulemused")).not_to_have_attribute("aria-busy", "true")
    assert asked(page)["sihtruhm"] == ["kogukond", "kov"]


def test_when_the_answer_is_no_page_of_results_the_form_is_sent(opened: Opened) -> None:
    def unlike(route: Route) -> None:
        if route.request.resource_type == "fetch":
            route.fulfill(body="<title>Vahendaja ütleb midagi muud</title>")
        else:
            route.continue_()

    page = opened(DESK)
    page.route("**/otsing?*", unlike)
    box(page, "Kogukond").check()
    expect(heading(page)).to_have_text("2 materjali otsingule „kriisiplaan“")
    assert asked(page)["sihtruhm"] == ["kogukond"]
    assert not page.evaluate("window.isSame ?? false")


def test_the_other_languages_keep_the_filters(opened: Opened) -> None:
    page = opened(DESK)
    box(page, "Kogukond").check()
    expect(heading(page)).to_have_text("2 materjali otsingule „kriisiplaan“")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("checkbox", name="Community")).to_be_checked()


def test_nothing_lies_over_a_checkbox_beside_the_results(page_of: PageOf, scripted_page_of: PageOf) -> None:
    for page in (page_of(DESK), scripted_page_of(DESK)):
        page.goto("/otsing")
        button = page.locator(".apply button")
        assert button.is_visible() == (page.locator(".filters.live").count() == 0)
        assert page.locator(".apply").evaluate("one => getComputedStyle(one).position") == "static"


def test_without_a_script_the_button_applies_by_the_keyboard(page_of: PageOf) -> None:
    page = page_of(NARROW)
    page.goto(SEARCH)
    page.get_by_role("link", name="Filtrid", exact=True).press("Enter")
    box(page, "Kogukond").press("Space")
    expect(heading(page)).to_have_text("3 materjali otsingule „kriisiplaan“")
    page.get_by_role("button", name="Rakenda filtrid").press("Enter")
    expect(heading(page)).to_have_text("2 materjali otsingule „kriisiplaan“")
    expect(page.get_by_role("link", name="Eemalda filter: Kogukond")).to_be_visible()
