import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from aardekast.resource import Resource


def test_finds_an_inflected_form_and_marks_it(client: FlaskClient) -> None:
    page = client.get("/otsing?q=külavanemate").text
    assert "materjali otsingule „külavanemate“" in page or "1 materjal otsingule „külavanemate“" in page
    assert "<mark>Külavanema</mark>" in page


def test_a_hit_says_what_it_is_and_leads_to_its_source(client: FlaskClient) -> None:
    page = client.get("/otsing?q=kriisikomisjon").text
    for fact in ("Juhendmaterjal", "PDF, 62 lk", ">2014<", "Kohalik omavalitsus", "Päästeamet"):
        assert fact in page
    assert 'href="/materjal/kaart-2?q=kriisikomisjon"' in page
    assert 'href="https://rescue.ee/juhend.pdf"' in page
    assert 'href="https://rescue.ee/juhend.pdf#page=1"' in page


def test_other_languages_carry_lang(client: FlaskClient) -> None:
    page = client.get("/otsing?keel=en").text
    assert ' lang="en">The Estonian Village</a>' in page
    assert '<p lang="en">' not in page, "the description of a card is in Estonian whatever the material is in"
    assert '<p lang="en">' in client.get("/otsing?q=elders").text
    assert "inglise keeles" in page


def test_says_when_a_source_does_not_answer(client: FlaskClient) -> None:
    assert "Allikas ei vasta, viimati kontrollitud 14.11.2026." in client.get("/otsing?q=Lindi").text


def test_everyone_is_named_shortly(client: FlaskClient) -> None:
    assert "<span>kõigile</span>" in client.get("/otsing?liik=kogemuslugu").text


def test_filters_carry_counts_inside_their_labels(client: FlaskClient) -> None:
    page = client.get("/otsing?q=küla&teema=vabatahtlikud").text
    assert (
        '<input type="checkbox" name="teema" value="vabatahtlikud" checked>'
        '<span>Vabatahtlik tegevus</span><span class="num">23<i class="vh"> materjali</i></span>'
    ) in page
    assert '<button class="btn" data-now="Näita 23 materjali">Rakenda filtrid</button>' in page
    assert '<input type="hidden" name="q" value="küla">' in page


def test_a_chip_drops_its_filter_alone(client: FlaskClient) -> None:
    page = client.get("/otsing?q=küla&sihtruhm=kogukond&teema=vabatahtlikud&leht=2").text
    assert 'class="chip" href="/otsing?q=k%C3%BCla&amp;sihtruhm=kogukond">' in page
    assert 'class="chip" href="/otsing?q=k%C3%BCla&amp;teema=vabatahtlikud">' in page
    assert 'class="chip off" href="/otsing?q=k%C3%BCla">Eemalda kõik<' in page


def test_pages_and_their_links(client: FlaskClient) -> None:
    second = client.get("/otsing?teema=vabatahtlikud&leht=2").text
    assert '<b aria-current="page"><span class="vh">Lehekülg </span>2</b>' in second
    assert 'href="/otsing?teema=vabatahtlikud" rel="prev"' in second
    assert 'href="/otsing?teema=vabatahtlikud&amp;leht=3" rel="next"' in second
    assert second.count('<li class="hit">') == 10
    assert 'role="status"><span class="vh">23 materjali</span>' in second


def test_a_page_past_the_last_is_the_last(client: FlaskClient) -> None:
    page = client.get("/otsing?teema=vabatahtlikud&leht=99").text
    assert '<b aria-current="page"><span class="vh">Lehekülg </span>3</b>' in page
    assert page.count('<li class="hit">') == 3


@pytest.mark.parametrize(
    "query",
    [
        "teema=ei-ole",
        "leht=0",
        "leht=-1",
        "leht=abc",
        "leht=" + "9" * 40,
        "aasta=kunagi",
        "aasta=..",
        "jarjesta=juhuslik",
        "sihtruhm=&keel=<script>&vorming=%00",
        "q=%00+%C2%AD",
        "tundmatu=1",
    ],
)
def test_bad_values_are_ignored(query: str, client: FlaskClient) -> None:
    answer = client.get(f"/otsing?{query}")
    assert answer.status_code == 200
    assert "<h1>28 materjali</h1>" in answer.text


@pytest.mark.parametrize("text", ['"', "AND OR NOT (", "küla*" * 200, "pealkiri:", "a" * 5000, "%s %(x)s {{ 7*7 }}"])
def test_any_query_text_gives_a_page(text: str, client: FlaskClient) -> None:
    assert client.get("/otsing", query_string={"q": text}).status_code == 200


def test_bytes_that_are_no_text_give_a_page(client: FlaskClient) -> None:
    assert client.get("/otsing?q=%FF%FE&teema=%C3").status_code == 200


def test_the_form_of_years_becomes_a_short_address(client: FlaskClient) -> None:
    answer = client.get("/otsing?q=küla&alates=2020&kuni=2024&sihtruhm=kogukond")
    assert answer.status_code == 302
    assert answer.location == "/otsing?q=k%C3%BCla&sihtruhm=kogukond&aasta=2020..2024"
    assert client.get("/otsing?q=küla&alates=&kuni=").location == "/otsing?q=k%C3%BCla"


def test_years_the_wrong_way_round_are_swapped_and_it_says_so(client: FlaskClient) -> None:
    page = client.get("/otsing?alates=2024&kuni=2020").text
    assert "Alguse aasta on lõpu aastast hilisem. Vahetasime need ära." in page
    assert "2020–2024" in page
    assert 'name="alates" value="2020"' in page
    assert "Külavanema valimine" in page
    nothing = client.get("/otsing?alates=1904&kuni=1900").text
    assert "materjale ei leidunud" in nothing
    assert "Alguse aasta on lõpu aastast hilisem. Vahetasime need ära." in nothing


def test_several_ranges_of_years_survive_the_form(client: FlaskClient) -> None:
    page = client.get("/otsing?aasta=2023&aasta=2025&aasta=teadmata").text
    assert 'name="alates" value="2023"' in page
    assert 'name="aasta" value="2025" checked' in page
    assert 'name="aasta" value="teadmata" checked' in page


def test_all_words_stand_before_some(client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]) -> None:
    titles = ["Kriisiplaan külale", "Kriisiplaani aruanne", "Talgud", "Seltsimaja", "Raamatukogu", "Kaasav eelarve"]
    client = client_of(*(card_of(number, title, publisher="Selts") for number, title in enumerate(titles)))
    page = client.get("/otsing?q=kriisiplaan külale").text
    assert "Kõik sõnad on 1 materjalis." in page
    assert "Järgmistes puudub sõna „külale“." in page
    assert page.index("materjalis.") < page.index("aruanne")


def test_order_by_links(client: FlaskClient) -> None:
    page = client.get("/otsing?q=küla&jarjesta=pealkiri").text
    assert '<b aria-current="true">Pealkirja järgi</b>' in page
    assert 'href="/otsing?q=k%C3%BCla&amp;jarjesta=uuemad">Uuemad enne<' in page
    assert 'name="jarjesta" value="pealkiri"' in page, "the form for filters keeps the order"


def test_nothing_found_shows_the_ways_out(client: FlaskClient) -> None:
    page = client.get("/otsing?q=Lindi&sihtruhm=kov&teema=kulaelu").text
    assert "Otsingule „Lindi“ materjale ei leidunud" in page
    assert 'href="/otsing?q=Lindi">Otsi ilma filtriteta</a> <span class="num">1 materjal<' in page
    assert 'href="/teema/kriisivalmidus"' in page
    assert 'role="status"' in page


def test_nothing_found_names_each_filter_that_would_help(client: FlaskClient) -> None:
    page = client.get("/otsing?sihtruhm=kov&teema=vabatahtlikud").text
    assert "Nende filtritega materjale ei leidunud" in page
    assert "Otsi ilma filtrita „Kohalik omavalitsus“</a> <span" in page
    assert ">23 materjali<" in page


@pytest.mark.parametrize("query", ["q=kulavanem&sihtruhm=kogukond", "q=kulavanem&sihtruhm=kogukond&teema=kulaelu"])
def test_another_spelling_keeps_the_filters_and_the_text_that_was_typed(
    query: str, client_told: Callable[..., FlaskClient]
) -> None:
    page = client_told(did_you_mean="külavanem").get(f"/otsing?{query}").text
    kept = query.replace("q=kulavanem", "q=k%C3%BClavanem").replace("&", "&amp;")
    assert re.search(rf'Kas mõtlesid: <a href="/otsing\?{re.escape(kept)}">külavanem</a>', page)
    assert 'value="kulavanem"' in page


def test_another_spelling_is_offered_with_its_count_where_nothing_was_found(
    client_told: Callable[..., FlaskClient],
) -> None:
    told = {"total": 0, "complete": 0, "hits": (), "did_you_mean": "külavanem"}
    page = client_told(**told).get("/otsing?q=kulavanem&sihtruhm=kogukond").text
    assert "Otsingule „kulavanem“ materjale ei leidunud" in page
    way = '<a href="/otsing?q=k%C3%BClavanem&amp;sihtruhm=kogukond">Kas mõtlesid „külavanem“?</a>'
    assert re.search(re.escape(way) + r' <span class="num">\d+ materjal', page)


def test_says_what_else_was_searched_but_not_all_of_it(client_told: Callable[..., FlaskClient]) -> None:
    few = client_told(searched_also=("külavanem", "<b>")).get("/otsing?q=küla").text
    assert "Otsiti ka: külavanem, &lt;b&gt;</p>" in few
    many = client_told(searched_also=tuple(f"sõna{n}" for n in range(20))).get("/otsing?q=küla").text
    assert "sõna6, sõna7 …</p>" in many
    assert "sõna8" not in many
    assert "Otsiti ka" not in client_told(searched_also=()).get("/otsing?q=küla").text


def test_without_words_no_order_suits_better(client: FlaskClient) -> None:
    assert "Sobivamad enne" in client.get("/otsing?q=küla -vald").text
    assert "Sobivamad enne" not in client.get("/otsing?q=teema:kulaelu").text


def test_what_was_asked_too_exactly_is_offered_as_plain_words(client_told: Callable[..., FlaskClient]) -> None:
    page = client_told(total=0, complete=0, hits=()).get('/otsing?q="külavanema valimine" aasta:1999').text
    assert "Otsingu tingimustele ei vasta ükski materjal." in page
    assert '<a href="/otsing?q=k%C3%BClavanema+valimine">Otsi lihtsalt „külavanema valimine“</a>' in page


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


def test_nothing_hostile_gets_into_the_page(
    client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]
) -> None:
    hostile = card_of(
        1,
        f"Küla {HOSTILE}",
        description=f"Küla {HOSTILE}",
        publisher=f"Selts {HOSTILE}",
        url="javascript:alert(1)",
        text=f"Küla {HOSTILE}",
        place=HOSTILE,
    )
    client = client_of(hostile)
    for address in ("/", "/otsing", "/materjal/kaart-1"):
        page = client.get(
            address, query_string={"q": f"küla {HOSTILE}", "sees": HOSTILE, "valjaandja": hostile.publisher}
        )
        assert "<script>" not in page.text
        assert "<img" not in page.text
        assert "javascript:" not in page.text
    assert escape(HOSTILE) in client.get("/otsing", query_string={"q": f"küla {HOSTILE}"}).text


def test_a_hit_says_how_long_it_takes_to_read(
    client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]
) -> None:
    client = client_of(
        card_of(1, "Küla lugu", words=1000),
        card_of(2, "Küla koolitus", words=1000, kind="koolitus"),
        card_of(3, "Küla juhend", words=1000, format="docx"),
    )
    page = client.get("/otsing?q=küla").text
    assert "<span>umbes 5 min lugemist</span>" in page
    assert "<span>DOCX, umbes 5 min lugemist</span>" in page
    assert page.count("5 min lugemist") == 2, "an event takes as long as it takes"


def test_the_filters_stay_where_nothing_was_found(client: FlaskClient) -> None:
    page = client.get("/otsing?q=Lindi&sihtruhm=kov").text
    assert '<input type="checkbox" name="sihtruhm" value="kov" checked>' in page
    assert "data-now" not in page, "no button promises to show 0 materials"
    assert '<form class="filters"' not in client.get("/otsing?q=olematusõna").text
