"""What programs get in place of an answer, and how they may ask from other sites."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import engine_at
from webapp import create_app
from webapp.api.models import Problem

ClientOf = Callable[..., FlaskClient]
SEARCH = "/api/v1/search?q=küla"


def problem_of(answer: TestResponse) -> Problem:
    """The problem, which any page may read and nobody keeps."""
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    told = Problem.model_validate_json(answer.data)
    assert told.status == answer.status_code
    return told


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/api/v1/ei-ole", "Seda ei ole"),
        ("/api/v2/search", "Seda ei ole"),
        ("/api/ei/ole?x=õ", "Seda ei ole"),
        ("/api/ei%20ole/..", "Seda ei ole"),
        ("/en/api/v1/resources/ei-ole", "Not found"),
        ("/ru/api/v1/ei-ole", "Не найдено"),
    ],
)
def test_what_is_not_there_is_a_problem_in_the_language_of_the_address(
    address: str, title: str, client: FlaskClient
) -> None:
    told = problem_of(client.get(address))
    assert (told.status, told.title) == (404, title)
    assert told.type == "http://localhost/api/#viga-404", "the same in every language"
    assert told.instance == address.replace("õ", "%C3%B5")


def test_the_type_of_every_problem_leads_to_where_it_is_explained(
    client: FlaskClient, app_of: Callable[..., Flask]
) -> None:
    app, codes = app_of(), (400, 404, 405, 406, 413, 414, 429)
    app.add_url_rule("/api/<int:code>", view_func=abort)
    for code in codes:
        told = problem_of(app.test_client().get(f"/api/{code}"))
        page, anchor = told.type.removeprefix("http://localhost").split("#")
        assert f'id="{anchor}"' in client.get(page).text
        assert told.title in client.get(page).text


def test_a_fault_without_an_explanation_of_ours_says_what_http_says(app_of: Callable[..., Flask]) -> None:
    app = app_of()
    app.add_url_rule("/api/teekann", view_func=lambda: abort(418))
    told = problem_of(app.test_client().get("/api/teekann"))
    assert (told.type, told.title, told.status) == ("about:blank", "I'm a Teapot", 418)


def test_a_fault_of_ours_is_a_problem(app_of: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_of()
    app.testing = False
    monkeypatch.setattr(app.extensions["aardekast"].engine.searcher, "search", lambda request: 1 / 0)
    answer = app.test_client().get(SEARCH)
    assert problem_of(answer).title == "Viga on Aardekastis"
    assert "division" not in answer.text


def test_without_an_index_it_says_when_to_come_again(tmp_path: Path, vocabulary: Vocabulary) -> None:
    answer = create_app(engine_at(tmp_path, vocabulary), vocabulary).test_client().get("/en/api/v1/facets")
    assert problem_of(answer).status == 503
    assert answer.headers["Retry-After"] == "60"


@pytest.mark.parametrize("address", ["/api/", "/ru/api/", "/en/api/valjad"])
def test_the_pages_on_the_api_are_for_people_also_when_they_fail(
    address: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    answer = create_app(engine_at(tmp_path, vocabulary), vocabulary).test_client().get(address)
    assert (answer.status_code, answer.mimetype) == (503, "text/html")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_can_be_written(method: str, client: FlaskClient) -> None:
    answer = client.open("/api/v1/search", method=method)
    assert problem_of(answer).status == 405
    assert {part.strip() for part in answer.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    ("accepted", "status"),
    [
        ("application/json", 200),
        ("application/*;q=0.1", 200),
        ("text/html, */*;q=0.1", 200),
        ("", 200),
        ("application/xml", 406),
        ("application/json;q=0, text/html", 406),
        ("nonsense", 406),
    ],
)
def test_another_form_than_json_is_refused(accepted: str, status: int, client: FlaskClient) -> None:
    client.get(SEARCH)  # is kept; what is kept is refused, too
    answer = client.get(SEARCH, headers={"Accept": accepted})
    assert answer.status_code == status
    if status != 200:
        assert problem_of(answer).title == "Sellisel kujul vastust ei ole"


def test_what_is_too_long_or_too_large_is_refused(client: FlaskClient) -> None:
    assert client.get("/api/v1/search", query_string={"q": "a" * 7000}).status_code == 200
    assert problem_of(client.get("/api/v1/search", query_string={"q": "a" * 8000})).status == 414
    assert client.get(SEARCH, data=b"x" * 100).status_code == 200
    assert problem_of(client.get(SEARCH, data=b"x" * 70_000)).status == 413


def test_a_page_of_another_site_may_ask_before_it_asks(client: FlaskClient) -> None:
    asking = {
        "Origin": "https://kogukonnaveeb.ee",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = client.options(SEARCH, headers=asking)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert int(answer.headers["Access-Control-Max-Age"]) > 0
    assert "Access-Control-Max-Age" not in client.get(SEARCH).headers


def test_to_ask_whether_one_may_does_not_spoil_the_answer(client: FlaskClient) -> None:
    for address in (SEARCH, "/otsing?q=küla"):
        assert client.options(address).data == b""
        assert len(client.get(address).data) > 1000
        etag = client.get(address).headers["ETag"]
        assert client.options(address, headers={"If-None-Match": etag}).status_code == 200


def test_the_head_of_an_answer_can_be_had_alone(client: FlaskClient) -> None:
    whole, head = client.get(SEARCH), client.head(SEARCH)
    assert head.data == b""
    for name in ("Content-Type", "ETag", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Link"):
        assert head.headers[name] == whole.headers[name]
    assert {"ETag", "Link"} <= set(whole.headers["Access-Control-Expose-Headers"].split(", "))


def test_pages_keep_their_own_faults(client: FlaskClient) -> None:
    for address in ("/ei-ole", "/en/apis", "/materjal/ei-ole"):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (404, "text/html")
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_feed_that_is_given_again_may_still_be_read_from_everywhere(
    client_of: ClientOf, card_of: Callable[..., Resource]
) -> None:
    client = client_of(card_of(1, "Küla"))
    for _ in range(2):
        assert client.get("/otsing.atom?q=küla").headers["Access-Control-Allow-Origin"] == "*"
