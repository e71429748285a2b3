"""Every type of page on narrow screens, with wide text, in forced colours, without motion and on paper."""

from collections.abc import Iterator

import pytest
from page_types import DESK, NARROW, PAGE_TYPES, PHONE, PageType
from playwright.sync_api import Browser, Page

WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 90))"""
# WCAG 1.4.12, set one by one: the policy of the site forbids sheets of others.
SPACE = """() => { for (const { style } of document.querySelectorAll("*")) {
    style.lineHeight = "1.5"; style.letterSpacing = ".12em"; style.wordSpacing = ".16em";
} for (const { style } of document.querySelectorAll("p")) style.marginBottom = "2em"; }"""
# What is cut off: text that is higher or wider than its box, which hides what does not fit.
CUT = """() => [...document.querySelectorAll("body *")].filter(e => {
    const style = getComputedStyle(e);
    return style.overflow !== "visible" && style.clipPath === "none" && e.clientWidth > 1
        && !e.matches("input, textarea, select") && !e.closest("[aria-hidden]")
        && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 90))"""
MOVES = """() => [...document.querySelectorAll("*")].filter(e => {
    const style = getComputedStyle(e);
    return style.transitionDuration !== "0s" || style.animationName !== "none" || style.scrollBehavior !== "auto";
}).length"""
# Targets that are smaller than 24 px (WCAG 2.5.8), outside of sentences and not hidden.
SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")].filter(e => {
    const box = e.getBoundingClientRect();
    const line = getComputedStyle(e.parentElement).display === "block" && e.parentElement.textContent !== e.textContent;
    return e.checkVisibility() && box.width > 1 && !e.matches(".skip")
        && !(line && getComputedStyle(e).display === "inline")
        && Math.min(box.width, box.height) < 23.9 && !e.closest("label");
}).map(e => e.outerHTML.slice(0, 120))"""
NO_ADDRESS = """() => [...document.querySelectorAll("main a[href^='http']")].filter(e => e.checkVisibility())
  .filter(e => !getComputedStyle(e, "::after").content.includes(e.getAttribute("href")))
  .map(e => e.outerHTML.slice(0, 90))"""
COLOURS = """() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return [color, backgroundColor];
}"""
NOT_FOR_PAPER = ".belt, .skip, .top nav, .bar, .find, .filters, .chips, .tools, .pages, .foot ul, main button"


@pytest.fixture(scope="module")
def page(browser: Browser, whole_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=whole_site, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def show(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
def test_every_page_fits_narrow_screens_wide_text_and_paper(kind: PageType, page: Page) -> None:
    page.emulate_media(media="screen")
    show(page, NARROW)
    kind.open(page)
    assert page.evaluate(WIDER) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(MOVES) == 0
    page.evaluate(SPACE)
    assert page.evaluate(WIDER) == []
    assert page.evaluate(CUT) == []
    show(page, DESK)
    assert page.evaluate(WIDER) == []
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
def test_paper_shows_the_addresses_of_links_and_nothing_to_press(kind: PageType, page: Page) -> None:
    page.emulate_media(media="screen")
    show(page, PHONE)
    kind.open(page)
    page.emulate_media(media="print", color_scheme="dark")
    shown = [found for found in page.locator(NOT_FOR_PAPER).all() if found.is_visible()]
    assert [found.evaluate("e => e.outerHTML.slice(0, 90)") for found in shown] == []
    assert page.evaluate(NO_ADDRESS) == []
    assert page.evaluate(COLOURS) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    page.emulate_media(media="screen", color_scheme="light")
