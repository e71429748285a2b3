"""Answers given again: the same bytes, without a search, until anything changes."""

from collections.abc import Callable

import pytest
from flask import Flask

from aardekast.resource import Resource
from index import SearchRequest
from webapp.kept import Answer, Answers

Counted = tuple[Flask, list[SearchRequest]]


@pytest.fixture
def counted(app_of: Callable[..., Flask], card_of: Callable[..., Resource], monkeypatch: pytest.MonkeyPatch) -> Counted:
    """The site, and every search that it makes."""
    app = app_of(card_of(1, "Talgud külas"), card_of(2, "Kriisiplaan"))
    searcher = app.extensions["aardekast"].engine.open()
    asked: list[SearchRequest] = []
    search = searcher.search
    monkeypatch.setattr(searcher, "search", lambda request: asked.append(request) or search(request))
    return app, asked


def test_the_same_page_is_searched_once(counted: Counted) -> None:
    app, asked = counted
    first, again = (app.test_client().get("/otsing?q=talgud") for _ in range(2))
    assert len(asked) == 1
    assert again.data == first.data
    assert dict(again.headers) == dict(first.headers)
    app.test_client().get("/otsing?q=kriisiplaan")
    assert len(asked) == 2


def test_json_is_given_again_as_json_to_every_origin(counted: Counted) -> None:
    app, asked = counted
    for _ in range(2):
        answer = app.test_client().get("/api/v1/search?q=talgud")
        assert answer.json["total"] == 1
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert len(asked) == 1


def test_another_host_or_version_is_another_answer(counted: Counted) -> None:
    app, asked = counted
    for number, host in enumerate(("a.ee", "b.ee", "a.ee")):
        app.extensions["aardekast"].version = f"{number // 2}"
        app.test_client().get("/otsing?q=talgud", headers={"Host": host})
    assert len(asked) == 3


def test_what_is_not_there_is_not_kept(counted: Counted) -> None:
    app, _ = counted
    assert [app.test_client().get("/materjal/puudub").status_code for _ in range(2)] == [404, 404]


def test_the_answers_asked_for_longest_ago_go() -> None:
    answers = Answers(most=10)
    for key in "abc":
        answers.put(key, Answer(b"12345", (), None))
        answers.get("a")
    assert [key for key in "abc" if answers.get(key)] == ["a", "c"]
    answers.put("d", Answer(b"12345678901", (), None))
    assert [key for key in "acd" if answers.get(key)] == ["a", "c"], "what is larger than all of it is not held"
