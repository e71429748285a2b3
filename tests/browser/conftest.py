"""The site in a real browser: the system's Chromium, driven by Playwright."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import page_types
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import Searcher
from webapp import create_app, forms

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
)

CAME_BACK = "status of 422"  # Chromium tells its console of each form that came back with faults

PageOf = Callable[[tuple[int, int]], Page]


@dataclass
class Opened:
    """An engine that was opened already."""

    searcher: Searcher

    def open(self) -> Searcher:
        return self.searcher


def card(number: int, title: str, kind: str, audience: str, topic: str) -> Resource:
    return Resource(
        id=f"kaart-{number}",
        url=f"https://naide.ee/{number}",
        title=title,
        description="Kuidas küla ja vald koos kriisiks valmistuvad ning mida kumbki teeb.",
        publisher="Näidisküla selts",
        kind=kind,
        audiences=(audience,),
        topics=(topic,),
        language="et",
    )


CARDS = (
    card(1, "Küla kriisiplaan", "juhendmaterjal", "kogukond", "kriisivalmidus"),
    card(2, "Kriisiplaani koostamine vallas", "juhendmaterjal", "kov", "kriisivalmidus"),
    card(3, "Kuidas sündis meie kriisiplaan", "kogemuslugu", "kogukond", "kriisivalmidus"),
    replace(card(4, "Kogukonnaaed", "artikkel", "kogukond", "kogukonnaruum-kultuur"), published="2021"),
    card(5, "Kaasav eelarve", "artikkel", "kov", "kaasav-eelarve"),
    card(6, "Talgupäeva korraldamine", "artikkel", "kogukond", "vabatahtlikud"),
)


@pytest.fixture
def site(index_of: Callable[..., Searcher], vocabulary: Vocabulary) -> Iterator[str]:
    """The address of the real site, served by this process."""
    server = make_server("127.0.0.1", 0, create_app(Opened(index_of(*CARDS)), vocabulary), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Iterator[str]:
    """The address of the site that has a page of every type; its forms may be sent as fast as a browser can."""
    folder: Path = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch, page_types.served(folder, vocabulary) as address:
        patch.setattr(forms, "SHORTEST", 0)
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail(
            f"No browser to test with: install Chromium (apt-get install chromium), as one of {', '.join(NAMES)}."
        )
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


def pages(browser: Browser, site: str, *, script: bool) -> Iterator[PageOf]:
    """Opens pages of a size; no page may ask anything of another host, or break its own policy."""
    hosts: set[str | None] = set()
    said: list[str] = []
    context = browser.new_context(base_url=site, java_script_enabled=script, reduced_motion="reduce")
    context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    context.on("console", lambda message: said.append(message.text))

    def open_page(size: tuple[int, int]) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        return page

    yield open_page
    context.close()
    assert hosts == {"127.0.0.1"}
    assert [text for text in said if CAME_BACK not in text] == []


@pytest.fixture
def page_of(browser: Browser, site: str) -> Iterator[PageOf]:
    """Pages that run no script: all of the site works so."""
    yield from pages(browser, site, script=False)


@pytest.fixture
def scripted_page_of(browser: Browser, site: str) -> Iterator[PageOf]:
    """Pages that run their scripts."""
    yield from pages(browser, site, script=True)
