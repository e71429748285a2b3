"""What pages say in schema.org's words, expanded by a JSON-LD processor against the terms that schema.org has."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyld import jsonld

from aardekast.resource import Copy, Resource

ClientOf = Callable[..., FlaskClient]
CardOf = Callable[..., Resource]

TERMS = json.loads(Path(__file__).with_name("schemaorg.jsonld").read_text("utf-8"))
SCHEMA = "http://schema.org/"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def written(page: str) -> dict[str, Any]:
    """What a page says, as it was written."""
    [data] = DATA.findall(page)
    node: dict[str, Any] = json.loads(data)
    assert node["@context"] == "https://schema.org"
    return node


def expanded(page: str) -> list[dict[str, Any]]:
    """What a page says, every term by its address; a term that schema.org does not have is a fault."""
    node = written(page)
    node["@context"] = TERMS["@context"]
    nodes: list[dict[str, Any]] = jsonld.expand(node)
    assert len(list(_properties(nodes))) == len([name for name in _properties(node) if name != "@context"])
    for type_ in _types(nodes):
        assert type_.startswith(SCHEMA)
    return nodes


def test_a_guide_is_told_with_all_that_is_known_of_it(client_of: ClientOf, card_of: CardOf) -> None:
    card = card_of(
        1,
        "Kriisi </script> juhend",
        description="Mida vald teeb.",
        kind="juhendmaterjal",
        audiences=("kov",),
        topics=("kriisivalmidus",),
        keywords=("kriis", "vald"),
        counties=("tartu",),
        authors=("Mari Maasikas",),
        published="2014-05",
        licence="https://creativecommons.org/licenses/by/4.0/",
        format="pdf",
        pages=62,
        copies=(Copy(url="https://koopia.ee/1", title="Sama"), Copy(url="javascript:alert(1)", title="Kuri")),
        url="https://rescue.ee/juhend.pdf",
    )
    page = client_of(card).get("/materjal/kaart-1").text
    [node] = expanded(page)
    assert node["@id"] == "https://rescue.ee/juhend.pdf"
    assert node["@type"] == [f"{SCHEMA}LearningResource", f"{SCHEMA}Article"]
    told = written(page)
    assert told["name"] == "Kriisi </script> juhend"
    assert told["inLanguage"] == "et"
    kind = told["learningResourceType"]
    assert (kind["@type"], kind["termCode"], kind["name"]) == ("DefinedTerm", "juhendmaterjal", "Juhendmaterjal")
    [audience] = told["audience"]
    assert audience == {"@type": "EducationalAudience", "audienceType": "Kohalik omavalitsus", "identifier": "kov"}
    assert told["about"][0] | {"url": None} == {
        "@type": "DefinedTerm",
        "termCode": "kriisivalmidus",
        "name": "Kriisivalmidus ja elanikkonnakaitse",
        "url": None,
        "inDefinedTermSet": "http://localhost/api/v1/vocabulary",
    }
    assert told["about"][0]["url"] == "http://localhost/teema/kriisivalmidus"
    assert told["creator"] == [{"@type": "Person", "name": "Mari Maasikas"}]
    assert told["publisher"]["name"] == "Näidisküla selts"
    assert told["sdPublisher"]["name"] == "Kogukonnaveeb"
    assert told["spatialCoverage"] == [{"@type": "AdministrativeArea", "name": "Tartumaa", "identifier": "tartu"}]
    assert told["mainEntityOfPage"]["@id"] == "http://localhost/materjal/kaart-1"
    assert told["sameAs"] == ["https://koopia.ee/1"]
    assert (told["datePublished"], told["encodingFormat"], told["numberOfPages"]) == ("2014-05", "application/pdf", 62)
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_what_is_not_known_is_not_said(client_of: ClientOf) -> None:
    bare = Resource(id="r1", url="https://naide.ee/1", title="Pealkiri")
    told = written(client_of(bare).get("/materjal/r1").text)
    assert set(told) == {
        "@context",
        "@id",
        "@type",
        "url",
        "name",
        "mainEntityOfPage",
        "sdPublisher",
        "encodingFormat",
    }
    assert "isAccessibleForFree" not in told


@pytest.mark.parametrize(
    ("fields", "types"),
    [
        ({"kind": "artikkel"}, ["LearningResource", "Article"]),
        ({"kind": "teadusartikkel", "format": "pdf"}, ["LearningResource", "ScholarlyArticle"]),
        ({"kind": "veebiettekanne"}, ["LearningResource", "VideoObject"]),
        ({"kind": "kogemuslugu", "format": "video"}, ["LearningResource", "VideoObject"]),
        ({"kind": "veebiettekanne", "format": "audio"}, ["LearningResource", "AudioObject"]),
        ({"kind": "uudis"}, ["LearningResource", "NewsArticle"]),
        ({"kind": "toovihik"}, ["LearningResource"]),
        ({"kind": "noustajad"}, ["WebPage"]),
        ({"kind": "koolitus"}, ["Course"]),
        ({"kind": "koolitus", "format": "video"}, ["Course", "VideoObject"]),
        ({"kind": "koolitus", "starts": "2999-01-05"}, ["Event"]),
    ],
)
def test_each_kind_has_its_type(fields: dict[str, Any], types: list[str], client_of: ClientOf, card_of: CardOf) -> None:
    [node] = expanded(client_of(card_of(1, "Küla", **fields)).get("/materjal/kaart-1").text)
    assert node["@type"] == [SCHEMA + type_ for type_ in types]


def test_an_event_says_when_and_where(client_of: ClientOf, card_of: CardOf) -> None:
    event = card_of(
        1, "Õpituba", kind="koolitus", starts="2999-01-05", ends="2999-01-06", place="Paide", licence="CC BY 4.0"
    )
    client = client_of(event, card_of(2, "Koolitus", kind="koolitus"))
    told = written(client.get("/materjal/kaart-1").text)
    assert (told["startDate"], told["endDate"]) == ("2999-01-05", "2999-01-06")
    assert told["location"] == {"@type": "Place", "name": "Paide"}
    assert told["organizer"] == {"@type": "Organization", "name": "Näidisküla selts"}
    assert "license" not in told, "an event is no work"
    [listed] = expanded(client.get("/sundmused").text)
    assert listed["@type"] == [f"{SCHEMA}Event"]


def test_an_event_lies_in_its_county_and_what_tells_of_it_is_the_work(client_of: ClientOf, card_of: CardOf) -> None:
    fields = {"kind": "koolitus", "starts": "2999-01-05", "counties": ("tartu",)}
    placed = card_of(1, "Õpituba", place="Paide", format="pdf", pages=2, licence="CC BY 4.0", **fields)
    client = client_of(placed, card_of(2, "Talgud", **fields))
    page = client.get("/materjal/kaart-1").text
    assert expanded(page)
    told = written(page)
    county = {"@type": "AdministrativeArea", "name": "Tartumaa", "identifier": "tartu"}
    assert told["location"] == {"@type": "Place", "name": "Paide", "containedInPlace": [county]}
    work = told["subjectOf"]
    assert (work["@type"], work["encodingFormat"], work["numberOfPages"]) == ("CreativeWork", "application/pdf", 2)
    assert work["license"] == {"@type": "CreativeWork", "name": "CC BY 4.0"}
    told = written(client.get("/materjal/kaart-2").text)
    assert told["location"] == county


def test_what_is_held_and_is_no_event_says_when_and_where(client_of: ClientOf, card_of: CardOf) -> None:
    card = card_of(1, "Seminar", kind="veebiettekanne", starts="2020-01-05", ends="2020-01-06", place="Paide")
    page = client_of(card).get("/materjal/kaart-1").text
    assert expanded(page)
    told = written(page)
    assert told["temporalCoverage"] == "2020-01-05/2020-01-06"
    assert told["spatialCoverage"] == [{"@type": "Place", "name": "Paide"}]


def test_a_recording_says_how_long_it_takes(client_of: ClientOf, card_of: CardOf) -> None:
    card = card_of(1, "Salvestus", kind="veebiettekanne", format="video", minutes=48, licence="CC BY 4.0")
    told = written(client_of(card).get("/materjal/kaart-1").text)
    assert told["timeRequired"] == "PT48M"
    assert told["license"] == {"@type": "CreativeWork", "name": "CC BY 4.0"}


def test_the_front_page_says_how_the_site_is_searched(client: FlaskClient) -> None:
    [node] = expanded(client.get("/").text)
    assert node["@type"] == [f"{SCHEMA}WebSite"]
    action = written(client.get("/").text)["potentialAction"]
    template = action["target"]["urlTemplate"]
    assert action["query-input"] == "required name=search_term_string"
    address = template.replace("http://localhost", "").replace("{search_term_string}", "kriisiplaan")
    assert "otsingule „kriisiplaan“" in client.get(address).text


def test_an_empty_agenda_says_nothing_to_programs(client: FlaskClient) -> None:
    assert DATA.findall(client.get("/sundmused").text) == []


@pytest.mark.parametrize("prefix", ["", "/en", "/ru"])
def test_no_page_says_a_term_that_schema_org_does_not_have(
    prefix: str, client_of: ClientOf, card_of: CardOf, coming_event: Resource
) -> None:
    kinds = ("juhendmaterjal", "artikkel", "kogemuslugu", "teadusartikkel", "veebiettekanne", "uudis", "noustajad")
    cards = [card_of(n, f"Kriis {n}", kind=kind, topics=("kulaelu",)) for n, kind in enumerate(kinds, 20)]
    client = client_of(*cards, coming_event)
    pages = [client.get(loc).text for loc in re.findall("<loc>http://localhost([^<]+)</loc>", _map_of(client))]
    said = [page for page in pages if DATA.search(page) and f'<html lang="{prefix[1:] or "et"}">' in page]
    assert len(said) >= len(cards) + 3, "every material, the front page and the events"
    for page in said:
        assert expanded(page)


@pytest.mark.parametrize(
    ("address", "title", "said"),
    [
        ("/", "Aardekast", "Kogukondade arendamise juhendid"),
        ("/materjal/kaart-2", "Kriisireguleerimise juhend omavalitsusele", "Mida vald enne kriisi teeb."),
        ("/teema/kriisivalmidus", "Kriisivalmidus ja elanikkonnakaitse", "Mida teha enne kriisi"),
        ("/valjaandja/paasteamet", "Päästeamet", "Mida Päästeamet on avaldanud"),
        ("/otsing?q=kriisiplaan", "otsingule „kriisiplaan“", "Aardekasti otsing:"),
        ("/kuidas-otsida", "Kuidas otsida", "Kuidas Aardekastist otsida"),
        ("/uudised", "Uudised", "Värsked teated"),
        ("/sundmused", "Sündmused ja koolitused", "Sündmused, koolitused"),
    ],
)
def test_who_shares_a_page_sees_its_title_and_what_it_is(
    address: str, title: str, said: str, client: FlaskClient
) -> None:
    page = client.get(address).text
    told = dict(re.findall(r'<meta (?:property|name)="([a-z:_]+)" content="([^"]*)">', page))
    assert title in told["og:title"]
    assert told["description"].startswith(said)
    assert told["og:description"] == told["description"]
    assert told["og:locale"] == "et_EE"
    assert told["og:url"].startswith("http://localhost/")


def _map_of(client: FlaskClient) -> str:
    """All maps of the site that the first leads to."""
    first = client.get("/sitemap.xml").text
    return first + "".join(client.get(loc).text for loc in re.findall("<loc>http://localhost([^<]+xml)</loc>", first))


def _properties(value: Any) -> Iterator[str]:
    """Every name in it, those of the terms of JSON-LD left out."""
    if isinstance(value, list):
        for one in value:
            yield from _properties(one)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if not name.startswith("@") or name == "@context":
                yield name
            if name not in ("@type", "@context"):
                yield from _properties(inner)


def _types(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _types(one)
    elif isinstance(value, dict):
        if "@value" not in value:
            yield from value.get("@type", ())
        for inner in value.values():
            yield from _types(inner)
