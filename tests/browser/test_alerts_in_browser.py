"""A saved search in a real browser: from the results to the mail, its link, new material, and the link that leaves."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from mailhost import PATIENCE, MailHost, mail_host
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from aardekast.catalogue import alerts as kept
from aardekast.inbox import CatalogueInbox, opened_alerts
from aardekast.mailserver import MailServer
from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import ResourceList, engine_at
from webapp import create_app, forms
from webapp.alerts import Desk, Sender
from webapp.alerts.sending import send_round
from webapp.letterbox import Letterbox

DESK, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)
KEY = b"voti-millega-allkirjastada"
PageOf = Callable[[tuple[int, int]], Page]


def card(number: int, title: str, **fields: object) -> Resource:
    known: dict[str, object] = {
        "id": f"kaart-{number}",
        "url": f"https://naide.ee/{number}",
        "title": title,
        "description": "Kuidas küla ja vald koos kriisiks valmistuvad ning mida kumbki teeb. " * 3,
        "publisher": "Näidisküla selts",
        "kind": "juhendmaterjal",
        "format": "pdf",
        "pages": 62,
        "published": "2024-05",
        "language": "et",
    }
    return Resource(**(known | fields))  # type: ignore[arg-type]


@dataclass
class Post:
    """The mails that came, and the site as a timer sees it."""

    host: MailHost
    folder: Path
    vocabulary: Vocabulary
    site: str = ""
    app: Flask | None = None
    resources: list[Resource] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        assert self.app is not None
        desk: Desk = self.app.extensions["aardekast.alerts"]
        return desk

    def index(self, *resources: Resource) -> None:
        self.resources += resources
        engine_at(self.folder / "index", self.vocabulary).update(
            ResourceList(self.resources, revision=len(self.resources))
        )

    def send(self, now: datetime) -> None:
        assert self.app is not None
        send_round(self.app, self.desk, engine_at(self.folder / "index", self.vocabulary).open(), now)

    def last(self) -> EmailMessage:
        assert self.app is not None
        assert self.app.extensions["aardekast.postman"].wait(PATIENCE)
        return self.host.mails[-1]


@pytest.fixture
def post(tmp_path: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """The site, served; its mails link to it."""
    monkeypatch.setattr(forms, "SHORTEST", 0)
    database = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    with mail_host() as host:
        post = Post(host, tmp_path, vocabulary)
        post.index(card(1, "Küla kriisiplaan"))

        def answer(*call: Any) -> Any:  # by the app, whose mails must know where the server is
            assert post.app is not None
            return post.app(*call)

        server = make_server("127.0.0.1", 0, answer, threaded=True)
        post.site = f"http://127.0.0.1:{server.port}"
        sender = Sender(
            server=MailServer(host="127.0.0.1", port=host.port),
            address="aardekast@kyla.ee",
            public_url=f"{post.site}/",
        )
        post.app = create_app(
            engine_at(tmp_path / "index", vocabulary),
            vocabulary,
            letterbox=Letterbox(CatalogueInbox(database), KEY),
            alerts=Desk(book=lambda: opened_alerts(database), key=KEY, sender=sender),
        )
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield post
        server.shutdown()
        thread.join()
        server.server_close()
        post.app.extensions["aardekast.postman"].close()


@pytest.fixture
def site(post: Post) -> str:
    return post.site


def show_mail(page: Page, mail: EmailMessage) -> None:
    """The HTML of a mail, as a mail program shows it, on no page of ours."""
    page.goto("about:blank")
    part = mail.get_body(("html",))
    assert part is not None
    page.set_content(part.get_content())


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_from_the_results_to_the_last_mail(
    page_of: PageOf, post: Post, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    page = page_of(size)
    page.goto("/otsing?q=kriisiplaan")
    page.get_by_role("link", name="Saada mulle uued e-postiga").click()
    page.get_by_label("Iga päev").check()
    page.get_by_label("Sinu e-post").fill("mari@kyla.ee")
    page.get_by_role("button", name="Telli kirjad").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vaata oma postkasti")

    show_mail(page, post.last())
    page.get_by_role("link", name="Vaata ja kinnita").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kas tahad neid kirju?")
    page.get_by_role("button", name="Jah, saatke mulle kirju").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kirjad on tellitud")

    post.send(datetime.now(UTC))
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    monkeypatch.setattr(kept, "_now", lambda: tomorrow)
    post.index(card(2, "Valla kriisiplaan"))
    post.send(tomorrow)
    news = post.last()
    assert news["Subject"] == "1 uus materjal: „kriisiplaan“"

    show_mail(page, news)
    page.get_by_role("link", name="Valla kriisiplaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Valla kriisiplaan")
    show_mail(page, news)
    page.get_by_role("link", name="Loobu nendest kirjadest").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kas loobud nendest kirjadest?")
    page.get_by_role("button", name="Loobun").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kirju rohkem ei tule")
    with post.desk.book() as book:
        assert book.confirmed() == []


def test_the_form_by_keyboard_mended_after_a_fault(page_of: PageOf, post: Post) -> None:
    page = page_of(NARROW)
    page.goto("/en/teavita?q=kriisiplaan")
    page.get_by_label("Your e-mail").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Error: ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your e-mail")).to_be_focused()
    page.keyboard.type("mari@kyla.ee")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    assert post.last()["Subject"] == "Confirm that you want mails: “kriisiplaan”"


@pytest.fixture
def mail_page(browser: Browser) -> Iterator[Page]:
    """Where a mail is looked at, without a network."""
    context = browser.new_context(offline=True, java_script_enabled=True)
    yield context.new_page()
    context.close()


def test_a_mail_is_no_wider_than_a_phone_and_its_letters_stand_out_by_day_and_night(
    page_of: PageOf, mail_page: Page, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = page_of(DESK)
    form.goto("/teavita?q=kriisiplaan")
    form.get_by_label("Iga päev").check()
    form.get_by_label("Sinu e-post").fill("mari@kyla.ee")
    form.get_by_role("button", name="Telli kirjad").click()
    asked = post.last()
    with post.desk.book() as book:
        book.confirm(1, kept.Rhythm.DAILY)
    post.send(datetime.now(UTC))
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    monkeypatch.setattr(kept, "_now", lambda: tomorrow)
    post.index(*(card(n, f"Kriisiplaan number {n}, mille pealkiri on õige pikk") for n in range(2, 26)))
    post.send(tomorrow)
    for mail in (asked, post.last()):
        for scheme in ("light", "dark"):
            mail_page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            mail_page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
            show_mail(mail_page, mail)
            assert mail_page.locator("html").evaluate("page => page.scrollWidth") <= NARROW[0]
            faint = mail_page.evaluate(FAINT, scheme == "dark")
            assert faint == []


# Text whose contrast is below 4.5; the ground of the canvas is white by day and, in Chromium, #121212 by night.
FAINT = """dark => {
    const bright = colour => {
        const parts = colour.match(/[0-9.]+/g).slice(0, 3).map(part => part / 255)
            .map(part => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
        return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
    };
    const ground = e => {
        for (; e; e = e.parentElement) {
            const colour = getComputedStyle(e).backgroundColor;
            if (!colour.endsWith(", 0)")) return colour;
        }
        return dark ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)";
    };
    return [...document.querySelectorAll("p, h1, h2, a, b")].filter(e => {
        const [one, two] = [bright(getComputedStyle(e).color), bright(ground(e))].sort((a, b) => b - a);
        return (one + .05) / (two + .05) < 4.5;
    }).map(e => e.outerHTML.slice(0, 90));
}"""


def test_scripts_of_a_page_never_see_the_token_of_a_mail(scripted_page_of: PageOf, post: Post) -> None:
    """What follows a link on a page that a mail opened is told no more than the name of the site."""
    page = scripted_page_of(DESK)
    told: list[str] = []
    page.on("request", lambda request: told.append(request.headers.get("referer", "")))
    page.goto(f"/teavita/loobu?t={post.desk.tokens.to_leave(1)}")
    page.get_by_role("link", name=re.compile("Avalehele")).click()
    expect(page).to_have_url(re.compile(r"/$"))
    policy = page.request.get(f"/teavita/loobu?t={post.desk.tokens.to_leave(1)}").headers["referrer-policy"]
    assert policy == "strict-origin-when-cross-origin"
    assert told
