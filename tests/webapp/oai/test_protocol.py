"""OAI-PMH 2.0: every verb, every fault, and what the protocol asks of arguments (its sections 2 to 4)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from aardekast.records import CatalogueRecords
from aardekast.vocabulary import Vocabulary
from index import engine_at
from webapp import create_app
from webapp.oai import Repository
from webapp.site import Owner

IN_ALL_LISTS = ["ListRecords", "ListIdentifiers"]
FAULTS = {
    "badVerb": [
        "",
        "verb=",
        "verb=identify",
        "verb=Olematu",
        "verb=Identify&verb=Identify",
        "verb=Identify&verb=ListSets",
    ],
    "badArgument": [
        "verb=Identify&metadataPrefix=oai_dc",
        "verb=Identify&resumptionToken=a",
        "verb=ListSets&set=teema",
        "verb=ListMetadataFormats&metadataPrefix=oai_dc",
        "verb=GetRecord",
        "verb=GetRecord&metadataPrefix=oai_dc",
        "verb=GetRecord&identifier=oai:aardekast.ee:a",
        "verb=GetRecord&identifier=a&identifier=b&metadataPrefix=oai_dc",
        "verb=ListRecords",
        "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc",
        "verb=ListRecords&metadataPrefix=oai_dc&identifier=a",
        "verb=ListRecords&metadataPrefix=oai_dc&leht=2",
        "verb=ListRecords&metadataPrefix=oai_dc&set=",
        "verb=ListRecords&metadataPrefix=oai_dc&set=teema:",
        "verb=ListRecords&metadataPrefix=oai_dc&set=%C3%B5pe",
        "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=a",
        "verb=ListRecords&metadataPrefix=oai_dc&from=",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30",
        "verb=ListRecords&metadataPrefix=oai_dc&from=0000-01-01",
        "verb=ListRecords&metadataPrefix=oai_dc&from=20261120",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-20T10:00Z",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-20T10:00:00",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-20T10:00:00%2B02:00",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-20T10:00:00.5Z",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-20T25:00:00Z",
        "verb=ListRecords&metadataPrefix=oai_dc&from=٢٠٢٦-١١-٢٠",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-20&from=2026-11-20",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-21&until=2026-11-20",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-20&until=2026-11-20T10:00:00Z",
        "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-11-20T10:00:00Z&until=2026-11-21",
    ],
    "badResumptionToken": [
        "verb=ListSets&resumptionToken=a",
        "verb=ListRecords&resumptionToken=",
        "verb=ListRecords&resumptionToken=a",
    ],
    "idDoesNotExist": [
        "verb=ListMetadataFormats&identifier=oai:aardekast.ee:olematu",
        "verb=GetRecord&identifier=oai:aardekast.ee:olematu&metadataPrefix=oai_dc",
        "verb=GetRecord&identifier=oai:aardekast.ee:&metadataPrefix=oai_dc",
        "verb=GetRecord&identifier=oai:mujal.ee:a&metadataPrefix=oai_dc",
        "verb=GetRecord&identifier=%00%FF%3Cx%3E&metadataPrefix=oai_dc",
    ],
    "cannotDisseminateFormat": [
        "verb=GetRecord&identifier=oai:aardekast.ee:olematu&metadataPrefix=marc21",
        "verb=ListRecords&metadataPrefix=marc21",
        "verb=ListRecords&metadataPrefix=",
    ],
}


@pytest.fixture
def filled(provider: Any) -> Any:
    """Two records of 11:00 and one of 12:00, each a second and a bit later."""
    provider.keep("a", "b", suggested={"topics": ("abcd", "noored")})
    provider.publish()
    provider.keep("c")
    provider.publish()
    return provider


def test_it_says_who_it_is(filled: Any) -> None:
    answer = filled.ask(verb="Identify")
    assert answer.text("repositoryName") == "Aardekast"
    assert answer.text("baseURL") == answer.text("request") == "http://localhost/oai"
    assert answer.text("earliestDatestamp") == "2026-11-20T11:00:01Z"
    assert answer.text("adminEmail") == "postmaster@aardekast.ee", "whom every domain has"
    assert answer.text("id:repositoryIdentifier") == "aardekast.ee"


def test_its_address_for_letters_is_that_of_the_owner(filled: Any, vocabulary: Vocabulary, tmp_path: Path) -> None:
    owner = Owner("Selts", "https://selts.ee/", "kiri@selts.ee", filled.now.date())
    repository = filled.app.extensions["aardekast.repository"]
    app = create_app(engine_at(tmp_path, vocabulary), vocabulary, owner=owner, repository=repository, testing=True)
    assert b"<adminEmail>kiri@selts.ee</adminEmail>" in app.test_client().get("/oai?verb=Identify").data


@pytest.mark.parametrize("arguments", [{}, {"identifier": "c"}], ids=["of all", "of one record"])
def test_it_lists_its_formats_and_gives_the_schema_of_its_own(arguments: dict[str, str], filled: Any) -> None:
    named = {name: f"oai:aardekast.ee:{filled.id_of(value)}" for name, value in arguments.items()}
    answer = filled.ask(verb="ListMetadataFormats", **named)
    assert answer.texts("metadataPrefix") == ["oai_dc", "amb"]
    schema = answer.texts("schema")[1]
    response = filled.client.get(schema)
    assert (response.status_code, response.mimetype) == (200, "application/xml")
    assert answer.texts("metadataNamespace")[1].encode() in response.data


def test_sets_are_topics_and_kinds_by_their_names(filled: Any) -> None:
    answer = filled.ask(verb="ListSets")
    named = dict(zip(answer.texts("setSpec"), answer.texts("setName"), strict=True))
    assert named["teema"] == "Teema"
    assert named["teema:abcd"] == "Ressursipõhine arendamine (ABCD)"
    assert named["liik:juhendmaterjal"] == "Juhendmaterjal"
    specs = list(named)
    assert specs.index("teema") < specs.index("teema:abcd") < specs.index("liik") < specs.index("liik:artikkel")
    assert answer.token is None


def test_a_set_that_the_vocabulary_has_no_more_is_listed_while_records_are_in_it(filled: Any) -> None:
    filled.keep("d", suggested={"topics": ("kadunud",)})
    filled.publish()
    assert "teema:kadunud" in filled.ask(verb="ListSets").texts("setSpec")
    assert filled.ask(verb="ListIdentifiers", metadataPrefix="amb", set="teema:kadunud").ids == [filled.id_of("d")]


def test_one_record_in_each_format(filled: Any) -> None:
    identifier = f"oai:aardekast.ee:{filled.id_of('a')}"
    for prefix, element in (("oai_dc", "dc:title"), ("amb", "amb:record")):
        answer = filled.ask(verb="GetRecord", identifier=identifier, metadataPrefix=prefix)
        assert answer.text("identifier") == identifier
        assert answer.text("datestamp") == "2026-11-20T11:00:01Z"
        assert answer.texts("setSpec") == ["liik:artikkel", "teema:abcd", "teema:noored"]
        assert len(answer.all(element)) == 1


@pytest.mark.parametrize("verb", IN_ALL_LISTS)
def test_lists_are_by_set_and_time(verb: str, filled: Any) -> None:
    a, b, c = (filled.id_of(name) for name in "abc")
    expected: list[tuple[dict[str, str], list[str]]] = [
        ({}, [*sorted([a, b]), c]),
        ({"set": "teema:noored"}, sorted([a, b])),
        ({"set": "teema"}, sorted([a, b])),
        ({"set": "liik:artikkel", "from_": "2026-11-20T11:00:02Z"}, [c]),
        ({"from_": "2026-11-20T11:00:01Z", "until": "2026-11-20T11:00:01Z"}, sorted([a, b])),
        ({"from_": "2026-11-20", "until": "2026-11-20"}, [*sorted([a, b]), c]),
        ({"until": "9999-12-31"}, [*sorted([a, b]), c]),
        ({"from_": "0001-01-01T00:00:00Z"}, [*sorted([a, b]), c]),
    ]
    for arguments, ids in expected:
        answer = filled.ask(verb=verb, metadataPrefix="oai_dc", **arguments)
        assert (answer.ids, answer.token) == (ids, None), arguments


@pytest.mark.parametrize("verb", IN_ALL_LISTS)
def test_an_empty_list_is_named_so(verb: str, filled: Any) -> None:
    for arguments in (
        {"set": "teema:kriisivalmidus"},
        {"set": "olematu"},
        {"set": "teema:abcd", "from_": "2026-11-20T12:00:00Z"},
        {"from_": "2026-11-21"},
        {"from_": "2999-01-01T00:00:00Z"},
        {"until": "2026-11-19"},
        {"until": "1970-01-01T00:00:00Z"},
        {"from_": "2026-11-20T11:00:02Z", "until": "2026-11-20T12:00:00Z"},
    ):
        answer = filled.ask(verb=verb, metadataPrefix="oai_dc", **arguments)
        assert answer.fault == "noRecordsMatch", arguments
        assert answer.all("request")[0].get("verb") == verb


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_name(fault: str, filled: Any) -> None:
    for query in FAULTS[fault]:
        for response in (filled.client.get(f"/oai?{query}"), _posted(filled.client, query)):
            assert (response.status_code, response.mimetype) == (200, "text/xml"), query
            answer = filled.read(response.data)
            assert answer.fault == fault, query
            assert bool(answer.all("request")[0].attrib) == (fault not in ("badVerb", "badArgument"))
            assert len(answer.text("error")) > 10


def _posted(client: FlaskClient, query: str) -> Any:
    return client.post("/oai", data=query, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("verb", ["Identify", "ListSets", "ListMetadataFormats", "ListRecords"])
def test_what_is_posted_is_answered_as_what_is_asked_in_the_address(verb: str, filled: Any) -> None:
    arguments = {"verb": verb} | ({"metadataPrefix": "amb", "set": "teema:abcd"} if verb == "ListRecords" else {})
    posted = filled.client.post("/oai", data=arguments)
    assert posted.data == filled.client.get("/oai", query_string=arguments).data
    both = filled.client.post(f"/oai?verb={verb}", data=arguments)
    assert b'code="badVerb"' in both.data, "the verb is given twice"


def test_before_the_first_record_all_questions_have_an_answer(provider: Any) -> None:
    identity = provider.ask(verb="Identify")
    assert identity.text("earliestDatestamp") == identity.moment
    assert provider.ask(verb="ListRecords", metadataPrefix="oai_dc").fault == "noRecordsMatch"
    assert provider.ask(verb="ListSets").fault is None


def test_an_answer_is_for_the_second_after_all_its_datestamps(filled: Any) -> None:
    filled.keep("d")
    filled.publish(timedelta())
    answer = filled.ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
    assert max(answer.texts("datestamp")) < answer.moment
    assert filled.ask(verb="ListIdentifiers", metadataPrefix="oai_dc", from_=answer.moment).fault == "noRecordsMatch"
    filled.keep("e")
    filled.publish(timedelta())
    later = filled.ask(verb="ListIdentifiers", metadataPrefix="oai_dc", from_=answer.moment)
    assert later.ids == [filled.id_of("e")]


def test_without_a_catalogue_it_asks_to_come_again(vocabulary: Vocabulary, tmp_path: Path) -> None:
    repository = Repository(CatalogueRecords(f"sqlite:///{tmp_path / 'puudub.sqlite'}"), "aardekast.ee")
    app = create_app(engine_at(tmp_path, vocabulary), vocabulary, repository=repository)
    for verb in ("Identify", "ListSets", "ListMetadataFormats"):
        answer = app.test_client().get(f"/oai?verb={verb}")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.mimetype == "application/problem+json"
    assert app.test_client().get("/oai?verb=Mis").status_code == 200
    assert list(tmp_path.glob("*.sqlite")) == []


def test_its_answers_are_compressed_never_stale_and_without_cookies(filled: Any) -> None:
    response = filled.client.get("/oai?verb=ListSets", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers
    deflated = filled.client.get("/oai?verb=ListSets", headers={"Accept-Encoding": "deflate"})
    assert deflated.headers["Content-Encoding"] == "deflate", "as Identify says"


def test_a_question_longer_than_any_is_not_read(filled: Any) -> None:
    filled.app.testing = False
    assert filled.client.post("/oai", data={"verb": "x" * 20_000}).status_code == 413
    assert filled.client.put("/oai").status_code == 405
