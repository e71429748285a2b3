"""Our frames in a page of somebody else: a theme that dresses everything, on a host that may and one that may not."""

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.request import urlopen

import page_types
import pytest
from axe_playwright_python.sync_playwright import Axe
from page_types import DESK, NARROW, PHONE, Silent
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from aardekast.vocabulary import Vocabulary
from webapp.embedded import EVENTS, KINDS, NEWEST, SEARCH

HOST_PAGE = Path(__file__).parent / "host_page.html"
MAY, MAY_NOT = "127.0.0.2", "127.0.0.3"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Where the page's own parts are and how they look, and what is wider than the page.
LAYOUT = """() => [...document.querySelectorAll("header, h1, #before, #after, .site")].map(e => {
    const { left, width } = e.getBoundingClientRect();
    const { color, fontFamily, fontSize, lineHeight } = getComputedStyle(e);
    return [e.tagName, left, width, color, fontFamily, fontSize, lineHeight];
}).concat([[document.documentElement.scrollWidth, window.aardekast, window.faults.length]])"""

axe = Axe()


@dataclass
class Hosts:
    """Pages of others by their path, at two addresses; and the address of our site."""

    pages: dict[str, str] = field(default_factory=dict)
    may: str = ""
    may_not: str = ""
    site: str = ""


@contextmanager
def host(address: str, pages: dict[str, str]) -> Iterator[str]:
    """A server of somebody else; its address."""

    @Request.application
    def answer(request: Request) -> Response:
        return Response(pages.get(request.path, ""), mimetype="text/html")

    server = make_server(address, 0, answer, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{address}:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def snippets(site: str, kind: str) -> list[str]:
    """The HTML to paste, framed and plain, as the site gives it."""
    with urlopen(f"{site}/lisa-oma-lehele?mis={kind}&arv=3") as answer:
        page = answer.read().decode()
    return [unescape(text) for text in re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)]


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Iterator[Hosts]:
    """`/`: nothing of ours; `/otsing` and the like: a frame; `/otsing-raamita`: plain HTML; `/leht`: a page of ours."""
    known = Hosts()
    with ExitStack() as stack:
        known.may = stack.enter_context(host(MAY, known.pages))
        known.may_not = stack.enter_context(host(MAY_NOT, known.pages))
        folder: Path = tmp_path_factory.mktemp("site")
        known.site = stack.enter_context(page_types.served(folder, vocabulary, known.may))
        template = HOST_PAGE.read_text("utf-8")
        known.pages["/"] = template
        known.pages["/leht"] = template.replace("<!-- here -->", f'<iframe src="{known.site}/" title="Leht"></iframe>')
        for kind in KINDS:
            frame, plain = snippets(known.site, kind)
            known.pages[f"/{kind}"] = template.replace("<!-- here -->", frame)
            known.pages[f"/{kind}-raamita"] = template.replace("<!-- here -->", plain)
        yield known


@pytest.fixture
def said() -> list[str]:
    """What the console was told."""
    return []


@pytest.fixture
def page(browser: Browser, said: list[str]) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    context.on("console", lambda message: said.append(message.text))
    yield context.new_page()
    context.close()


def show(page: Page, address: str, size: tuple[int, int] = DESK) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    for frame in page.locator("iframe").all():
        frame.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")


SHOWN = {SEARCH: "Otsi Aardekastist", NEWEST: "Uut Aardekastis", EVENTS: "Sündmused ja koolitused"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [DESK, PHONE, NARROW], ids=["desk", "phone", "narrow"])
def test_a_frame_works_and_leaves_its_host_as_it_was(
    page: Page, hosts: Hosts, said: list[str], kind: str, size: tuple[int, int]
) -> None:
    show(page, hosts.may, size)
    before = page.evaluate(LAYOUT)
    show(page, f"{hosts.may}/{kind}", size)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text(SHOWN[kind])
    assert page.evaluate(LAYOUT) == before
    inside = page.frames[1].evaluate(
        "[document.documentElement.scrollWidth <= innerWidth, document.documentElement.scrollHeight <= innerHeight,"
        " getComputedStyle(document.body).fontFamily.includes('Georgia'), document.scripts.length]"
    )
    assert inside == [True, True, False, 0]
    assert said == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", ["", "-raamita"], ids=["frame", "plain"])
def test_a_host_with_it_is_accessible(page: Page, hosts: Hosts, kind: str, ending: str) -> None:
    show(page, f"{hosts.may}/{kind}{ending}", PHONE)
    found = axe.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    assert [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]] == []


def test_a_search_by_keyboard_leaves_the_frame_for_the_site(page: Page, hosts: Hosts, said: list[str]) -> None:
    show(page, f"{hosts.may}/{SEARCH}")
    page.keyboard.press("Tab")  # the host's link
    page.keyboard.press("Tab")
    expect(page.frame_locator("iframe").get_by_role("searchbox", name="Otsi Aardekastist")).to_be_focused()
    page.keyboard.type("kriisiplaanide")
    page.keyboard.press("Tab")
    expect(page.frame_locator("iframe").get_by_role("button", name="Otsi")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{hosts.site}/otsing?q=kriisiplaanide")
    expect(page.get_by_role("heading", level=1)).to_contain_text("otsingule „kriisiplaanide“")
    assert said == []


def test_the_keyboard_passes_through_a_list_and_out_again(page: Page, hosts: Hosts) -> None:
    show(page, f"{hosts.may}/{NEWEST}")
    page.keyboard.press("Tab")
    links = page.frame_locator("iframe").get_by_role("link")
    assert links.count() == 4
    for number in range(4):
        page.keyboard.press("Tab")
        expect(links.nth(number)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Tagasi")).to_be_focused()


@pytest.mark.parametrize("kind", [NEWEST, EVENTS])
def test_a_link_of_a_list_opens_in_place_of_the_host(page: Page, hosts: Hosts, kind: str) -> None:
    show(page, f"{hosts.may}/{kind}", PHONE)
    link = page.frame_locator("iframe").get_by_role("listitem").first.get_by_role("link")
    title = link.inner_text()
    link.click()
    page.wait_for_url(f"{hosts.site}/materjal/*")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize("kind", KINDS)
def test_a_host_that_is_not_named_is_refused(page: Page, hosts: Hosts, said: list[str], kind: str) -> None:
    show(page, f"{hosts.may_not}/{kind}")
    assert page.frames[1].url.startswith("chrome-error://")
    assert any("frame-ancestors" in text for text in said)


def test_no_other_page_is_framed_even_by_a_host_that_is_named(page: Page, hosts: Hosts, said: list[str]) -> None:
    show(page, f"{hosts.may}/leht")
    assert page.frames[1].url.startswith("chrome-error://")
    assert any("frame-ancestors 'none'" in text for text in said)


@pytest.mark.parametrize("kind", KINDS)
def test_plain_html_works_on_every_host(page: Page, hosts: Hosts, said: list[str], kind: str) -> None:
    show(page, f"{hosts.may_not}/{kind}-raamita", NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    main = page.get_by_role("main")
    if kind == SEARCH:
        main.get_by_role("searchbox", name="Otsi Aardekastist").fill("kriisiplaan")
        main.get_by_role("button", name="Otsi").click()
        page.wait_for_url(f"{hosts.site}/otsing?q=kriisiplaan")
    else:
        main.get_by_role("listitem").first.get_by_role("link").click()
        page.wait_for_url(f"{hosts.site}/materjal/*")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert said == []


def test_the_page_shows_what_was_chosen_without_a_script(browser: Browser, hosts: Hosts) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{hosts.site}/mis-on-aardekast")
    page.get_by_role("main").get_by_role("link", name="Näita oma veebilehel").click()
    page.get_by_label("Mida lisada").select_option(label="Uued materjalid")
    page.get_by_label("Uute materjalide teema").select_option(label="Kaasav eelarve")
    page.get_by_label("Mitu reas").select_option(label="2")
    page.get_by_role("button", name="Näita").click()
    assert page.url.endswith("/lisa-oma-lehele?mis=uusimad&teema=kaasav-eelarve&sihtruhm=&arv=2&varvid=")
    framed = page.get_by_label("Raam (iframe)", exact=True).input_value()
    assert f'src="{hosts.site}/embed/uusimad?teema=kaasav-eelarve&amp;arv=2"' in framed
    expect(page.frame_locator("iframe").get_by_role("heading")).to_have_text("Uut Aardekastis: Kaasav eelarve")
    assert hosts.may.removeprefix("http://") in page.get_by_role("main").inner_text()
    context.close()


def test_a_frame_is_dark_where_the_device_is_unless_it_was_told_to_stay_light(page: Page, hosts: Hosts) -> None:
    colours = []
    for scheme, query in (("light", ""), ("dark", ""), ("dark", "?varvid=heledad")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"{hosts.site}/embed/otsing{query}")
        colours.append(page.evaluate("getComputedStyle(document.body).color"))
    assert colours[0] == colours[2] != colours[1]
