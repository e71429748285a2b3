"""The pages of audiences, topics, kinds, counties and publishers, and the news."""

from collections.abc import Callable
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from webapp.publishers import slug_of

ClientOf = Callable[..., FlaskClient]
CardOf = Callable[..., Resource]


def test_a_topic_says_what_it_is_about_and_where_to_begin(client: FlaskClient, vocabulary: Vocabulary) -> None:
    page = client.get("/teema/kriisivalmidus").text
    assert "Kriisivalmidus ja elanikkonnakaitse</h1>" in page
    assert "symbols.svg#kiri-kriisivalmidus" in page
    assert vocabulary.topics["kriisivalmidus"].about() in unescape(page)
    assert 'href="/otsing?teema=kriisivalmidus">Vaata kõiki (2 materjali)</a>' in page
    assert "Kriisireguleerimise juhend omavalitsusele" in page
    assert 'href="/otsing?liik=juhendmaterjal&amp;teema=kriisivalmidus"' in page.replace(
        "teema=kriisivalmidus&amp;liik=juhendmaterjal", "liik=juhendmaterjal&amp;teema=kriisivalmidus"
    )


def test_topics_that_go_together_are_counted_among_the_materials_of_the_topic(client: FlaskClient) -> None:
    page = client.get("/teema/kriisivalmidus").text
    near = page[page.index("Lähedased teemad") :].split("</section>")[0]
    assert "Koostöö omavalitsusega" in near
    assert "Vabatahtlik tegevus" not in near
    link = unescape(near.split('href="')[1].split('"')[0])
    assert client.get(f"/api/v1/search?{link.split('?')[1]}").json["total"] == 1  # type: ignore[index]


def test_what_the_words_of_a_topic_find_stands_first(client_of: ClientOf, card_of: CardOf) -> None:
    others = [card_of(n, f"Seltsi aastakoosolek {n}", topics=("rahastus",), published="2026") for n in range(12)]
    told = card_of(99, "Toetus ja taotlusvoor", topics=("rahastus",), published="1999", description="Kust raha saab.")
    page = client_of(*others, told).get("/teema/rahastus").text
    best, newest = page.split("<h2>Uuemad</h2>")
    assert "Toetus ja taotlusvoor" in best[best.index("Alusta neist") :]
    assert "Seltsi aastakoosolek" in newest
    assert "Toetus ja taotlusvoor" not in newest, "what stands above is not said twice"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/sihtruhm/kov", "Kohalik omavalitsus"),
        ("/liik/juhendmaterjal", "Juhendmaterjal"),
        ("/maakond/tartu", "Tartumaa"),
        ("/valjaandja/paasteamet", "Päästeamet"),
    ],
)
def test_each_facet_has_pages(address: str, title: str, client_of: ClientOf, card_of: CardOf) -> None:
    card = card_of(
        1, "Juhend vallale", kind="juhendmaterjal", audiences=("kov",), counties=("tartu",), publisher="Päästeamet"
    )
    page = client_of(card, card_of(2, "Muu lugu", audiences=("arendaja",), kind="artikkel")).get(address).text
    assert f"{title}</h1>" in page
    assert "1 materjal" in page
    assert "Juhend vallale" in page
    assert "Muu lugu" not in page


@pytest.mark.parametrize(
    "address", ["/teema/olematu", "/sihtruhm/olematu", "/liik/x", "/maakond/riia", "/valjaandja/keegi", "/muu/kov"]
)
def test_a_slug_that_nothing_has_is_not_found_and_can_be_searched_for(address: str, client: FlaskClient) -> None:
    for path in (address, f"{address}.atom"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert 'role="search"' in answer.text


def test_a_term_without_materials_has_a_page_that_says_so(client: FlaskClient) -> None:
    answer = client.get("/teema/kestlikkus")
    assert answer.status_code == 200
    assert "Siin ei ole veel ühtegi materjali." in answer.text


def test_events_and_news_have_one_page_and_not_two(client: FlaskClient) -> None:
    assert client.get("/liik/koolitus").headers["Location"] == "/sundmused"
    assert client.get("/liik/uudis").headers["Location"] == "/uudised"


def test_names_that_are_written_alike_are_one_publisher(client_of: ClientOf, card_of: CardOf) -> None:
    client = client_of(
        card_of(1, "Üks", publisher="Tartu Ülikool"),
        card_of(2, "Kaks", publisher="Tartu Ülikool"),
        card_of(3, "Kolm", publisher="TARTU ÜLIKOOL"),
    )
    page = client.get("/valjaandja/tartu-ulikool").text
    assert "Tartu Ülikool</h1>" in page
    assert "3 materjali" in page
    assert 'href="/valjaandja/tartu-ulikool"' in client.get("/materjal/kaart-3").text


def test_any_name_leads_somewhere(client_of: ClientOf, card_of: CardOf) -> None:
    names = ["Фонд «Дом»", "???", "a" * 200, "Lõuna-Eesti / KÜSK & Co", "../..", "x.atom", 'A"B']
    client = client_of(*(card_of(number, "Küla", publisher=name) for number, name in enumerate(names)))
    for number, name in enumerate(names):
        page = client.get(f"/materjal/kaart-{number}").text
        link = unescape(page[page.index("Väljaandja</dt>") :].split('href="')[1].split('"')[0])
        assert client.get(link).status_code == 200, (name, link)
        assert quote("..") not in link or link.startswith("/otsing")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Eesti Koostöö Kogu", "eesti-koostoo-kogu"),
        ("e-Riigi Akadeemia", "e-riigi-akadeemia"),
        ("  ", ""),
        ("A__B", "a-b"),
    ],
)
def test_a_slug_is_the_name_as_it_is_typed_without_marks(name: str, slug: str) -> None:
    assert slug_of(name) == slug == slug_of(slug)


def test_the_newest_news_stand_first_with_their_day(client_of: ClientOf, card_of: CardOf) -> None:
    client = client_of(
        card_of(1, "Vana uudis", kind="uudis", published="2019-03-02"),
        card_of(2, "Uus uudis", kind="uudis", published="2026-11-20", topics=("kulaelu",)),
        card_of(3, "Ei ole uudis", published="2026-11-21"),
    )
    page = client.get("/uudised").text
    assert page.index("Uus uudis") < page.index("Vana uudis")
    assert "20.11.2026" in page
    assert "Ei ole uudis" not in page
    assert (
        'href="/otsing?teema=kulaelu&amp;liik=uudis"' in page or 'href="/otsing?liik=uudis&amp;teema=kulaelu"' in page
    )


def test_without_news_the_page_says_so(client: FlaskClient) -> None:
    assert "Praegu ühtegi uudist kirjas ei ole." in client.get("/uudised").text


@pytest.mark.parametrize(
    "address", ["/teema/kriisivalmidus", "/sihtruhm/kogukond", "/valjaandja/paasteamet", "/uudised"]
)
def test_such_a_page_can_be_followed(address: str, client: FlaskClient) -> None:
    page = client.get(address).text
    link = page.split('<link rel="alternate" type="application/atom+xml" href="')[1].split('"')[0]
    assert link == f"{address}.atom"
    assert f'<a class="more" href="{link}"' in page
    assert client.get(link).status_code == 200
