"""Screenshots for the README: docs/screenshots/*.png, from the site over the index in AARDEKAST_HOME.

    python tools/screenshots.py [FOLDER]

Needs Chromium and Playwright; nothing is asked of the network.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from aardekast.settings import Settings
from webapp import app_from_settings

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
)
PAGES = {
    "front": "/",
    "results": "/otsing?q=külade+kriisiplaanid&sihtruhm=kogukond",
    "topic": "/teema/kriisivalmidus",
    "events": "/sundmused",
    "news": "/uudised",
    "nothing": "/otsing?q=kogukonnapraktika&sihtruhm=kov&teema=kaasav-eelarve",
}
SHOTS = [(name, width, "") for name in (*PAGES, "resource") for width in (1280, 390)] + [("front", 1280, "-dark")]
TALLEST = {1280: 1600, 390: 1500}  # pixels; what stands below is more of the same


class Silent(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - its name there
        """Nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The address of the site while it is served."""
    server = make_server("127.0.0.1", 0, app_from_settings(Settings.load()), threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def take(browser: Browser, address: str, target: Path, width: int, scheme: str) -> None:
    """One screenshot of a page, as tall as the page but no taller than TALLEST."""
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme else "light",
        java_script_enabled=False,
    )
    page.goto(address, wait_until="networkidle")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, TALLEST[width])})
    page.screenshot(path=target)
    page.close()


def first_resource(browser: Browser, address: str) -> str:
    """The address of the first hit's page."""
    page = browser.new_page()
    page.goto(address)
    link = page.locator("li.hit h2 a").first.get_attribute("href")
    page.close()
    if link is None:
        sys.exit("The index has nothing to show; run 'aardekast index' first.")
    return link


def main() -> None:
    """Make them all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        sys.exit(f"Install Chromium first; it is looked for as {', '.join(CHROMIUM)}.")
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        pages = PAGES | {"resource": first_resource(browser, site + PAGES["results"])}
        for name, width, scheme in SHOTS:
            take(browser, site + pages[name], folder / f"{name}-{width}{scheme}.png", width, scheme)
        browser.close()


if __name__ == "__main__":
    main()
