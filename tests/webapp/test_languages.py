"""The same site in three languages, told apart by the address alone."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import engine_at
from webapp import create_app

LANGUAGES = {"et": "", "en": "/en", "ru": "/ru"}
PAGES = ["/", "/otsing?q=küla", "/otsing?q=olematu", "/materjal/kaart-2?q=kriis", "/kuidas-otsida"]
PAGES += ["/mis-on-aardekast", "/ligipaasetavus", "/privaatsus"]
INVITES = {"et": "Otsi Aardekastist", "en": "Search Aardekast", "ru": "Поиск в Aardekast"}

each_language = pytest.mark.parametrize(("language", "prefix"), LANGUAGES.items())


def links(page: str, pattern: str) -> list[str]:
    return [unescape(address) for address in re.findall(pattern, page)]


@each_language
@pytest.mark.parametrize("address", PAGES)
def test_every_page_stands_in_each_language(address: str, language: str, prefix: str, client: FlaskClient) -> None:
    answer = client.get(prefix + address)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert INVITES[language] in answer.text


@each_language
@pytest.mark.parametrize("address", [*PAGES, "/ei-ole"])
def test_links_keep_the_language(address: str, language: str, prefix: str, client: FlaskClient) -> None:
    page = client.get(prefix + address).text
    own = links(re.sub(r"(?s)<head>.*?</head>|<nav class=\"langs\".*?</nav>", "", page), r'(?:href|action)="(/[^"]*)"')
    assert own
    if prefix:
        assert [link for link in own if not link.startswith((f"{prefix}/", "/static/"))] == []
    else:
        assert [link for link in own if link.startswith(("/en/", "/ru/"))] == []


@each_language
def test_the_switch_leads_to_the_same_page_with_the_same_query(language: str, prefix: str, client: FlaskClient) -> None:
    page = client.get(f"{prefix}/otsing?q=k%C3%BCla+%26+vald&sihtruhm=kogukond&leht=2").text
    switch = page[page.index('<nav class="langs"') :]
    switch = switch[: switch.index("</nav>")]
    others = {other: LANGUAGES[other] for other in LANGUAGES if other != language}
    expected = [f"{other}/otsing?q=k%C3%BCla+%26+vald&sihtruhm=kogukond&leht=2" for other in others.values()]
    assert links(switch, r'href="([^"]+)"') == expected
    assert links(switch, r'hreflang="([^"]+)"') == list(others)
    assert f'<li lang="{language}"><b aria-current="true">' in switch


@pytest.mark.parametrize("address", ["/materjal/ei%20ole%2F..", "/ei-ole/õ?q=küla", "//naide.ee/x", "/en//naide.ee/x"])
def test_the_switch_of_a_page_that_is_not_there_stays_on_the_site(address: str, client: FlaskClient) -> None:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 404
    switch = answer.text[answer.text.index('<nav class="langs"') :]
    for link in links(switch[: switch.index("</nav>")], r'href="([^"]+)"'):
        assert re.match(r"/[^/]", link)
        assert client.get(link).status_code == 404


@each_language
def test_search_engines_learn_of_all_three(language: str, prefix: str, client: FlaskClient) -> None:
    head = client.get(f"{prefix}/otsing?liik=artikkel&q=talgup%C3%A4ev&utm_source=x").text.split("</head>")[0]
    query = "/otsing?q=talgup%C3%A4ev&liik=artikkel"
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', unescape(head))
    here = "http://localhost"
    assert found == [
        *((other, f"{here}{start}{query}") for other, start in LANGUAGES.items()),
        ("x-default", f"{here}{query}"),
    ]
    assert links(head, r'<link rel="canonical" href="([^"]+)">') == [f"{here}{prefix}{query}"]


def test_a_resource_is_one_page_whatever_search_led_to_it(client: FlaskClient) -> None:
    head = client.get("/ru/materjal/kaart-1?q=küla").text.split("</head>")[0]
    assert links(head, r'<link rel="canonical" href="([^"]+)">') == ["http://localhost/ru/materjal/kaart-1"]


def test_a_fault_has_no_address_of_its_own(client: FlaskClient) -> None:
    assert "canonical" not in client.get("/en/ei-ole").text


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/en/ei-ole", "This page does not exist"),
        ("/ru/ei/ole", "Такой страницы нет"),
        ("/en/materjal/ei-ole", "This page does not exist"),
        ("/fi/otsing", "Seda lehte ei ole"),
        ("/enter", "Seda lehte ei ole"),
    ],
)
def test_a_missing_page_says_so_in_the_language_of_its_address(address: str, says: str, client: FlaskClient) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert f"<h1>{says}</h1>" in answer.text


@pytest.mark.parametrize(("prefix", "says"), [("/en", "Try again in a minute"), ("/ru", "Повторите через минуту")])
def test_a_site_without_an_index_says_so_in_the_language_of_the_address(
    prefix: str, says: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    answer = create_app(engine_at(tmp_path, vocabulary), vocabulary).test_client().get(f"{prefix}/otsing?q=küla")
    assert answer.status_code == 503
    assert says in answer.text
    assert f'href="{prefix}/otsing?q=k%C3%BCla">' in answer.text, "the same search again"


def test_the_language_of_the_browser_changes_nothing(client: FlaskClient) -> None:
    plain = client.get("/otsing?q=küla")
    asked = client.get("/otsing?q=küla", headers={"Accept-Language": "ru,en;q=0.8"})
    assert re.sub("[0-9.]+ ms", "", asked.text) == re.sub("[0-9.]+ ms", "", plain.text)
    assert "Accept-Language" not in plain.headers.get("Vary", "")


def test_the_form_for_filters_is_led_to_its_short_address_in_the_same_language(client: FlaskClient) -> None:
    answer = client.get("/en/otsing?q=küla&liik=artikkel&alates=2020&kuni=")
    assert answer.status_code == 302
    assert answer.location == "/en/otsing?q=k%C3%BCla&liik=artikkel&aasta=2020.."


def test_each_language_has_an_etag_of_its_own(client: FlaskClient) -> None:
    tags = {client.get(f"{prefix}/otsing?q=küla").headers["ETag"] for prefix in LANGUAGES.values()}
    assert len(tags) == 3


def test_the_front_pages_do_not_show_each_others_words(client: FlaskClient) -> None:
    for _ in range(2):
        for language, prefix in LANGUAGES.items():
            page = client.get(f"{prefix}/").text
            assert INVITES[language] in page
            label = {"et": "Kohalik omavalitsus", "en": "Local government", "ru": "Местное самоуправление"}
            assert [other for other in label if label[other] in page] == [language]


@pytest.mark.parametrize(
    ("prefix", "counts"),
    [
        ("", ["1 materjal", "2 materjali", "5 materjali", "21 materjali"]),
        ("/en", ["1 resource", "2 resources", "5 resources", "21 resources"]),
        ("/ru", ["1 материал", "2 материала", "5 материалов", "21 материал"]),
    ],
)
def test_things_are_counted_as_the_language_counts(
    prefix: str, counts: list[str], app_of: Callable[..., Flask]
) -> None:
    from webapp.wording import materials

    with app_of().test_request_context(f"{prefix}/"):
        assert [materials(count) for count in (1, 2, 5, 21)] == counts


@pytest.mark.parametrize(
    ("prefix", "day", "month", "thousands"),
    [
        ("", "3.12.2026", "mai 2014", "12\xa0345"),
        ("/en", "3 Dec 2026", "May 2014", "12,345"),
        ("/ru", "03.12.2026", "май 2014", "12\xa0345"),
    ],
)
def test_days_and_numbers_are_written_as_the_language_writes_them(
    prefix: str, day: str, month: str, thousands: str, app_of: Callable[..., Flask]
) -> None:
    from webapp.language import number
    from webapp.wording import published_phrase

    with app_of().test_request_context(f"{prefix}/"):
        assert published_phrase("2026-12-03") == day
        assert published_phrase("2014-05") == month
        assert number(12345) == thousands


@pytest.mark.parametrize(
    ("prefix", "page", "length", "language"),
    [
        ("", "lk 14", "62 lk", "inglise keeles"),
        ("/en", "p. 14", "62 pages", ""),
        ("/ru", "с. 14", "62 страницы", "на английском"),
    ],
)
def test_the_facts_of_a_resource_are_in_the_language_of_the_page(
    prefix: str, page: str, length: str, language: str, client: FlaskClient
) -> None:
    shown = client.get(f"{prefix}/materjal/kaart-2?q=generaator").text
    assert f"<b>{page}</b>" in shown
    assert length in shown
    assert language in client.get(f"{prefix}/otsing?q=village").text


def test_estonian_words_are_marked_on_pages_in_other_languages(client: FlaskClient) -> None:
    page = client.get("/ru/otsing?q=külavanema+valimine").text
    assert re.search(r'<a href="/ru/materjal/kaart-1[^"]*" lang="et">', page)
    assert re.search(r'<p lang="et">[^\n]*Kuidas', page)
    assert '<p class="lead" lang="et">' in client.get("/ru/materjal/kaart-1").text
    assert 'lang="et"' not in client.get("/materjal/kaart-1").text.split("<main")[1]


def test_suggestions_are_in_the_language_of_the_page(client: FlaskClient) -> None:
    page = client.get("/ru/").text
    assert 'data-suggest="/ru/api/v1/suggest"' in page
    assert 'data-few="2 подсказки, выбирайте стрелками"' in page
    for typed in ("готовность", "kriisival"):
        answer = client.get("/ru/api/v1/suggest", query_string={"q": typed}).json
        assert answer is not None
        assert {
            "text": "Готовность к кризисам и защита населения",
            "kind": "topic",
            "url": "/ru/otsing?teema=kriisivalmidus",
        } in answer["suggestions"]


def test_the_api_names_values_in_the_language_of_its_address(client: FlaskClient) -> None:
    answers = {prefix: client.get(f"{prefix}/api/v1/search?q=kriis").json for prefix in LANGUAGES.values()}
    kinds = {prefix: {v["value"]: v["label"] for v in answer["facets"]["kind"]} for prefix, answer in answers.items()}  # type: ignore[index]
    assert kinds["/en"]["juhendmaterjal"] == "Guide"
    assert kinds["/ru"]["juhendmaterjal"] == "Методическое руководство"
    assert kinds[""].keys() == kinds["/en"].keys() == kinds["/ru"].keys()
    assert client.get("/en/api/v1/ei-ole").mimetype == "application/problem+json"


def test_machines_have_one_address(client: FlaskClient) -> None:
    for address in ("/en/tervis", "/ru/robots.txt"):
        assert client.get(address).status_code == 404
    robots = client.get("/robots.txt").text
    assert all(f"Disallow: {prefix}/otsing?*&" in robots for prefix in LANGUAGES.values())


@pytest.mark.parametrize("prefix", ["/en", "/ru"])
def test_a_language_without_its_slash_is_led_to_its_front_page(prefix: str, client: FlaskClient) -> None:
    answer = client.get(f"{prefix}?q=x")
    assert (answer.status_code, answer.location) == (308, f"http://localhost{prefix}/?q=x")
    assert client.options(f"{prefix}/otsing").status_code == 200
    assert client.post(f"{prefix}/otsing").status_code == 405


def test_another_language_can_be_asked_for_by_name(app_of: Callable[..., Flask]) -> None:
    app = app_of()
    with app.test_request_context("/en/otsing"):
        app.preprocess_request()
        assert url_for("pages.search") == "/en/otsing"
        assert url_for("pages.search", language="ru") == "/ru/otsing"
        assert url_for("pages.search", language="et") == "/otsing"
        assert url_for("service.health") == "/tervis"


def test_a_site_below_a_folder_keeps_it_in_the_switch(client: FlaskClient) -> None:
    page = client.get("/en/otsing?q=küla", base_url="http://localhost/aardekast").text
    assert 'href="/aardekast/ru/otsing?q=k%C3%BCla" hreflang="ru"' in page


def test_a_language_that_has_no_phrase_is_named(
    client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]
) -> None:
    client = client_of(card_of(1, "Küla", language="pl"))
    assert "keel: pl" in client.get("/materjal/kaart-1").text
    assert "язык: pl" in client.get("/ru/materjal/kaart-1").text
