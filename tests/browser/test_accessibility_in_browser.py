"""axe-core finds nothing to complain of: on every type of page, in both themes, at both widths, in all languages."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_types import DESK, PAGE_TYPES, PHONE, PageType
from playwright.sync_api import Browser, Page

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What the theme changes is colour alone.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}

axe = Axe()


@pytest.fixture(scope="module")
def page(browser: Browser, whole_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=whole_site)
    yield context.new_page()
    context.close()


def complaints(page: Page, rules: dict[str, object]) -> list[str]:
    """What axe-core finds, each with its place."""
    found = axe.run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def show(page: Page, size: tuple[int, int], *, dark: bool) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if dark else "light")


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
def test_every_page_is_accessible_on_phone_and_desk_by_day_and_night(kind: PageType, page: Page) -> None:
    show(page, PHONE, dark=False)
    kind.open(page)
    found = {"phone by day": complaints(page, RULES)}
    show(page, PHONE, dark=True)
    found["phone by night"] = complaints(page, COLOURS)
    show(page, DESK, dark=True)
    found["desk by night"] = complaints(page, RULES)
    show(page, DESK, dark=False)
    found["desk by day"] = complaints(page, COLOURS)
    assert {place: them for place, them in found.items() if them} == {}


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
@pytest.mark.parametrize("prefix", ["/en", "/ru"])
def test_every_page_is_accessible_in_other_languages(prefix: str, kind: PageType, page: Page) -> None:
    show(page, PHONE, dark=False)
    kind.open(page, prefix)
    assert complaints(page, RULES) == []


def test_the_open_list_of_suggestions_is_accessible(page: Page) -> None:
    show(page, PHONE, dark=False)
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("kriisi")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert complaints(page, RULES) == []
    show(page, DESK, dark=True)
    assert complaints(page, COLOURS) == []
