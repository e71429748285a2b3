"""Single resources and the vocabulary, as programs get them."""

from collections.abc import Callable

from flask.testing import FlaskClient

from aardekast.resource import Copy, Resource
from aardekast.vocabulary import Vocabulary


def test_a_resource_is_given_without_its_text(client: FlaskClient) -> None:
    answer = client.get("/api/v1/resources/kaart-2")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json is not None
    assert answer.json["id"] == "kaart-2"
    assert answer.json["page"] == "http://localhost/materjal/kaart-2"
    assert answer.json["url"] == "https://rescue.ee/juhend.pdf"
    assert (answer.json["kind"], answer.json["audience"]) == ("juhendmaterjal", ["kov"])
    assert answer.json["topics"] == ["kriisivalmidus", "kov-koostoo"]
    assert (answer.json["published"], answer.json["pages"], answer.json["status"]) == ("2014-05", 62, "live")
    assert answer.json["first_seen"] == "2026-11-14T12:00:00+00:00"
    assert "generaator" not in answer.text


def test_fields_of_hits_and_resources_have_the_same_values(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=külavanema").json
    assert found is not None
    hit = found["hits"][0]
    alone = client.get(f"/api/v1/resources/{hit['id']}").json
    assert alone is not None
    same = set(hit) & set(alone)
    assert same >= {"id", "url", "title", "kind", "audience", "topics", "language", "publisher", "published", "status"}
    assert {name: hit[name] for name in same} == {name: alone[name] for name in same}


def test_copies_are_named(client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]) -> None:
    copies = (Copy(url="https://koopia.ee/1", title="Sama", publisher="Koopia"),)
    answer = client_of(card_of(1, "Küla", copies=copies)).get("/api/v1/resources/kaart-1").json
    assert answer is not None
    assert answer["copies"] == [{"url": "https://koopia.ee/1", "title": "Sama", "publisher": "Koopia"}]


def test_an_unknown_resource_is_a_problem(client: FlaskClient) -> None:
    answer = client.get("/api/v1/resources/olematu")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_vocabulary_is_given_in_its_order_and_all_languages(client: FlaskClient, vocabulary: Vocabulary) -> None:
    answer = client.get("/api/v1/vocabulary").json
    assert answer is not None
    assert [term["value"] for term in answer["topic"]] == list(vocabulary.topics)
    assert set(answer) == {"audience", "kind", "topic", "county"}
    assert answer["audience"][2]["labels"] == {
        "et": "Kohalik omavalitsus",
        "en": "Local government",
        "ru": "Местное самоуправление",
    }
    assert answer["county"][0]["about"] == {}


def test_neither_is_sent_again_unless_it_changed(client: FlaskClient) -> None:
    for address in ("/api/v1/resources/kaart-2", "/api/v1/vocabulary"):
        first = client.get(address)
        assert first.headers["Cache-Control"] == "no-cache"
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
