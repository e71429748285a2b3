"""What a record says in each format is what the card says, and always XML."""

import json
from typing import Any

import pytest
from lxml import etree

from aardekast.resource import Harvested, Source
from webapp import linked

NASTY = "Küla & vald <b>koos</b> \x0b]]> „“ \U0001f33e \ufffe"
TEXT = " ".join(f"sõna{number} külast ja vallast" for number in range(60))
SOURCE = Source(id="s", url="https://www.rescue.ee/", publisher="Päästeamet", audiences=("kov",), trusted=True)


@pytest.fixture
def guide(provider: Any) -> Any:
    """A guide of which much is known, and a copy of it elsewhere."""
    address = "https://www.rescue.ee/juhend.pdf"
    found = Harvested(
        source="s",
        requested=address,
        url=address,
        title="Kriisireguleerimise juhend",
        text=TEXT,
        description="Mida vald <enne> kriisi teeb.",
        authors=("Mari Maasikas", "Jaan Tamm"),
        published="2014-05",
        language="et",
        kind="juhendmaterjal",
        licence="CC BY 4.0",
        format="pdf",
        pages=62,
        suggested={"topics": ("kriisivalmidus",), "keywords": ("evakuatsioon",), "counties": ("tartu",)},
    )
    provider.catalogue.keep(found, SOURCE)
    provider.keep("koopia", text=f"{TEXT} Lõpp.", origins=(address,))
    provider.publish()
    return provider


def one(provider: Any, prefix: str) -> Any:
    [id_] = provider.ask(verb="ListIdentifiers", metadataPrefix=prefix).ids
    return provider.ask(verb="GetRecord", identifier=f"oai:aardekast.ee:{id_}", metadataPrefix=prefix)


def dublin_core(answer: Any) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for element in answer.tree.iter("{http://purl.org/dc/elements/1.1/}*"):
        said.setdefault(etree.QName(element).localname, []).append(element.text)
    return said


def test_dublin_core_says_what_the_card_says(guide: Any) -> None:
    [id_] = guide.ask(verb="ListIdentifiers", metadataPrefix="oai_dc").ids
    answer = one(guide, "oai_dc")
    assert dublin_core(answer) == {
        "title": ["Kriisireguleerimise juhend"],
        "creator": ["Mari Maasikas", "Jaan Tamm"],
        "subject": ["Kriisivalmidus ja elanikkonnakaitse", "evakuatsioon"],
        "description": ["Mida vald <enne> kriisi teeb."],
        "publisher": ["Päästeamet"],
        "date": ["2014-05"],
        "type": ["Juhendmaterjal", "Text"],
        "format": ["application/pdf", "62 lk"],
        "identifier": ["https://www.rescue.ee/juhend.pdf"],
        "language": ["et"],
        "relation": [f"http://localhost/materjal/{id_}", "https://kysk.ee/koopia"],
        "coverage": ["Tartumaa"],
        "rights": ["CC BY 4.0"],
    }
    assert answer.all("dc:title")[0].get("{http://www.w3.org/XML/1998/namespace}lang") == "et"
    assert TEXT[:100] not in answer.body.decode(), "the text is not ours to give"


def test_of_an_event_it_says_when_and_where(provider: Any) -> None:
    provider.keep("Õpituba", kind="koolitus", starts="2026-12-01", ends="2026-12-02", place="Paide")
    provider.publish()
    said = dublin_core(one(provider, "oai_dc"))
    assert (said["date"], said["coverage"], said["type"][1]) == (["2026-12-01/2026-12-02"], ["Paide"], "Event")
    assert json.loads(one(provider, "amb").text("amb:json"))["@type"] == "Event"


def test_amb_is_the_json_ld_of_the_page_and_when_the_record_changed(guide: Any) -> None:
    answer = one(guide, "amb")
    said = json.loads(answer.text("amb:json"))
    assert said["mainEntityOfPage"].pop("dateModified") == answer.text("datestamp")
    [resource] = guide.catalogue.visible_resources()
    with guide.app.test_request_context("/oai"):
        assert said == linked.material(resource)
    assert said["learningResourceType"]["termCode"] == "juhendmaterjal"


def test_amb_follows_the_schema_that_is_named_for_it(guide: Any) -> None:
    [record] = one(guide, "amb").all("amb:record")
    namespace, address = record.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation").split()
    schema = etree.XMLSchema(etree.fromstring(guide.client.get(address).data))
    schema.assertValid(etree.ElementTree(etree.fromstring(etree.tostring(record))))
    assert etree.QName(record).namespace == namespace


def test_both_speak_of_topics_as_when_they_were_stamped(guide: Any) -> None:
    """The site may have read its vocabulary before it changed: datestamp and words belong together."""
    words = guide.vocabulary
    kinds = words.kinds["juhendmaterjal"]
    guide.vocabulary = type(words)(kinds={"juhendmaterjal": type(kinds)("juhendmaterjal", {"et": "Käsiraamat"})})
    before = one(guide, "oai_dc").text("datestamp")
    guide.publish()
    answer = one(guide, "oai_dc")
    assert dublin_core(answer)["type"][0] == "Käsiraamat"
    assert answer.text("datestamp") > before
    assert json.loads(one(guide, "amb").text("amb:json"))["learningResourceType"]["name"] == "Käsiraamat"


def test_whatever_a_card_holds_the_answer_is_xml(provider: Any) -> None:
    values = dict.fromkeys(("description", "place", "licence"), NASTY)
    provider.keep("kuri", title=NASTY, authors=(NASTY,), suggested={"keywords": (NASTY,), "topics": (NASTY,)}, **values)
    provider.publish()
    for prefix in ("oai_dc", "amb"):
        for verb in ("ListRecords", "ListIdentifiers"):
            answer = provider.ask(verb=verb, metadataPrefix=prefix)
            assert answer.texts("setSpec") == ["liik:artikkel"], "what can be called no set is none"
    said = dublin_core(one(provider, "oai_dc"))
    for [text] in (said["title"], said["description"], said["rights"], said["creator"], said["subject"][:1]):
        assert text.startswith("Küla & vald <b>koos</b> "), "signs that XML has words for stay"
        assert text.rstrip().endswith("]]> „“ \U0001f33e"), "those that it may not hold go"
    assert "\ufffe" not in json.dumps(said)
    assert json.loads(one(provider, "amb").text("amb:json"))["name"] == said["title"][0]


def test_a_deleted_record_says_only_that_it_is(guide: Any) -> None:
    asked = one(guide, "oai_dc")
    id_ = guide.drop("Kriisireguleerimise juhend")
    guide.drop("koopia")
    guide.publish()
    for prefix in ("oai_dc", "amb"):
        answer = guide.ask(verb="GetRecord", identifier=f"oai:aardekast.ee:{id_}", metadataPrefix=prefix)
        assert answer.deleted == [id_]
        assert answer.all("metadata") == []
        assert answer.text("datestamp") > asked.text("datestamp")
    for verb in ("ListRecords", "ListIdentifiers"):
        answer = guide.ask(verb=verb, metadataPrefix="oai_dc", set="liik:juhendmaterjal")
        assert answer.deleted == answer.ids == [id_]
    assert guide.ask(verb="ListMetadataFormats", identifier=f"oai:aardekast.ee:{id_}").fault is None
    assert b"Maasikas" not in guide.client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").data
