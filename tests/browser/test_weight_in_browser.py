"""What a first visit to a page of each type costs and leaves behind, as Chromium counts it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from page_types import PAGE_TYPES, PHONE, PageType
from playwright.sync_api import Browser, BrowserContext, Request

HEAVIEST = 60_000  # bytes of all bodies and their headers, as they come over the wire
# The page, the sheet, two scripts, drawings, belt, icon, letters, perhaps Cyrillic, š and ž, a frame, its sheet.
MOST_REQUESTS = 11
KEPT = "localStorage.length + sessionStorage.length"

Visit = tuple[BrowserContext, list[Request]]


@pytest.fixture
def visit(browser: Browser, whole_site: str) -> Iterator[Visit]:
    """Somebody who was never here, and what their browser asks for."""
    context = browser.new_context(base_url=whole_site, viewport={"width": PHONE[0], "height": PHONE[1]})
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    context.on("request", note)
    yield context, asked
    context.close()


@pytest.mark.parametrize("kind", [kind for kind in PAGE_TYPES if not kind.is_sent], ids=lambda kind: kind.name)
@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_first_visit_is_light_asks_nobody_else_and_leaves_nothing(prefix: str, kind: PageType, visit: Visit) -> None:
    context, asked = visit
    page = context.new_page()
    kind.open(page, prefix)
    page.wait_for_load_state("networkidle")
    sizes = {urlsplit(request.url).path: request.sizes() for request in asked}
    bodies = {path: size["responseBodySize"] for path, size in sizes.items()}
    headers = sum(size["responseHeadersSize"] for size in sizes.values())
    assert sum(bodies.values()) + headers < HEAVIEST, bodies
    assert len(asked) <= MOST_REQUESTS, sorted(bodies)
    assert {urlsplit(request.url).hostname for request in asked} == {"127.0.0.1"}
    assert context.cookies() == []
    assert page.evaluate(KEPT) == 0
