"""The public forms over a real catalogue: what is kept, what is refused, and that nothing typed is lost."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from aardekast.catalogue import Catalogue
from aardekast.curated import Curated, ResourceEntry
from aardekast.inbox import CatalogueInbox
from aardekast.letters import LetterKind
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary
from index import Searcher
from webapp import app_from_settings, create_app, guards
from webapp.forms import LARGEST
from webapp.letterbox import Letterbox

CARD = "https://kyla.ee/kriisiplaan"
WITHDRAWN = "https://kyla.ee/vale"
SUGGESTION = {"aadress": "https://kyla.ee/talgud", "miks": "Hea eeskuju teistele küladele.", "liik": "kogemuslugu"}
REPORT = {"id": "kriisiplaan", "pohjus": "vale-teema", "tekst": "See on ju eelarvest."}


@dataclass
class Opened:
    searcher: Searcher

    def open(self) -> Searcher:
        return self.searcher


@dataclass
class Forms:
    """The site with its forms, and the catalogue behind it."""

    client: FlaskClient
    catalogue: Catalogue
    box: Letterbox

    def send(self, name: str, fields: dict[str, str], *, stamp: str | None = None, **headers: str) -> TestResponse:
        stamp = (
            re.findall(r'name="tempel" value="([^"]+)"', self.client.get(f"/{name}").text)[0]
            if stamp is None
            else stamp
        )
        sent = {"Origin": "http://localhost"} | {key.replace("_", "-"): value for key, value in headers.items()}
        return self.client.post(f"/{name}", data={"tempel": stamp, **fields}, headers=sent)


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'catalogue.sqlite'}"


@pytest.fixture
def forms(
    index_of: Callable[..., Searcher], vocabulary: Vocabulary, database: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Forms]:
    catalogue = Catalogue.open(database)
    entry = ResourceEntry.model_validate(
        {
            "id": "kriisiplaan",
            "url": CARD,
            "title": "Küla <i>kriisiplaan</i>",
            "kind": "artikkel",
            "audience": ["kogukond"],
        }
    )
    catalogue.synchronise(Curated((), (entry,), (WITHDRAWN,), vocabulary))
    box = Letterbox(CatalogueInbox(database, patience=0.1), b"voti-millega-allkirjastada", "X-Real-IP")
    monkeypatch.setattr("webapp.forms.SHORTEST", 0)
    engine = Opened(index_of(*catalogue.visible_resources()))
    yield Forms(create_app(engine, vocabulary, letterbox=box, testing=True).test_client(), catalogue, box)
    catalogue.close()


def shown(answer: TestResponse) -> str:
    return unescape(answer.text)


def test_a_suggestion_waits_for_the_curators_and_thanks_come_by_redirect(forms: Forms) -> None:
    answer = forms.send("soovita", {**SUGGESTION, "pealkiri": "Talgud", "epost": "mari@kyla.ee"})
    assert (answer.status_code, answer.location) == (303, "/soovita/aitah")
    assert "Aitäh" in forms.client.get("/soovita/aitah").text
    (waiting,) = forms.catalogue.letters()
    letter = waiting.letter
    assert (waiting.id, letter.kind, letter.url) == ("L1", LetterKind.SUGGESTION, SUGGESTION["aadress"])
    assert (letter.title, letter.resource_kind, letter.email) == ("Talgud", "kogemuslugu", "mari@kyla.ee")


def test_a_report_names_its_material(forms: Forms) -> None:
    page = forms.client.get("/teata?id=kriisiplaan")
    assert "Küla &lt;i&gt;kriisiplaan&lt;/i&gt;" in page.text
    assert 'href="/materjal/kriisiplaan"' in page.text
    assert forms.send("teata", REPORT).location == "/teata/aitah"
    letter = forms.catalogue.letters()[0].letter
    assert (letter.resource_id, letter.reason, letter.text) == ("kriisiplaan", "vale-teema", REPORT["tekst"])


def test_a_dead_link_of_a_named_material_needs_no_words(forms: Forms) -> None:
    assert forms.send("teata", {"id": "kriisiplaan", "pohjus": "katkine-link"}).status_code == 303
    assert "Kirjuta lühidalt, mis on valesti." in forms.send("teata", {"pohjus": "katkine-link"}).text


def test_no_answer_of_a_form_sets_a_cookie_or_may_be_stored(forms: Forms) -> None:
    for answer in (forms.client.get("/soovita"), forms.send("soovita", SUGGESTION), forms.send("teata", {})):
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_faults_stand_beside_their_fields_and_in_a_linked_list_and_what_was_typed_is_kept(forms: Forms) -> None:
    answer = forms.send("soovita", {"aadress": "kodukant,ee/uudised", "pealkiri": 'A "b" <c>', "epost": "mari"})
    assert answer.status_code == 422
    page = shown(answer)
    assert "<title>Viga: Soovita materjali" in page
    for name, fault in {
        "aadress": "Aadressis on koma. Kas mõtlesid kodukant.ee/uudised?",
        "miks": "Kirjuta paari sõnaga, miks ja kellele materjal kasulik on.",
        "epost": "Nii e-posti aadressi ei kirjutata.",
    }.items():
        assert f'<a href="#{name}">{fault}' in page
        assert re.search(rf'id="{name}-viga">.*{re.escape(fault)}', page)
        assert re.search(rf'id="{name}"[^>]*aria-describedby="[^"]*{name}-viga" aria-invalid="true"', page)
    assert 'value="A &#34;b&#34; &lt;c&gt;"' in answer.text
    assert 'value="mari"' in page
    assert not forms.catalogue.letters()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("http://localhost/x", id="localhost"),
        pytest.param("http://127.0.0.1/x", id="loopback"),
        pytest.param("http://127.1/x", id="short-loopback"),
        pytest.param("http://0x7f.0x1/x", id="hexadecimal"),
        pytest.param("http://[::1]/x", id="ipv6"),
        pytest.param("http://8.8.8.8/x", id="numbers"),
        pytest.param("https://leht.local/x", id="mdns"),
        pytest.param("https://sise.intranet/x", id="intranet"),
        pytest.param("https://mari:salasona@kyla.ee/x", id="password"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("ftp://kyla.ee/x", id="ftp"),
        pytest.param("küla vanem", id="words"),
        pytest.param("https://kyla.ee/" + "a" * 2_000, id="too-long"),
    ],
)
def test_an_address_that_not_everyone_can_open_is_refused(forms: Forms, address: str) -> None:
    answer = forms.send("soovita", {**SUGGESTION, "aadress": address})
    assert answer.status_code == 422
    assert 'id="aadress-viga"' in answer.text
    assert not forms.catalogue.letters()


def test_an_address_without_its_scheme_is_mended(forms: Forms) -> None:
    forms.send("soovita", {**SUGGESTION, "aadress": "kyla.ee/talgud?utm_source=kiri#algus"})
    assert forms.catalogue.letters()[0].letter.url == "https://kyla.ee/talgud"


def test_what_is_in_the_treasury_already_is_led_to(forms: Forms) -> None:
    answer = forms.send("soovita", {**SUGGESTION, "aadress": "http://www.kyla.ee/kriisiplaan/?fbclid=1"})
    assert answer.status_code == 422
    assert '<a href="/materjal/kriisiplaan">Küla &lt;i&gt;kriisiplaan&lt;/i&gt;</a>' in answer.text
    assert not forms.catalogue.letters()


def test_what_was_withdrawn_is_not_taken_in_again_and_says_so(forms: Forms) -> None:
    answer = forms.send("soovita", {**SUGGESTION, "aadress": WITHDRAWN})
    assert "kuraatorid Aardekastist välja jätnud" in answer.text
    assert not forms.catalogue.letters()


def test_the_same_letter_sent_twice_waits_once(forms: Forms) -> None:
    for _ in range(2):
        assert forms.send("teata", REPORT).status_code == 303
    assert len(forms.catalogue.letters()) == 1


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        pytest.param({"Origin": "http://localhost"}, True, id="own"),
        pytest.param({"Origin": "https://localhost"}, True, id="own-behind-tls"),
        pytest.param({"Origin": "https://kuri.example"}, False, id="foreign"),
        pytest.param({"Origin": "https://localhost.kuri.example"}, False, id="foreign-beginning-like-ours"),
        pytest.param({"Origin": "null", "Sec_Fetch_Site": "same-origin"}, True, id="no-referrer"),
        pytest.param({"Origin": "null", "Sec_Fetch_Site": "cross-site"}, False, id="sandboxed-frame"),
        pytest.param({"Origin": "null", "Referer": "http://localhost/soovita"}, True, id="old-browser"),
        pytest.param({"Origin": "null", "Referer": "https://kuri.example/"}, False, id="old-browser-elsewhere"),
        pytest.param({"Origin": "null"}, False, id="nothing-said"),
        pytest.param({"Origin": "http://[", "Sec_Fetch_Site": "same-origin"}, False, id="no-address"),
    ],
)
def test_only_pages_of_this_site_may_send(forms: Forms, headers: dict[str, str], is_taken: bool) -> None:
    answer = forms.send("soovita", SUGGESTION, **headers)
    assert answer.status_code == (303 if is_taken else 403)
    assert bool(forms.catalogue.letters()) is is_taken
    assert is_taken or SUGGESTION["miks"] in answer.text


@pytest.mark.parametrize("stamp", ["", "soovita", "soovita.abc.def", "teata"])
def test_a_stamp_that_is_not_of_this_form_is_refused_and_the_text_kept(forms: Forms, stamp: str) -> None:
    answer = forms.send("soovita", SUGGESTION, stamp=forms.box.stamp.make("teata") if stamp == "teata" else stamp)
    assert answer.status_code == 400
    assert SUGGESTION["miks"] in answer.text
    assert not forms.catalogue.letters()


def test_an_expired_form_comes_back_with_its_text_and_a_new_stamp(
    forms: Forms, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = forms.box.stamp.make("soovita")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + guards.LONGEST + 2)
    answer = forms.send("soovita", SUGGESTION, stamp=old)
    assert answer.status_code == 400
    assert "liiga kaua lahti" in answer.text
    new = re.findall(r'name="tempel" value="([^"]+)"', answer.text)[0]
    assert new != old
    assert forms.send("soovita", SUGGESTION, stamp=new).status_code == 303


def test_faster_than_anyone_reads_is_a_robot_that_may_try_again(forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.forms.SHORTEST", guards.SHORTEST)
    stamp = forms.box.stamp.make("soovita")
    answer = forms.send("soovita", SUGGESTION, stamp=stamp)
    assert answer.status_code == 400
    assert f'value="{stamp}"' in answer.text, "the stamp holds, so that the next try need not wait anew"
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + guards.SHORTEST + 1)
    assert forms.send("soovita", SUGGESTION, stamp=stamp).status_code == 303


def test_the_field_that_only_robots_see_refuses_and_comes_back_empty(forms: Forms) -> None:
    answer = forms.send("soovita", {**SUGGESTION, "koduleht": "https://odav.example"})
    assert answer.status_code == 400
    assert "odav.example" not in answer.text
    assert not forms.catalogue.letters()


def test_one_address_sends_so_many_an_hour_and_another_is_not_held_up(forms: Forms) -> None:
    def send(number: int, address: str) -> TestResponse:
        fields = {**SUGGESTION, "aadress": f"https://kyla.ee/{number}"}
        return forms.send("soovita", fields, X_Real_IP=address)

    for number in range(guards.LETTERS_AN_HOUR):
        assert send(number, f"2001:db8:1:2::{number + 1:x}").status_code == 303
    refused = send(99, "2001:db8:1:2:ffff::1")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= guards.HOUR + 1
    assert SUGGESTION["miks"] in refused.text
    assert send(100, "2001:db8:1:3::1").status_code == 303


def test_a_header_that_is_not_set_is_not_believed(forms: Forms) -> None:
    forms.box.address_header = ""
    codes = [
        forms.send("soovita", {**SUGGESTION, "aadress": f"https://kyla.ee/{n}"}, X_Real_IP=f"10.0.0.{n}").status_code
        for n in range(guards.LETTERS_AN_HOUR + 1)
    ]
    assert codes == [303] * guards.LETTERS_AN_HOUR + [429]


@pytest.mark.parametrize(
    ("form", "name", "most"), [("soovita", "miks", 2_000), ("soovita", "pealkiri", 300), ("teata", "tekst", 2_000)]
)
def test_what_is_too_long_says_by_how_much_and_is_kept(forms: Forms, form: str, name: str, most: int) -> None:
    text = "õ" * (most + 7)
    answer = forms.send(form, {**(SUGGESTION if form == "soovita" else REPORT), name: text})
    assert answer.status_code == 422
    assert "Tekst on 7 tähemärki liiga pikk." in answer.text
    assert text in answer.text


def test_a_body_larger_than_any_form_is_not_read(forms: Forms) -> None:
    answer = forms.send("soovita", {**SUGGESTION, "miks": "a" * LARGEST})
    assert answer.status_code == 413
    assert "Kiri on liiga pikk" in answer.text


def test_control_signs_go_and_markup_stays_text(forms: Forms) -> None:
    evil = "Tere\x00\x1b[31m\u202e <script>alert(1)</script>\r\n\r\n\r\n\r\nteine rida"
    forms.send("soovita", {**SUGGESTION, "miks": evil, "pealkiri": "A\tB\x07"})
    letter = forms.catalogue.letters()[0].letter
    assert letter.text == "Tere[31m <script>alert(1)</script>\n\nteine rida"
    assert letter.title == "A B"
    answer = forms.send("soovita", {"miks": "</textarea><script>alert(1)</script>"})
    assert "<script>alert" not in answer.text


def test_a_busy_catalogue_says_so_and_keeps_the_text(forms: Forms) -> None:
    with forms.catalogue._database.writing() as session:
        session.connection()
        answer = forms.send("soovita", SUGGESTION)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert SUGGESTION["miks"] in answer.text
    assert forms.send("soovita", SUGGESTION).status_code == 303


def test_every_page_links_to_the_forms(forms: Forms) -> None:
    for path in ("/", "/otsing?q=kriisiplaan", "/materjal/kriisiplaan"):
        page = forms.client.get(path).text
        assert 'href="/soovita"' in page
        assert 'href="/teata"' in page
    assert 'href="/teata?id=kriisiplaan"' in forms.client.get("/materjal/kriisiplaan").text
    nothing = forms.client.get("/otsing?q=xyzzyq").text
    assert 'href="/soovita"' in nothing[: nothing.index("<footer")]


def test_a_site_without_a_letterbox_has_no_forms(client: FlaskClient) -> None:
    assert client.get("/soovita").status_code == 404
    assert "/soovita" not in client.get("/").text


def test_a_site_whose_folder_cannot_be_written_has_no_forms_but_serves(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder", "utf-8")
    client = app_from_settings(Settings.load({"AARDEKAST_HOME": str(tmp_path / "home")})).test_client()
    assert client.get("/soovita").status_code == 404
    assert client.get("/robots.txt").status_code == 200
