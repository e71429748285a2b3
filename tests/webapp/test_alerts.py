"""Saved searches by e-mail on the real site: form, confirmation, mails as they arrive, leaving."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from mailhost import PATIENCE, MailHost, mail_host
from werkzeug.test import TestResponse

from aardekast.alerts import ASKED_FOR, MOST_FAILURES, Rhythm
from aardekast.catalogue import Catalogue
from aardekast.catalogue import alerts as kept
from aardekast.inbox import CatalogueInbox, opened_alerts
from aardekast.mailing import Mailer
from aardekast.mailserver import MailServer
from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import Engine, ResourceList, engine_at
from webapp import alerts, create_app, guards
from webapp.alerts import Desk, Sender, mails, sending
from webapp.letterbox import Letterbox

KEY = b"voti-millega-allkirjastada"
PUBLIC = "https://aardekast.kyla.ee/"
MARI = "mari@kyla.ee"
CardOf = Callable[..., Resource]


@dataclass
class Site:
    """The site, its catalogue, its index and the mail server; time passes when it is told to."""

    app: Flask
    desk: Desk
    catalogue: Catalogue
    open_index: Callable[[], Engine]
    host: MailHost
    resources: list[Resource]
    monkeypatch: pytest.MonkeyPatch
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def index(self, *resources: Resource) -> None:
        self.resources += resources
        self.open_index().update(ResourceList(self.resources, revision=len(self.resources)))

    def pass_(self, **passed: float) -> None:
        self.now += timedelta(**passed)
        self.monkeypatch.setattr(kept, "_now", lambda: self.now)

    def wish(self, path: str = "/teavita?q=kriisiplaan", **fields: str) -> TestResponse:
        page = self.client.get(path)
        stamp = re.findall(r'name="tempel" value="([^"]+)"', page.text)[0]
        data = {"tempel": stamp, "epost": MARI, "sagedus": "paev"} | fields
        return self.client.post(path, data=data, headers={"Origin": "http://localhost"})

    def asked(self) -> EmailMessage:
        """The last mail, when all that wait are sent."""
        assert self.app.extensions["aardekast.postman"].wait(PATIENCE)
        return self.host.mails[-1]

    def subscribe(self, path: str = "/teavita?q=kriisiplaan", **fields: str) -> None:
        assert self.wish(path, **fields).status_code == 303
        assert self.client.post(link_of(self.asked(), "kinnita")).status_code == 200

    def send(self, **options: object) -> sending.Round:
        return sending.send_round(self.app, self.desk, self.open_index().open(), self.now, **options)  # type: ignore[arg-type]


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def html_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def link_of(mail: EmailMessage, name: str) -> str:
    """The path and query of a link of a mail; it leads to the public address, and HTML and text have the same."""
    (url,) = set(re.findall(rf"https?://\S*/{name}\?\S+", text_of(mail)))
    assert url.startswith(PUBLIC)
    assert f'href="{url}"' in unescape(html_of(mail))
    return url.removeprefix(PUBLIC.rstrip("/"))


@contextmanager
def site_at(
    folder: Path, vocabulary: Vocabulary, host: MailHost, patch: pytest.MonkeyPatch, public: str = PUBLIC
) -> Iterator[Site]:
    patch.setattr("webapp.forms.SHORTEST", 0)
    database = f"sqlite:///{folder / 'catalogue.sqlite'}"
    catalogue = Catalogue.open(database)
    server = MailServer(host="127.0.0.1", port=host.port)
    sender = Sender(server=server, address="aardekast@kyla.ee", public_url=public, reply_to="info@kyla.ee")
    desk = Desk(book=lambda: opened_alerts(database, patience=2.0), key=KEY, sender=sender)

    def open_index() -> Engine:  # anew: a served one looks for a new generation once a second
        return engine_at(folder / "index", vocabulary)

    box = Letterbox(CatalogueInbox(database), KEY, "X-Real-IP")
    app = create_app(open_index(), vocabulary, letterbox=box, alerts=desk, testing=True)
    yield Site(app, desk, catalogue, open_index, host, [], patch)
    app.extensions["aardekast.postman"].close()
    catalogue.close()


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as opened:
        yield opened


@pytest.fixture
def site(
    tmp_path: Path, vocabulary: Vocabulary, host: MailHost, monkeypatch: pytest.MonkeyPatch, card_of: CardOf
) -> Iterator[Site]:
    with site_at(tmp_path, vocabulary, host, monkeypatch) as opened:
        opened.index(card_of(1, "Küla kriisiplaan", description="Kuidas küla valmistub."))
        yield opened


@pytest.fixture
def told(site: Site, card_of: CardOf) -> Site:
    """A day after someone subscribed to kriisiplaan, daily."""
    site.subscribe()
    site.send()
    site.host.mails.clear()
    site.host.envelopes.clear()
    site.pass_(days=1)
    return site


def test_results_and_landings_lead_to_the_form_with_their_search(site: Site) -> None:
    for path, query in {
        "/otsing?q=kriisiplaan&sihtruhm=kogukond&jarjesta=pealkiri&leht=1": "q=kriisiplaan&sihtruhm=kogukond",
        "/en/otsing?q=xyzzyq": "q=xyzzyq",
        "/sihtruhm/kogukond": "sihtruhm=kogukond",
        "/uudised": "liik=uudis",
        "/sundmused?maakond=voru": "liik=koolitus&maakond=voru",
        "/otsing": "",
    }.items():
        page = site.client.get(path).text
        prefix = "/en" if path.startswith("/en/") else ""
        (address,) = re.findall(rf'href="({prefix}/teavita[^"]*)"', page)
        assert unescape(address) == f"{prefix}/teavita" + (f"?{query}" if query else "")
        assert site.client.get(unescape(address)).status_code == 200


def test_a_site_that_sends_no_mails_has_neither_form_nor_link(client: FlaskClient) -> None:
    assert client.get("/teavita").status_code == 404
    for path in ("/otsing?q=kriisiplaan", "/sihtruhm/kogukond", "/uudised", "/sundmused"):
        assert "/teavita" not in client.get(path).text
    assert "e-postiga" not in client.get("/privaatsus").text


def test_the_form_says_what_is_subscribed_and_the_privacy_page_what_is_kept(site: Site) -> None:
    page = site.client.get("/teavita?q=kriisiplaan&teema=kulaelu&aasta=2020..2024").text
    assert "<b>„kriisiplaan“, Külaelu ja külaliikumine, 2020–2024</b>" in page
    assert "kustutame aadressi kohe" in page
    assert "Kõik materjalid</b>" in site.client.get("/teavita").text
    assert "Kinnitamata tellimuse kustutame 3 päeva pärast" in site.client.get("/privaatsus").text


def test_from_the_form_to_the_first_mail(site: Site, card_of: CardOf) -> None:
    answer = site.wish("/teavita?q=kriisiplaan&sihtruhm=kogukond&jarjesta=pealkiri&leht=7")
    assert (answer.status_code, answer.location) == (303, "/teavita/aitah")
    assert "Vaata oma postkasti" in site.client.get("/teavita/aitah").text
    asked = site.asked()
    assert (asked["To"], asked["Subject"]) == (MARI, "Kinnita, et tahad kirju: „kriisiplaan“, Kogukond")

    assert "Kord nädalas".lower() not in (page := site.client.get(link_of(asked, "kinnita")).text)
    assert "iga päev" in page
    assert not site.catalogue.alerts.confirmed(), "programs that look for viruses open every link"
    confirmed = site.client.post(link_of(asked, "kinnita"))
    assert "Kirjad on tellitud" in confirmed.text

    assert site.send().sent == 0
    site.pass_(days=1)
    assert site.send().sent == 0, "nothing is new"
    site.index(card_of(2, "Valla kriisiplaan"), card_of(3, "Kaasav eelarve"))
    site.index(card_of(4, "Linna kriisiplaan", audiences=("kov",)))
    assert site.send().sent == 1
    (mail,) = site.host.to(MARI)[1:]
    assert mail["Subject"] == "1 uus materjal: „kriisiplaan“, Kogukond"
    assert "Valla kriisiplaan" in text_of(mail)
    for other in ("Küla kriisiplaan", "Kaasav eelarve", "Linna kriisiplaan"):
        assert other not in text_of(mail) + html_of(mail)
    site.pass_(days=1)
    assert site.send().sent == 0, "it was told of already"


def test_a_mail_has_the_headers_that_mailboxes_ask_for(told: Site, card_of: CardOf) -> None:
    told.index(card_of(2, "Valla kriisiplaan"))
    told.send()
    (mail,) = told.host.mails
    assert told.host.envelopes == [("aardekast@kyla.ee", MARI, False)]
    assert (mail["From"], mail["To"]) == ("Aardekast <aardekast@kyla.ee>", MARI)
    assert mail["Reply-To"] == "info@kyla.ee"
    assert abs(parsedate_to_datetime(mail["Date"]) - datetime.now(UTC)) < timedelta(minutes=5)
    assert re.fullmatch(r"<[0-9a-f]{32}@kyla\.ee>", mail["Message-ID"])
    assert mail["List-Unsubscribe"] == f"<{PUBLIC.rstrip('/')}{link_of(mail, 'loobu')}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert not re.search(r"<img|<link|<script|url\(|src=|@import", html_of(mail))
    for part in mail.iter_parts():
        assert max(len(line) for line in part.get_payload().splitlines()) <= 76  # type: ignore[union-attr]


def test_one_click_leaves_at_once_without_page_cookie_or_origin(told: Site, card_of: CardOf) -> None:
    told.index(card_of(2, "Valla kriisiplaan"))
    told.send()
    path = link_of(told.host.mails[0], "loobu")
    page = told.client.get(path)
    assert "„kriisiplaan“" in page.text
    assert len(told.catalogue.alerts.confirmed()) == 1, "opening the link alone leaves nothing"
    answer = told.client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert told.catalogue.alerts.alert(1) is None
    for again in (told.client.get(path), told.client.post(path)):
        assert (again.status_code, "Kirju rohkem ei tule" in again.text) == (200, True)
    told.pass_(days=1)
    told.index(card_of(3, "Uus kriisiplaan"))
    assert told.send().sent == 0


@pytest.mark.parametrize("token", ["", "1", "1.abc", "x.y.z", "1-paev.a.b", "%00", "1." + "a" * 5000])
def test_a_token_that_is_not_ours_opens_nothing(told: Site, token: str) -> None:
    for method in (told.client.get, told.client.post):
        assert method(f"/teavita/loobu?t={token}").status_code == 404
        assert method(f"/teavita/kinnita?t={token}").status_code == 410
    assert len(told.catalogue.alerts.confirmed()) == 1


def test_a_token_of_one_kind_is_none_of_the_other_nor_of_another_key(told: Site) -> None:
    tokens = told.desk.tokens
    assert tokens.confirming(tokens.to_leave(1)) is None
    assert tokens.leaving(tokens.to_confirm(1, Rhythm.DAILY)) is None
    assert alerts.desk.Tokens(KEY + b"!").leaving(tokens.to_leave(1)) is None


def test_a_confirmation_is_too_late_after_its_days(site: Site) -> None:
    site.wish()
    path = link_of(site.asked(), "kinnita")
    moment = time.time() + ASKED_FOR.total_seconds() + 1
    site.monkeypatch.setattr(time, "time", lambda: moment)
    assert site.client.get(path).status_code == 410
    assert site.client.post(path).status_code == 410
    assert not site.catalogue.alerts.confirmed()


def test_the_link_is_dead_once_its_alert_is_left(site: Site) -> None:
    site.wish()
    path = link_of(site.asked(), "kinnita")
    site.client.post(path)
    site.catalogue.alerts.leave(1)
    assert site.client.post(path).status_code == 410


def test_nobody_learns_whether_an_address_is_known(site: Site) -> None:
    first = site.wish()
    again = site.wish()
    site.client.post(link_of(site.asked(), "kinnita"))
    known = site.wish()
    for answer in (again, known):
        assert (answer.status_code, answer.location, answer.text) == (303, first.location, first.text)
    for _ in range(4):
        assert site.wish(epost="mari+9@kyla.ee", X="").location == first.location


def test_what_is_missing_or_wrong_stands_beside_its_field_and_nothing_typed_is_lost(site: Site) -> None:
    answer = site.wish(epost="mari@kyla", sagedus="")
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert '<a href="#epost">Nii e-posti aadressi ei kirjutata.' in page
    assert '<a href="#sagedus">Vali, kui tihti tahad kirja saada.' in page
    assert 'value="mari@kyla"' in page
    assert '<form method="post" action="/teavita?q=kriisiplaan"' in page
    assert "Kirjuta oma e-posti aadress." in site.wish(epost="").text


@pytest.mark.parametrize(
    "typed",
    ["mari@kyla.ee\r\nBcc: jaan@kyla.ee", "mari@kyla.ee,jaan@kyla.ee", "Mari <mari@kyla.ee>", "mari@kyla.ee\x00"],
)
def test_no_second_address_and_no_header_comes_in_by_the_field(site: Site, typed: str) -> None:
    site.wish(epost=typed)
    assert [asked.address for asked in site.catalogue.alerts.take_asked()] in ([], [MARI])
    assert set(site.host.tries) <= {MARI}


def test_a_query_with_line_breaks_and_markup_breaks_neither_mail_nor_page(site: Site, card_of: CardOf) -> None:
    site.subscribe("/teavita?q=kriisiplaan%0D%0ABcc:%20jaan@kyla.ee%20OR%20<b>x</b>")
    asked = site.host.mails[-1]
    assert asked["Subject"] == "Kinnita, et tahad kirju: „kriisiplaan Bcc: … OR <b>x</b>“"
    assert asked["Bcc"] is None
    assert "&lt;b&gt;x&lt;/b&gt;" in html_of(asked)
    assert "<b>x</b>" in text_of(asked)
    assert site.host.tries == [MARI]


@pytest.mark.parametrize(
    "path",
    [
        "/teavita?q=OSTA+KOHE+https%3A%2F%2Fkuri.example%2Fpood+www.kuri.example",
        "/teavita?valjaandja=OSTA+kuri.example%2Fpood",
        "/teavita?q=" + "osta+kohe+" * 25,
    ],
)
def test_nobody_can_send_a_message_of_theirs_in_the_mail_that_asks_back(site: Site, path: str) -> None:
    site.wish(path)
    asked = site.asked()
    for part in (asked["Subject"], text_of(asked), html_of(asked)):
        assert "kuri" not in part
        assert len(re.findall("osta", part, re.IGNORECASE)) <= mails.LONGEST_TITLE // len("osta kohe") * 2
    assert asked["Message-ID"]


def test_what_is_left_of_a_search_keeps_its_quotation_marks(site: Site) -> None:
    site.wish("/teavita?q=kriisiplaan+http%3A%2F%2Fkuri.example%2Fa&sihtruhm=kogukond")
    assert site.asked()["Subject"] == "Kinnita, et tahad kirju: „kriisiplaan …“, Kogukond"


def test_titles_with_markup_are_text_in_both_halves(told: Site, card_of: CardOf) -> None:
    told.index(card_of(2, "Kriisiplaan <script>alert(1)</script> & \u202ekuri", description="a\r\nb <i>c</i>"))
    told.send()
    (mail,) = told.host.mails
    assert "&lt;script&gt;" in html_of(mail)
    assert "<script>alert(1)</script> &" in text_of(mail)


def test_a_long_query_makes_a_subject_that_can_be_read(site: Site) -> None:
    site.wish("/teavita?q=" + "kriisiplaan%20" * 30)
    assert len(site.asked()["Subject"]) <= mails.LONGEST_SUBJECT


def test_only_a_page_of_ours_sends_the_form_and_robots_do_not(site: Site) -> None:
    sent = {"epost": MARI, "sagedus": "paev"}
    assert site.client.post("/teavita", data=sent, headers={"Origin": "https://kuri.example"}).status_code == 403
    assert site.client.post("/teavita", data=sent, headers={"Origin": "http://localhost"}).status_code == 400
    assert site.wish(koduleht="https://odav.example").status_code == 400
    assert not site.catalogue.alerts.take_asked()


def test_one_address_sends_so_many_forms_an_hour(site: Site) -> None:
    for number in range(guards.LETTERS_AN_HOUR):
        assert site.wish(f"/teavita?q={number}").status_code == 303
    refused = site.wish()
    assert refused.status_code == 429
    assert MARI in refused.text


def test_a_busy_catalogue_says_so_and_keeps_what_was_typed(site: Site) -> None:
    with site.catalogue._database.writing() as session:
        session.connection()
        answer = site.wish()
        assert site.client.post(f"/teavita/loobu?t={site.desk.tokens.to_leave(1)}").status_code == 503
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert MARI in answer.text


def test_nothing_of_a_form_or_a_link_may_be_stored_or_listed(site: Site) -> None:
    site.wish()
    for path in ("/teavita", "/teavita/aitah", link_of(site.asked(), "kinnita"), "/teavita/kinnita?t=x"):
        answer = site.client.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in answer.text
        assert "Set-Cookie" not in answer.headers
    assert "Disallow: /teavita" in site.client.get("/robots.txt").text


@pytest.mark.parametrize(
    ("language", "subject", "asked", "leave"),
    [
        pytest.param("en", "2 new materials: “kriisiplaan”", "Confirm that", "Unsubscribe", id="en"),
        pytest.param("ru", "2 новых материала: «kriisiplaan»", "Подтвердите", "Отказаться от этих писем", id="ru"),
    ],
)
def test_a_mail_speaks_the_language_of_the_page_that_was_subscribed_from(
    site: Site, card_of: CardOf, *, language: str, subject: str, asked: str, leave: str
) -> None:
    site.subscribe(f"/{language}/teavita?q=kriisiplaan")
    site.wish(epost="jaan@kyla.ee")
    assert asked in site.host.to(MARI)[0]["Subject"]
    assert link_of(site.host.to(MARI)[0], "kinnita").startswith(f"/{language}/")
    site.client.post(link_of(site.asked(), "kinnita"))
    site.send()
    site.pass_(days=1)
    site.index(card_of(2, "Valla kriisiplaan"), card_of(3, "Linna kriisiplaan"))
    assert site.send().sent == 2
    mail = site.host.to(MARI)[-1]
    assert mail["Subject"] == subject
    assert leave in text_of(mail)
    assert f"{PUBLIC}{language}/materjal/kaart-2" in text_of(mail)
    assert f'<html lang="{language}">' in html_of(mail)
    assert site.host.to("jaan@kyla.ee")[-1]["Subject"] == "2 uut materjali: „kriisiplaan“"


def test_links_lead_to_the_public_address_whatever_the_request_calls_the_site(site: Site) -> None:
    page = site.client.get("/teavita?q=kriisiplaan", headers={"Host": "kuri.example"}).text
    stamp = re.findall(r'name="tempel" value="([^"]+)"', page)[0]
    headers = {"Host": "kuri.example", "Origin": "http://kuri.example"}
    site.client.post("/teavita", data={"tempel": stamp, "epost": MARI, "sagedus": "kuu"}, headers=headers)
    assert "kuri.example" not in site.asked().as_string()


def test_a_site_below_a_path_is_linked_there(
    tmp_path: Path, vocabulary: Vocabulary, host: MailHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site_at(tmp_path, vocabulary, host, monkeypatch, public="https://kyla.ee/aardekast/") as site:
        site.index()
        site.wish("/en/teavita?q=kriisiplaan")
        assert "https://kyla.ee/aardekast/en/teavita/kinnita?t=" in text_of(site.asked())


def test_no_more_than_twenty_materials_and_a_link_to_the_rest(told: Site, card_of: CardOf) -> None:
    told.index(*(card_of(100 + n, f"Kriisiplaan {n}") for n in range(25)))
    told.send()
    (mail,) = told.host.mails
    assert mail["Subject"] == "25 uut materjali: „kriisiplaan“"
    assert text_of(mail).count("/materjal/") == html_of(mail).count("/materjal/") == mails.MOST
    rest = f"{PUBLIC}otsing?q=kriisiplaan&jarjesta=lisatud"
    assert f"Veel 5 uut materjali:\n{rest}\n" in text_of(mail)
    assert told.client.get(rest.removeprefix(PUBLIC.rstrip("/"))).status_code == 200


def test_events_come_in_the_order_of_their_days_and_past_ones_not_at_all(site: Site, card_of: CardOf) -> None:
    site.subscribe("/teavita?liik=koolitus")
    site.send()
    site.pass_(days=1)
    today = datetime.now(UTC).date()

    def event(number: int, title: str, days: int) -> Resource:
        return card_of(number, title, kind="koolitus", starts=(today + timedelta(days=days)).isoformat())

    site.index(event(2, "Talgud", 40), event(3, "Mentorlus", 5), event(4, "Möödunud kool", -5))
    assert site.send().sent == 1
    text = text_of(site.host.mails[-1])
    assert text.index("Mentorlus") < text.index("Talgud")
    assert "Möödunud" not in text


def test_what_waited_for_a_curator_is_new_when_it_is_shown(told: Site, card_of: CardOf) -> None:
    told.index(card_of(2, "Valla kriisiplaan", first_seen=told.now - timedelta(days=60)))
    assert told.send().sent == 1


def test_what_only_some_of_the_words_find_is_not_told(site: Site, card_of: CardOf) -> None:
    site.subscribe("/teavita?q=kriisiplaan+mesilased")
    site.send()
    site.pass_(days=1)
    site.index(card_of(2, "Valla kriisiplaan"))
    assert site.send().sent == 0


def test_a_search_whose_term_is_gone_sends_nothing_rather_than_everything(
    told: Site, card_of: CardOf, vocabulary: Vocabulary
) -> None:
    told.subscribe("/teavita?teema=kulaelu")
    told.send()
    told.pass_(days=1)
    topics = {slug: term for slug, term in vocabulary.topics.items() if slug != "kulaelu"}
    told.app.extensions["aardekast"].vocabulary = replace(vocabulary, topics=topics)
    told.index(card_of(2, "Valla eelarve", topics=("kulaelu",)))
    done = told.send()
    assert (done.sent, done.unreadable) == (0, 1)
    assert len(told.catalogue.alerts.confirmed()) == 2


def test_a_dry_run_tells_of_mails_and_changes_nothing(told: Site, card_of: CardOf) -> None:
    told.index(card_of(2, "Valla kriisiplaan"))
    said: list[str] = []
    for _ in range(2):
        assert told.send(dry_run=True, told=said.append).sent == 1
    assert said == ["Alert 1: 1 new for q=kriisiplaan"] * 2
    assert not told.host.mails
    assert told.send().sent == 1


def many(site: Site, *names: str) -> None:
    """Alerts of several people, confirmed without their mails."""
    for name in names:
        wish = kept.Wish(address=f"{name}@kyla.ee", search="q=kriisiplaan", language="et", rhythm=Rhythm.DAILY)
        site.catalogue.alerts.wish(wish)
        (asked,) = site.catalogue.alerts.take_asked()
        site.catalogue.alerts.confirm(asked.id, asked.rhythm)


def test_one_address_that_is_refused_stops_no_other_and_ends_after_three_sendings(told: Site, card_of: CardOf) -> None:
    many(told, "jaan", "peeter")
    told.host.refusals["jaan@kyla.ee"] = "550 5.1.1 no such mailbox"
    told.pass_(days=1)
    for number in range(1, MOST_FAILURES + 1):
        told.index(card_of(number + 10, f"Kriisiplaan {number}"))
        done = told.send()
        assert (done.sent, done.rejected, done.ended) == (2, 1, number == MOST_FAILURES)
        assert told.send().rejected == 0, "the same sending is not tried twice"
        told.pass_(days=1)
    assert {alert.address for alert in told.catalogue.alerts.confirmed()} == {MARI, "peeter@kyla.ee"}


def test_what_is_refused_for_the_moment_comes_whole_at_the_next_run(told: Site, card_of: CardOf) -> None:
    told.host.refusals[MARI] = "451 4.7.1 greylisted, come again"
    for number in range(MOST_FAILURES + 2):
        told.index(card_of(number + 10, f"Kriisiplaan {number}"))
        done = told.send()
        assert (done.sent, done.failed, done.ended, done.is_whole) == (0, 1, 0, True)
        assert "451 4.7.1 greylisted" in done.faults[0]
    told.host.refusals.clear()
    assert told.send().sent == 1
    assert text_of(told.host.mails[0]).count("/materjal/") == MOST_FAILURES + 2
    assert told.send().sent == 0


def test_a_server_that_denies_everyone_ends_nobodys_alert(told: Site, card_of: CardOf) -> None:
    told.host.refusals[MARI] = "554 5.7.1 relay access denied"
    told.index(card_of(2, "Valla kriisiplaan"))
    for _ in range(MOST_FAILURES + 1):
        assert told.send().failed == 1
        told.pass_(days=1)
    assert len(told.catalogue.alerts.confirmed()) == 1


def test_a_silent_server_ends_the_run_after_three_mails_and_nothing_is_lost(told: Site, card_of: CardOf) -> None:
    many(told, *(f"kylavanem{number}" for number in range(6)))
    told.pass_(days=1)
    told.index(card_of(2, "Valla kriisiplaan"))
    told.monkeypatch.setattr(Sender, "mailer", lambda sender: Mailer(sender.server, sender.address, silence=0.3))
    told.host.hold.clear()
    done = told.send()
    assert (done.sent, done.failed, done.is_whole) == (0, sending.MOST_FAULTS, False)
    told.host.hold.set()
    assert told.send().sent == 7
    assert sorted(to for _, to, _ in told.host.envelopes) == sorted({to for _, to, _ in told.host.envelopes})


def test_a_run_that_is_asked_to_stop_leaves_the_rest_for_the_next(told: Site, card_of: CardOf) -> None:
    many(told, "jaan", "peeter")
    told.pass_(days=1)
    told.index(card_of(2, "Valla kriisiplaan"))
    done = told.send(stopping=lambda: len(told.host.mails) >= 1)
    assert (done.sent, done.is_whole) == (1, False)
    assert told.send().sent == 2


def test_a_mail_sent_twice_has_the_same_message_id_and_another_mail_another(told: Site, card_of: CardOf) -> None:
    told.index(card_of(2, "Valla kriisiplaan"))
    told.monkeypatch.setattr(kept.CatalogueAlerts, "note_sent", lambda *_arguments: None)  # as if killed before it
    told.send()
    told.send()
    told.index(card_of(3, "Linna kriisiplaan"))
    told.send()
    first, second, third = (mail["Message-ID"] for mail in told.host.mails)
    assert first == second != third


def test_who_leaves_while_mails_go_out_gets_none(told: Site, card_of: CardOf) -> None:
    told.index(card_of(2, "Valla kriisiplaan"))
    listed = told.catalogue.alerts.confirmed()
    told.client.post(f"/teavita/loobu?t={told.desk.tokens.to_leave(1)}")
    told.monkeypatch.setattr(kept.CatalogueAlerts, "confirmed", lambda _alerts: listed)
    assert told.send().sent == 0


def test_a_confirmation_waits_while_the_server_is_away_and_goes_with_the_next_run(site: Site) -> None:
    site.monkeypatch.setattr(Sender, "mailer", lambda sender: Mailer(MailServer(host="127.0.0.1", port=1), "a@b.ee"))
    assert site.wish().status_code == 303
    assert site.app.extensions["aardekast.postman"].wait(PATIENCE)
    assert not site.host.mails
    site.monkeypatch.undo()
    done = site.send()
    assert (done.asked, len(site.host.to(MARI))) == (1, 1)


def test_a_refused_confirmation_leaves_nothing_of_the_wish(site: Site) -> None:
    site.host.refusals[MARI] = "550 no such mailbox"
    site.wish()
    assert site.app.extensions["aardekast.postman"].wait(PATIENCE)
    assert site.catalogue.alerts.alert(1) is None


def test_two_who_ask_at_the_same_time_are_both_asked_once(site: Site) -> None:
    names = [f"kylavanem{number}@kyla.ee" for number in range(6)]
    threads = [Thread(target=site.wish, kwargs={"epost": name}) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    site.asked()
    site.send()
    assert sorted(to for _, to, _ in site.host.envelopes) == names


def test_the_address_of_a_link_names_nobody(told: Site, card_of: CardOf) -> None:
    told.index(card_of(2, "Valla kriisiplaan"))
    told.send()
    assert "mari" not in urlsplit(link_of(told.host.mails[0], "loobu")).query
