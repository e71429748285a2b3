"""Screenshots of every type of page, phone and desk, by day and by night; the index is AARDEKAST_HOME's.

    python tools/screenshots.py [FOLDER]

All of them go to FOLDER (else var/screenshots), to be looked at; the few that the README shows to docs/screenshots.
Needs Chromium and Playwright; nothing is asked of the network.
"""

from __future__ import annotations

import base64
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from aardekast.settings import Settings
from webapp import app_from_settings

REPOSITORY = Path(__file__).parents[1]
FOLDER = REPOSITORY / "var" / "screenshots"
SHOWN = REPOSITORY / "docs" / "screenshots"
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
    "filters": "/otsing?q=külade+kriisiplaanid&sihtruhm=kogukond#filtrid",
    "all": "/otsing?leht=2",
    "nothing": "/otsing?q=kogukonnapraktika&sihtruhm=kov&teema=kaasav-eelarve",
    "topic": "/teema/kriisivalmidus",
    "kind": "/liik/juhendmaterjal",
    "audience": "/sihtruhm/kogukond",
    "county": "/maakond/voru",
    "publisher": "/valjaandja/kogukonnaveeb",
    "events": "/sundmused",
    "news": "/uudised",
    "suggest": "/soovita",
    "report": "/teata",
    "thanks": "/soovita/aitah",
    "alert": "/teavita?q=külade+kriisiplaanid&sihtruhm=kogukond",
    "alert-wished": "/teavita/aitah",
    "alert-late": "/teavita/kinnita",
    "guide": "/kuidas-otsida",
    "about": "/mis-on-aardekast",
    "api": "/api/",
    "api-fields": "/api/valjad",
    "accessibility": "/ligipaasetavus",
    "privacy": "/privaatsus",
    "embed": "/lisa-oma-lehele?teema=kaasamine&arv=3",
    "frame-search": "/embed/otsing",
    "frame-newest": "/embed/uusimad?teema=kaasamine&arv=3",
    "frame-events": "/embed/sundmused",
    "missing": "/seda-lehte-ei-ole",
    "front-ru": "/ru/",
    "results-en": "/en/otsing?q=participatory+budgeting",
}
SENT = {
    "suggest-faults": "/soovita",
    "report-faults": "/teata",
    "alert-faults": "/teavita",
}  # forms that are sent empty and come back
# A site that could send mails has pages on them; none is sent here.
MAIL = {"smtp_url": "smtp://127.0.0.1:1", "mail_from": "aardekast@kyla.ee", "public_url": "https://aardekast.kyla.ee/"}
SOONEST = 3500  # ms; a form that comes sooner is taken for a robot's
WIDTHS = (1280, 390)
SCHEMES: dict[str, Literal["light", "dark"]] = {"": "light", "-dark": "dark"}
README = ("front-1280", "results-1280", "resource-1280-dark", "front-390", "results-390", "topic-390-dark")
TALLEST = {1280: 960, 390: 1200}  # pixels of those in the README; what stands below is more of the same
QUALITY = 80  # of WebP; letters are still sharp, and each picture stays below 150 kB


class Silent(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - its name there
        """Nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The address of the site while it is served."""
    server = make_server(
        "127.0.0.1", 0, app_from_settings(Settings.load(**MAIL)), threaded=True, request_handler=Silent
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def take(browser: Browser, address: str, name: str, folder: Path, *, is_sent: bool) -> None:
    """A page at both widths in both themes; what the README shows is no taller than TALLEST and goes there, too."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(address, wait_until="networkidle")
    if is_sent:
        page.wait_for_timeout(SOONEST)
        page.locator("main form button").click()
    for width in WIDTHS:
        for suffix, scheme in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            file = f"{name}-{width}{suffix}"
            page.screenshot(path=folder / f"{file}.png", full_page=True)
            if file in README:
                picture(page, width, SHOWN / f"{file}.webp")
    page.close()


def picture(page: Page, width: int, target: Path) -> None:
    """What stands at the top of a page, as WebP: less than half of a PNG of the same letters."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, TALLEST[width])})
    session = page.context.new_cdp_session(page)
    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    target.write_bytes(base64.b64decode(shot["data"]))


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
    for each in (folder, SHOWN):
        each.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        sys.exit(f"Install Chromium first; it is looked for as {', '.join(CHROMIUM)}.")
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        pages = PAGES | SENT | {"resource": first_resource(browser, site + PAGES["results"])}
        for name, path in pages.items():
            take(browser, site + path, name, folder, is_sent=name in SENT)
        browser.close()


if __name__ == "__main__":
    main()
