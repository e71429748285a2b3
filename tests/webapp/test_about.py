"""The pages on the Aardekast itself: what the law asks for, what is promised to visitors."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary
from index import engine_at
from webapp import app_from_settings, create_app
from webapp.site import Owner

PAGES = ["/mis-on-aardekast", "/ligipaasetavus", "/privaatsus"]
PREFIXES = ["", "/en", "/ru"]


def words(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main)))


@pytest.fixture
def client_without_index(tmp_path: Path, vocabulary: Vocabulary) -> FlaskClient:
    return create_app(engine_at(tmp_path, vocabulary), vocabulary, testing=True).test_client()


@pytest.fixture
def client_of_a_village(tmp_path: Path) -> FlaskClient:
    """The site as one would set it up for oneself."""
    chosen = {
        "AARDEKAST_HOME": str(tmp_path),
        "AARDEKAST_OWNER": "Näidisküla selts",
        "AARDEKAST_EMAIL": "selts@naide.ee",
        "AARDEKAST_ASSESSED": "2027-03-05",
    }
    return app_from_settings(Settings.load(chosen)).test_client()


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("address", PAGES)
def test_they_open_without_an_index(address: str, prefix: str, client_without_index: FlaskClient) -> None:
    answer = client_without_index.get(prefix + address)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert '<meta name="description" content="' in answer.text


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("address", ["/", "/otsing?q=küla", "/materjal/kaart-1", "/ei-ole", *PAGES])
def test_every_page_leads_to_them(address: str, prefix: str, client: FlaskClient) -> None:
    foot = client.get(prefix + address).text.split('<footer class="foot">')[1]
    assert all(f'href="{prefix}{page}"' in foot for page in PAGES)


@pytest.mark.parametrize("address", PAGES)
def test_what_did_not_change_is_not_sent_again(address: str, client_without_index: FlaskClient) -> None:
    first = client_without_index.get(address)
    again = client_without_index.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("prefix", "parts"),
    [
        ("", ["avaliku teabe seaduse § 32", "EN 301 549", "osaliselt", "punkt 9.3.1.2", "enesehindamine", "5.03.2027"]),
        ("/en", ["Public Information Act", "EN 301 549", "partially compliant", "clause 9.3.1.2", "5 Mar 2027"]),
        ("/ru", ["Закона Эстонии о публичной информации", "частично", "пункт 9.3.1.2", "05.03.2027"]),
    ],
)
def test_the_statement_has_all_that_the_law_asks_for(
    prefix: str, parts: list[str], client_of_a_village: FlaskClient
) -> None:
    page = client_of_a_village.get(f"{prefix}/ligipaasetavus").text
    for part in (*parts, "Näidisküla selts", "selts@naide.ee", "info@ttja.ee", "+372 667 2000"):
        assert part in words(page)
    assert 'href="mailto:selts@naide.ee"' in page
    assert 'href="tel:+3726672000"' in page


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_privacy_page_names_who_answers_and_who_supervises(prefix: str, client_of_a_village: FlaskClient) -> None:
    page = client_of_a_village.get(f"{prefix}/privaatsus").text
    for part in ("Näidisküla selts", 'href="mailto:selts@naide.ee"', 'href="https://www.aki.ee/"', "90"):
        assert part in page


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_five_partners_are_named_by_their_own_names(prefix: str, client: FlaskClient) -> None:
    page = words(client.get(f"{prefix}/mis-on-aardekast").text)
    for partner in ("Maakondlikud Arenduskeskused", "Tartu Ülikool", "Eesti Rahvaülikoolide Liit"):
        assert partner in page
    assert "Eesti Koostöö Kogu" in page
    assert "OÜ Toimevõimendi" in page


def test_each_audience_has_its_door(client: FlaskClient, vocabulary: Vocabulary) -> None:
    page = client.get("/en/mis-on-aardekast").text
    for slug in vocabulary.audiences:
        text = re.search(rf'href="/en/otsing\?sihtruhm={slug}">[^<]+</a></dt><dd>([^<]*)</dd>', page)
        assert text is not None
        assert len(text[1]) > 20


def test_without_an_address_to_write_to_they_lead_to_the_site_of_the_owner(client: FlaskClient) -> None:
    for address in PAGES:
        assert '<a href="https://kogukonnaveeb.ee/">kogukonnaveeb.ee</a>' in client.get(address).text


def test_what_an_owner_is_called_is_no_markup(tmp_path: Path, vocabulary: Vocabulary) -> None:
    owner = Owner("<b>Selts</b>", "https://naide.ee/", "", Settings.load({}).assessed)
    client = create_app(engine_at(tmp_path, vocabulary), vocabulary, owner=owner).test_client()
    assert "&lt;b&gt;Selts&lt;/b&gt;" in client.get("/privaatsus").text
