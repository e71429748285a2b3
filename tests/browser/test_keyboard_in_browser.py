"""Every type of page by keyboard alone: the skip link, a focus that is always seen, no trap; forced colours."""

from collections.abc import Iterator

import pytest
from page_types import DESK, PAGE_TYPES, PHONE, PageType
from playwright.sync_api import Browser, Page, expect

MOST_STOPS = 140  # of one page; the results have a box for each value of a filter
# What has the focus: how it is drawn, and whether something lies over it or it stands outside of what is seen.
FOCUSED = """() => {
    const IN_FRAME = "in a frame";
    const e = document.activeElement;
    if (e === document.body) return null;
    if (e.tagName === "IFRAME") return IN_FRAME;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    e.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length + 1);
    return {
        stop: Number(e.dataset.stop),
        name: e.outerHTML.slice(0, 90),
        drawn: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 1 && box.bottom > 0 && box.top < innerHeight
            && (e.contains(over) || over?.contains(e) || over?.closest("label")?.contains(e)),
    };
}"""
IN_FRAME = "in a frame"
TABBABLE = """() => {
    const radios = new Set();
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
        .filter(e => e.checkVisibility() && e.tabIndex >= 0)
        .filter(e => e.type !== "radio" || (!radios.has(e.name) && radios.add(e.name))).length;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, whole_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=whole_site)
    yield context.new_page()
    context.close()


def show(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.mark.parametrize("kind", [kind for kind in PAGE_TYPES if not kind.is_sent], ids=lambda kind: kind.name)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_tab_reaches_everything_in_turn_shows_where_it_is_and_leaves(
    size: tuple[int, int], kind: PageType, page: Page
) -> None:
    show(page, size)
    kind.open(page)
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0); }")
    stops = 0
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused == IN_FRAME:  # which is a page of its own here
            continue
        if focused is None or (focused["stop"] <= stops):
            break
        stops += 1
        assert focused["stop"] == stops, "the focus goes on, never back"
        assert focused["drawn"], focused["name"]
        assert focused["seen"], focused["name"]
        if stops == 1 and "#" not in kind.path and not kind.is_frame:
            assert 'class="skip"' in focused["name"]
    else:
        pytest.fail("the focus never left the page")
    if "#" not in kind.path:
        assert stops == page.evaluate(TABBABLE)


@pytest.mark.parametrize("kind", PAGE_TYPES[:2], ids=lambda kind: kind.name)
def test_the_skip_link_leads_past_the_top(kind: PageType, page: Page) -> None:
    show(page, PHONE)
    kind.open(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_in_forced_colours_focus_boxes_and_buttons_keep_their_edges(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    show(page, DESK)
    page.goto("/otsing?q=kriisiplaan&sihtruhm=kogukond")
    button = page.locator(".find button").first
    assert button.evaluate("e => getComputedStyle(e).borderTopWidth") == "1px"
    box = page.get_by_role("checkbox", checked=True).first
    assert box.evaluate("e => getComputedStyle(e).appearance") == "auto", "drawn by the system, in its colours"
    box.focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED)["drawn"]
    assert not page.locator(".belt").is_visible()
    page.emulate_media(forced_colors="none")
