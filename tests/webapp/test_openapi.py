"""The description of the API is valid and true: real answers are as the models say, and the models say no more."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from aardekast.resource import Copy, Resource, Translation
from webapp import params
from webapp.api.models import (
    Answer,
    FacetsAnswer,
    Hit,
    ResourceRecord,
    SearchAnswer,
    SuggestAnswer,
    VocabularyAnswer,
)
from webapp.api.operations import OPERATIONS
from webapp.api.parameters import Filters, SearchParameters

ClientOf = Callable[..., FlaskClient]
CardOf = Callable[..., Resource]
LANGUAGES = [pytest.param("", id="et"), pytest.param("/en", id="en"), pytest.param("/ru", id="ru")]


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_description_is_valid(prefix: str, client: FlaskClient) -> None:
    answer = client.get(f"{prefix}/api/openapi.json")
    assert answer.mimetype == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json is not None
    validate(answer.json)
    assert answer.json["openapi"] == "3.1.0"
    assert re.fullmatch(r"1\.\d+\.\d+", answer.json["info"]["version"]), "the first number is that of /api/v1"
    assert answer.json["servers"][0]["url"] == (prefix or "/")


def test_the_description_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    said = {prefix: client.get(f"{prefix}/api/openapi.json").json for prefix in ("", "/en", "/ru")}
    texts = {prefix: list(_descriptions(document)) for prefix, document in said.items()}
    assert len(texts[""]) == len(texts["/en"]) == len(texts["/ru"]) > 80
    for estonian, english, russian in zip(texts[""], texts["/en"], texts["/ru"], strict=True):
        assert english not in (estonian, russian)
        assert re.search("[а-я]", russian), russian


def test_every_address_below_the_api_is_described(client: FlaskClient) -> None:
    app: Flask = client.application
    served = {
        re.sub(r"<(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and "GET" in (rule.methods or ())
    }
    described = set(_document(client)["paths"])
    assert served == {path for path in described if path.startswith("/api/")}
    assert len({operation.name for operation in OPERATIONS}) == len(OPERATIONS)


def test_the_parameters_are_those_that_the_site_reads() -> None:
    filters = {facet.name for facet in params.FACETS} | {params.TEXT, params.YEAR}
    assert set(Filters.model_fields) == filters
    assert set(SearchParameters.model_fields) == filters | {params.SORT, params.PAGE}
    said = SearchParameters.model_fields["jarjesta"].description or ""
    assert all(name in said for name in params.SORTS)


REAL: tuple[tuple[str, type[Answer]], ...] = (
    ("/api/v1/search", SearchAnswer),
    ("/api/v1/search?q=kriis&leht=2&sihtruhm=kov", SearchAnswer),
    ("/api/v1/search?q=generaator", SearchAnswer),
    ("/api/v1/search?q=kriisi+olematusõna", SearchAnswer),
    ("/api/v1/search?q=kriisiplan", SearchAnswer),
    ("/api/v1/search?q=olematusõna", SearchAnswer),
    ("/api/v1/facets?q=kriis", FacetsAnswer),
    ("/api/v1/suggest?q=kriisi", SuggestAnswer),
    ("/api/v1/suggest", SuggestAnswer),
    ("/api/v1/resources/kaart-1", ResourceRecord),
    ("/api/v1/resources/kaart-2", ResourceRecord),
    ("/api/v1/vocabulary", VocabularyAnswer),
)


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_real_answers_are_as_the_models_say(prefix: str, client: FlaskClient) -> None:
    for address, model in REAL:
        model.model_validate_json(client.get(prefix + address).data)  # a field too many or too few is refused


def test_answers_with_all_that_can_be_known_are_as_the_models_say(client_of: ClientOf, card_of: CardOf) -> None:
    full = card_of(
        1,
        "Kriis",
        description="Mida teha.",
        authors=("Mari Mets",),
        topics=("kriisivalmidus",),
        keywords=("vald",),
        counties=("tartu",),
        published="2024",
        starts="2999-01-05",
        ends="2999-01-06",
        place="Paide",
        kind="koolitus",
        licence="CC BY 4.0",
        minutes=48,
        words=900,
        pages=3,
        copies=(Copy(url="https://koopia.ee/1", title="Sama"),),
        translations=(Translation(id="t", url="https://naide.ee/en", title="Crisis", language="en"),),
    )
    client = client_of(full, card_of(2, "Kriis", kind="", publisher="", language=""))
    found = SearchAnswer.model_validate_json(client.get("/api/v1/search?q=kriis&liik=koolitus").data)
    assert found.hits[0].translations[0].title == "Crisis"
    record = ResourceRecord.model_validate_json(client.get("/api/v1/resources/kaart-1").data)
    assert all(getattr(record, name) not in (None, "", []) for name in ResourceRecord.model_fields)
    ResourceRecord.model_validate_json(client.get("/api/v1/resources/kaart-2").data)


def test_the_description_says_what_the_answers_have_and_nothing_else(client: FlaskClient) -> None:
    schemas = _document(client)["components"]["schemas"]
    found = client.get("/api/v1/search?q=kriis").json
    assert found is not None
    for name, real in {
        "SearchAnswer": found,
        "Hit": found["hits"][0],
        "Facets": found["facets"],
        "FacetValue": found["facets"]["kind"][0],
        "ResourceRecord": client.get("/api/v1/resources/kaart-1").json,
        "Problem": client.get("/api/v1/ei-ole").json,
    }.items():
        assert set(schemas[name]["properties"]) == set(schemas[name]["required"]) == set(real or ())
        assert "additionalProperties" not in schemas[name], "fields may come"
    assert list(Hit.model_fields) == list(found["hits"][0])


def test_the_examples_are_real_answers(client: FlaskClient) -> None:
    shown = {
        methods["get"]["operationId"]: methods["get"]["responses"]["200"]["content"]
        for methods in _document(client)["paths"].values()
    }
    for operation in OPERATIONS:
        if operation.model is not None:
            example = shown[operation.name]["application/json"]["example"]
            operation.model.model_validate(example)
    real = client.get("/api/v1/search?q=kriisiplaan").json
    example = shown["search"]["application/json"]["example"]
    assert real is not None
    assert example["hits"] == real["hits"][:1] != []
    assert example["total"] == real["total"]


def test_an_empty_index_is_described_too(client_of: ClientOf) -> None:
    client = client_of()
    validate(_document(client))
    assert client.get("/api/").status_code == 200


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_page_names_every_address_and_its_examples_work(prefix: str, client: FlaskClient) -> None:
    page = client.get(f"{prefix}/api/").text
    for operation in OPERATIONS:
        assert f"<code>{operation.path}</code>" in page
    links = re.findall(r'<p class="ask">.*?<a href="http://localhost([^"]+)"', page)
    assert len(links) == len(OPERATIONS)
    for link in links:
        answer = client.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200, link
        assert link.startswith(prefix)
    assert f'href="{prefix}/api/openapi.json"' in page
    assert f'<a href="{prefix}/api/">' in client.get(f"{prefix}/").text, "the footer leads to it"


def test_the_page_of_fields_tells_every_field_and_each_answer_leads_to_its_own(client: FlaskClient) -> None:
    page, fields = client.get("/en/api/").text, client.get("/en/api/valjad").text
    for operation in OPERATIONS:
        if operation.model is not None:
            name = operation.model.__name__
            assert f'href="/en/api/valjad#{name}"' in page
            section = fields.split(f'<section class="sec" id="{name}">')[1].split("</section>")[0]
            assert re.findall(r"<dt><code>(\w+)</code>", section) == list(operation.model.model_fields)
    assert "<code>hits</code> <small>Hit[]</small>" in fields
    assert "<code>published</code> <small>string | null</small>" in fields
    assert "<code>status</code> <small>string</small>" in fields


def test_facets_are_those_of_the_search(client: FlaskClient) -> None:
    asked = "q=kriis&sihtruhm=kogukond&leht=3"
    counted, found = (client.get(f"/en/api/v1/{name}?{asked}").json for name in ("facets", "search"))
    assert counted is not None
    assert found is not None
    assert counted == {name: found[name] for name in ("query", "total", "facets")}
    assert {value["label"] for value in counted["facets"]["audience"]} >= {"Community"}


def test_links_lead_through_all_pages_also_when_the_answer_was_kept(client: FlaskClient) -> None:
    for _ in range(2):
        address, seen = "/api/v1/search?q=talgud", []
        while address:
            answer = client.get(address)
            assert answer.json is not None
            seen += [hit["id"] for hit in answer.json["hits"]]
            pairs = re.findall(r'<http://localhost([^>]+)>; rel="(\w+)"', answer.headers["Link"])
            links = {rel: link for link, rel in pairs}
            address = links.get("next", "")
        assert len(seen) == len(set(seen)) == 23
        assert set(links) == {"first", "prev"}
    assert "Link" not in client.get("/api/v1/search?q=külavanema").headers, "one page has none beside it"


def _document(client: FlaskClient) -> dict[str, Any]:
    document: dict[str, Any] | None = client.get("/api/openapi.json").json
    assert document is not None
    return document


def _descriptions(node: Any, within: str = "") -> Any:
    """Every text for people; those of answers are data."""
    if isinstance(node, list):
        for one in node:
            yield from _descriptions(one)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name in ("example", "servers"):
                continue
            if name in ("description", "summary") and isinstance(value, str):
                yield value
            yield from _descriptions(value)
