"""What programs see: JSON, faults, headers, caching."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import SearchRequest, engine_at
from webapp import create_app

ADDRESSES = [
    "/",
    "/otsing?q=küla",
    "/otsing?q=olematu",
    "/materjal/kaart-1",
    "/kuidas-otsida",
    "/api/v1/search?q=küla",
    "/api/v1/suggest?q=küla",
    "/tervis",
    "/robots.txt",
]


def test_the_api_gives_what_the_index_answers(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=küla&sihtruhm=kogukond&leht=2")
    wanted = SearchRequest(text="küla", audiences=("kogukond",), page=2)
    expected = client.application.extensions["aardekast"].engine.open().search(wanted).as_json()
    assert answer.json is not None
    assert answer.json | {"took_ms": 0} == expected | {"took_ms": 0}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_suggests_titles_and_topics_with_their_addresses(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggest?q=kriisi&sihtruhm=kogukond")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json is not None
    assert answer.json["query"] == "kriisi"
    suggested = {one["text"]: one for one in answer.json["suggestions"]}
    assert suggested["Kriisiplaan"] == {"text": "Kriisiplaan", "kind": "title", "url": "/materjal/kaart-4"}
    topic = suggested["Kriisivalmidus ja elanikkonnakaitse"]
    assert topic["kind"] == "topic"
    assert topic["url"] == "/otsing?sihtruhm=kogukond&teema=kriisivalmidus", "in place of what was typed"
    assert "Kriisireguleerimise juhend omavalitsusele" not in suggested, "it is for another audience"
    assert len(suggested) <= 8


def test_a_suggested_phrase_is_searched_under_the_filters_in_force(
    client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]
) -> None:
    keyword = card_of(1, "Küla", keywords=("vabatahtlik päästja",))
    suggestions = client_of(keyword).get("/api/v1/suggest?q=vabat&liik=artikkel&leht=7").json
    assert suggestions is not None
    phrase = next(one for one in suggestions["suggestions"] if one["kind"] == "phrase")
    assert phrase["text"] == "vabatahtlik päästja"
    assert phrase["url"] == "/otsing?q=vabatahtlik+p%C3%A4%C3%A4stja&liik=artikkel"


@pytest.mark.parametrize("text", ["", '"', "*", "-", "a" * 5000, "teema:", "\x00"])
def test_any_text_can_be_completed(text: str, client: FlaskClient) -> None:
    assert client.get("/api/v1/suggest", query_string={"q": text}).status_code == 200


def test_page_and_api_show_the_same_hits(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=kriis").json
    page = client.get("/otsing?q=kriis").text
    assert found is not None
    assert found["hits"]
    positions = [page.index(f"/materjal/{hit['id']}?q=kriis") for hit in found["hits"]]
    assert positions == sorted(positions)


@pytest.mark.parametrize("address", [*ADDRESSES, "/ei-ole", "/api/v1/ei-ole"])
def test_no_cookie_and_strict_headers_everywhere(address: str, client: FlaskClient) -> None:
    headers = client.get(address).headers
    assert "Set-Cookie" not in headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("address", ADDRESSES[:5])
def test_pages_obey_their_own_policy(address: str, client: FlaskClient) -> None:
    page = client.get(address).text
    for forbidden in ("style=", " onclick", "<img"):
        assert forbidden not in page
    data = page.count('<script type="application/ld+json">')  # is read by programs and never run
    assert page.count("<script") - data == page.count('<script src="/static/') > 0
    sources = [part.split('"')[0] for part in page.split('src="')[1:]]
    sheets = [part.split('"')[0] for part in page.split('rel="stylesheet" href="')[1:]]
    assert all(source.startswith("/static/") for source in sources + sheets)


@pytest.mark.parametrize(
    "address",
    ["/", "/otsing?q=küla", "/materjal/kaart-1", "/kuidas-otsida", "/api/v1/search?q=küla", "/api/v1/suggest?q=küla"],
)
def test_what_did_not_change_is_not_sent_again(address: str, client: FlaskClient) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/otsing?q=muu", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_static_files_may_be_kept_for_ever(client: FlaskClient) -> None:
    page = client.get("/").text
    sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
    with client.get(sheet) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


def test_every_drawing_is_in_the_sprite(client: FlaskClient, vocabulary: Vocabulary) -> None:
    sprite = (Path(client.application.static_folder or "") / "symbols.svg").read_text("utf-8")
    for name in [f"kiri-{topic}" for topic in vocabulary.topics] + ["mark", "mark-empty", "carving"]:
        assert f'id="{name}"' in sprite


@pytest.mark.parametrize("address", ["/", "/otsing?q=küla", "/materjal/kaart-1", "/kuidas-otsida"])
def test_a_page_without_an_index_says_when_to_come_again(address: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    answer = create_app(engine_at(tmp_path, vocabulary), vocabulary).test_client().get(address)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "Proovi minuti pärast uuesti, sinu otsing jääb alles." in answer.text
    if "q=" in address:
        assert 'value="küla"' in answer.text


@pytest.mark.parametrize("address", ["/api/v1/search?q=küla", "/api/v1/suggest?q=küla", "/tervis"])
def test_a_program_without_an_index_gets_a_problem(address: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    answer = create_app(engine_at(tmp_path, vocabulary), vocabulary).test_client().get(address)
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.json is not None
    assert answer.json["status"] == 503
    assert answer.headers["Retry-After"] == "60"


def test_faults_of_the_api_are_problems(client: FlaskClient) -> None:
    answer = client.get("/api/v1/ei-ole")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert client.post("/api/v1/search").status_code == 405


def test_a_fault_of_ours_is_a_calm_page(app_of: Callable[..., Flask]) -> None:
    app = app_of()
    app.testing = False
    app.add_url_rule("/katki", view_func=lambda: str(1 / 0))
    answer = app.test_client().get("/katki")
    assert answer.status_code == 500
    assert "Viga on Aardekastis, mitte sinu otsingus." in answer.text


def test_health(client: FlaskClient) -> None:
    answer = client.get("/tervis").json
    assert answer is not None
    assert (answer["status"], answer["size"]) == ("ok", 28)
    assert answer["generation"]
    assert answer["published_at"]


def test_robots_may_not_walk_the_filters(client: FlaskClient) -> None:
    assert "Disallow: /otsing?*&" in client.get("/robots.txt").text


def test_an_empty_index_has_a_front_page(client_of: Callable[..., FlaskClient]) -> None:
    client = client_of()
    assert client.get("/").status_code == 200
    assert "materjale ei leidunud" in client.get("/otsing").text


@pytest.mark.parametrize("address", ["/", "/otsing?q=küla", "/api/v1/search?q=küla"])
def test_answers_are_compressed_for_who_can_read_it(address: str, client: FlaskClient) -> None:
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Content-Encoding" not in client.get(address).headers


def test_a_first_visit_stays_under_60_kb(client: FlaskClient) -> None:
    import re

    for address in ("/", "/otsing?q=küla"):
        encodings = {"Accept-Encoding": "gzip"}
        page = client.get(address, headers=encodings)
        links = set(re.findall(r'(?:href|src)="(/static/[^"#?]+)', client.get(address).text))
        assert any(link.endswith(".css") for link in links)
        assert (
            len(page.data) + sum(len(client.get(link, headers=encodings, buffered=True).data) for link in links)
            < 60_000
        )
