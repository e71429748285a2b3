from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from aardekast.resource import Copy, Resource, Translation


def test_the_card_and_one_way_to_the_source(client: FlaskClient) -> None:
    page = client.get("/materjal/kaart-2").text
    assert "<h1>Kriisireguleerimise juhend omavalitsusele</h1>" in page
    for fact in ("Päästeamet", "mai 2014", "62 lk", "Kohalik omavalitsus", "Link töötas 14.11.2026", "Mida vald"):
        assert fact in page
    assert page.count('class="btn" href="https://rescue.ee/juhend.pdf"') == 1
    assert "Ava juhend" in page
    assert "Avaneb leht rescue.ee" in page
    assert 'href="/teema/kov-koostoo"' in page


def test_passages_that_match_lead_to_their_page(client: FlaskClient) -> None:
    page = client.get("/materjal/kaart-2?q=evakueerimise").text
    assert 'href="https://rescue.ee/juhend.pdf#page=14"' in page
    assert "<mark>Evakueerimine</mark>" in page
    assert "#page=47" not in page


def test_searching_inside_keeps_the_search_one_came_from(client: FlaskClient) -> None:
    page = client.get("/materjal/kaart-2?q=kriisikomisjon&sihtruhm=kov&sees=generaatorid").text
    assert "<mark>generaator</mark>" in page
    assert 'href="/otsing?q=kriisikomisjon&amp;sihtruhm=kov">' in page
    assert "Tagasi otsingusse „kriisikomisjon“" in page
    assert '<input type="hidden" name="sihtruhm" value="kov">' in page


def test_inside_a_material_its_words_are_looked_for_not_the_filters_that_led_there(client: FlaskClient) -> None:
    page = client.get('/materjal/kaart-2?q="kriisikomisjon kokku" väljaandja:Päästeamet -talgud').text
    assert 'name="sees" type="search" value="kriisikomisjon kokku"' in page
    assert "Tagasi otsingusse „&#34;kriisikomisjon kokku&#34; väljaandja:Päästeamet -talgud“" in page


def test_says_when_the_words_stand_nowhere(client: FlaskClient) -> None:
    assert "„jalgratas“ selle materjali tekstis ei leidunud." in client.get("/materjal/kaart-2?sees=jalgratas").text


def test_never_a_copy_of_the_text(client: FlaskClient) -> None:
    assert "Riik hüvitab" not in client.get("/materjal/kaart-2").text


def test_without_text_there_is_nothing_to_search_inside(client: FlaskClient) -> None:
    assert "Leia materjali seest" not in client.get("/materjal/kaart-1?q=küla").text


def test_a_source_that_does_not_answer(client: FlaskClient) -> None:
    page = client.get("/materjal/kaart-4").text
    assert "Allikas ei vasta" in page
    assert "Link töötas" not in page


def test_no_link_to_an_address_that_is_none(
    client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]
) -> None:
    assert "javascript:" not in client_of(card_of(1, "Küla", url="javascript:alert(1)")).get("/materjal/kaart-1").text


def test_similar_materials_are_listed_without_itself(client: FlaskClient) -> None:
    page = client.get("/materjal/kaart-2").text
    similar = page[page.index("Sarnased materjalid") :]
    assert 'href="/materjal/kaart-4">Kriisiplaan</a>' in similar
    assert 'href="/materjal/kaart-2"' not in similar


def test_nothing_is_said_of_similar_ones_where_there_are_none(client_of: Callable[..., FlaskClient]) -> None:
    lone = Resource(id="r1", url="https://naide.ee/1", title="Pealkiri", language="et")
    assert "Sarnased" not in client_of(lone).get("/materjal/r1").text


@pytest.mark.parametrize("address", ["/materjal/kaart-1", "/otsing?q=küla"])
def test_where_else_the_same_text_stands(
    address: str, client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]
) -> None:
    copies = (
        Copy(url="https://www.kuusalu.ee/lugu", title="Küla <lugu>"),
        Copy(url="javascript:alert(1)", title="Kuri"),
    )
    page = client_of(card_of(1, "Küla lugu", copies=copies)).get(address).text
    same = page[page.index("Sama tekst ka:") :].split("</p>")[0]
    assert '<a href="https://www.kuusalu.ee/lugu">kuusalu.ee<span class="vh">: Küla &lt;lugu&gt;</span></a>' in same
    assert same.count("<a ") == 1
    assert "Kuri" not in page


def test_copies_that_cannot_be_opened_are_not_spoken_of(
    client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]
) -> None:
    lone = card_of(1, "Küla lugu", copies=(Copy(url="javascript:alert(1)", title="Kuri"),))
    assert "Sama tekst" not in client_of(lone).get("/materjal/kaart-1").text


def test_an_unknown_id_is_a_page_of_its_own(client: FlaskClient) -> None:
    answer = client.get("/materjal/ei-ole")
    assert answer.status_code == 404
    assert "Seda lehte ei ole" in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_same_material_in_other_languages_is_led_to(
    client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]
) -> None:
    other = Translation(id="k2", url="https://www.naide.ee/en", title="Village <b>plan</b>", language="en")
    client = client_of(card_of(1, "Küla plaan", translations=(other,)))
    page = client.get("/materjal/kaart-1").text
    assert "Sama teistes keeltes:" in page
    link = '<a href="/materjal/k2" hreflang="en" lang="en">Village &lt;b&gt;plan&lt;/b&gt;</a> (inglise)'
    assert link in page
    hit = client.get("/api/v1/search?q=plaan").json["hits"][0]
    assert hit["translations"] == [{"id": "k2", "url": other.url, "title": other.title, "language": "en"}]


def test_a_material_in_one_language_says_nothing_of_others(client: FlaskClient) -> None:
    assert "Sama teistes keeltes" not in client.get("/materjal/kaart-2").text
