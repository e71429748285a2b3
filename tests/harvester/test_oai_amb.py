"""What another Aardekast says of a material, read back; and what goes before what."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aardekast import amb
from aardekast.resource import Harvested
from aardekast.vocabulary import Term, Vocabulary
from harvester.run import known_values
from harvester.spiders.oai_amb import address_of, harvested
from harvester.spiders.oai_answers import Record, Value

URL = "https://kysk.ee/juhend"


def record(said: Any) -> Record:
    text = said if isinstance(said, str) else json.dumps(said)
    return Record(identifier="oai:teine.ee:1", values={"json": (Value(text),)})


def material(**said: Any) -> Harvested:
    return harvested(record({"@id": URL, "@type": ["LearningResource"], **said}), "teine", f"{URL}#oai", URL, "")


@pytest.mark.parametrize(
    "said", ["", "{", "[]", "7", "[" * 50_000, {"@id": 5}, {"@id": "javascript:alert(1)"}, {"url": URL}]
)
def test_a_record_that_names_no_address_has_none(said: Any) -> None:
    assert address_of(record(said), "") is None


@pytest.mark.parametrize("value", [None, 7, True, "", "x", [], {}, [[]], [None], {"name": 3}, [{"termCode": []}], "//"])
def test_whatever_stands_in_a_record_it_is_read(value: Any) -> None:
    names = (
        "name description creator publisher datePublished inLanguage learningResourceType spatialCoverage location"
        " temporalCoverage startDate audience about keywords license encodingFormat numberOfPages timeRequired"
        " subjectOf"
    )
    for types in ("Event", ["LearningResource"], value):
        found = material(**{"@type": types}, **dict.fromkeys(names.split(), value))
        assert (found.url, found.requested, found.published, found.starts) == (URL, f"{URL}#oai", None, None)
        assert isinstance(found.title, str)


def test_a_kind_that_only_they_have_is_a_suggestion_which_the_vocabulary_decides_on() -> None:
    theirs = material(learningResourceType={"@type": "DefinedTerm", "termCode": "laul"})
    assert (theirs.kind, theirs.suggested["kind"]) == (None, "laul")
    ours = material(learningResourceType={"@type": "DefinedTerm", "termCode": "toovihik"})
    assert ours.kind == "toovihik"
    assert "kind" not in ours.suggested
    assert known_values(Vocabulary(), None)(theirs)["kind"] == ""


def test_what_a_record_says_goes_before_what_its_words_suggest() -> None:
    known = {slug: Term(slug, {"et": slug}) for slug in ("noored", "kulaelu")}
    suggest = known_values(Vocabulary(topics=known), lambda _found: {"topics": ("kulaelu",)})
    term = {"@type": "DefinedTerm", "termCode": "noored"}
    assert suggest(material(about=[term]))["topics"] == ("noored",)
    assert suggest(material())["topics"] == (), "a record of no topic says that it is on none of ours"
    theirs = material(about=[term | {"termCode": "laulupidu"}])
    assert suggest(theirs)["topics"] == ("kulaelu",), "words that we do not have say nothing here"
    assert suggest(Harvested(source="s", requested=URL, url=URL))["topics"] == ("kulaelu",)


@pytest.mark.parametrize("namespace", [amb.NAMESPACE, "https://w3id.org/kim/amb/"])
def test_only_our_own_format_is_asked_for_by_whichever_prefix(
    namespace: str, load_site: Any, quick_home: Any, yaml: Any
) -> None:
    repository = load_site("oai").Repository(2)
    repository.formats = {"oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/", "kaart": namespace}
    home = quick_home(yaml.file([yaml.source("tood", repository.base, type="oai-pmh")]))
    home.harvest(source_ids=["tood"])
    repository.close()
    assert [asked["verb"] for asked in repository.asked[:3]] == ["Identify", "ListMetadataFormats", "ListRecords"]
    expected = "kaart" if namespace == amb.NAMESPACE else "oai_dc"
    assert repository.asked[2]["metadataPrefix"] == expected
