"""Feeds of every search and page, checked by the rules of RFC 4287 and read as feed readers do."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import etree

from aardekast.resource import Resource

ClientOf = Callable[..., FlaskClient]
CardOf = Callable[..., Resource]

RULES = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = "Küla & vald <b>koos</b> \x0b\x00]]> „“ \U0001f33e \ufffe"
ADDRESSES = [
    "/otsing.atom",
    "/otsing.atom?q=küla",
    "/otsing.atom?q=olematusõna",
    "/otsing.atom?q=\"<&>'&sihtruhm=kov&aasta=2014",
    "/teema/kriisivalmidus.atom",
    "/teema/kestlikkus.atom",
    "/sihtruhm/kov.atom",
    "/liik/juhendmaterjal.atom",
    "/maakond/tartu.atom",
    "/valjaandja/paasteamet.atom",
    "/uudised.atom",
    "/sundmused.atom",
]


def read(client: FlaskClient, address: str) -> Any:
    """The feed as a reader has it; it must be valid by the schema and by the reader."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    tree = etree.fromstring(answer.data)
    RULES.assertValid(tree)
    for holder in (tree, *tree.findall(f"{ATOM}entry")):
        rels = [link.get("rel") for link in holder.findall(f"{ATOM}link")]
        assert rels.count("alternate") == 1
        assert len(rels) == len(set(rels)), "one link of each kind, which the schema cannot say"
    parsed = feedparser.parse(answer.data, response_headers={"content-type": answer.headers["Content-Type"]})
    assert parsed.version == "atom10"
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_feed_is_valid(address: str, client: FlaskClient) -> None:
    parsed = read(client, address)
    assert parsed.feed.language == "et"
    assert parsed.feed.title.startswith("Aardekast: ")
    links = {link["rel"]: link["href"] for link in parsed.feed.links}
    assert client.get(links["self"]).data == client.get(address).data
    assert client.get(links["alternate"]).mimetype == "text/html"


def test_an_entry_says_what_the_card_says(client_of: ClientOf, card_of: CardOf) -> None:
    card = card_of(
        7,
        "Kriisireguleerimise juhend",
        description="Mida vald <enne> kriisi teeb.",
        kind="juhendmaterjal",
        audiences=("kov",),
        topics=("kriisivalmidus",),
        counties=("tartu",),
        published="2014-05-02",
        authors=("Mari Maasikas",),
        licence="CC BY 4.0",
        format="pdf",
        language="en",
        url="https://rescue.ee/juhend.pdf",
    )
    [entry] = read(client_of(card), "/otsing.atom").entries
    assert entry.id == "tag:kogukonnaveeb.ee,2026:aardekast/materjal/kaart-7"
    assert entry.link == "https://rescue.ee/juhend.pdf"
    related = {link["rel"]: link for link in entry.links}
    assert related["alternate"]["hreflang"] == "en"
    assert related["related"]["href"] == "http://localhost/materjal/kaart-7"
    assert entry.title_detail.language == "en"
    assert entry.author == "Mari Maasikas"
    assert entry.published.startswith("2014-05-02T00:00:00")
    assert entry.updated.startswith("2026-11-14T12:00:00"), "when it came into the Aardekast"
    assert entry.summary == "<p>Mida vald &lt;enne&gt; kriisi teeb.</p>"
    assert entry.rights == "CC BY 4.0"
    assert {(tag.term, tag.label) for tag in entry.tags} == {
        ("kriisivalmidus", "Kriisivalmidus ja elanikkonnakaitse"),
        ("juhendmaterjal", "Juhendmaterjal"),
        ("kov", "Kohalik omavalitsus"),
        ("tartu", "Tartumaa"),
    }


def test_what_came_last_stands_first(client_of: ClientOf, card_of: CardOf) -> None:
    days = {1: 3, 2: 9, 3: 6}
    cards = [
        card_of(n, f"Küla {n}", published=f"20{20 + n}", first_seen=datetime(2026, 10, day, tzinfo=UTC))
        for n, day in days.items()
    ]
    parsed = read(client_of(*cards), "/otsing.atom?q=küla&jarjesta=pealkiri")
    assert [entry.title for entry in parsed.entries] == ["Küla 2", "Küla 3", "Küla 1"]
    assert parsed.feed.updated.startswith("2026-10-09")


def test_a_feed_of_a_search_has_only_full_answers(client: FlaskClient) -> None:
    page = client.get("/api/v1/search?q=külavanema+evakueerimine").json
    assert page is not None
    assert page["total"] > 0
    assert read(client, "/otsing.atom?q=külavanema+evakueerimine").entries == []
    assert [entry.title for entry in read(client, "/otsing.atom?q=evakueerimine").entries] == [
        "Kriisireguleerimise juhend omavalitsusele"
    ]


def test_a_long_feed_has_pages_that_lead_to_each_other(client_of: ClientOf, card_of: CardOf) -> None:
    client = client_of(*(card_of(number, f"Küla {number}") for number in range(70)))
    address, seen, ids = "/otsing.atom?q=küla", [], set()
    while address:
        parsed = read(client, address)
        links = {link["rel"]: link["href"] for link in parsed.feed.links}
        seen += [entry.id for entry in parsed.entries]
        ids.add(parsed.feed.id)
        address = links.get("next", "")
    assert len(seen) == len(set(seen)) == 70
    assert len(ids) == 1
    assert links["previous"].endswith("leht=2")


def test_whatever_a_card_holds_the_feed_is_xml(client_of: ClientOf, card_of: CardOf) -> None:
    card = card_of(
        1, NASTY, description=NASTY, publisher=NASTY, authors=(NASTY,), licence=NASTY, url="javascript:alert(1)"
    )
    [entry] = read(client_of(card), "/otsing.atom").entries
    assert "<b>koos</b>" not in entry.summary
    assert entry.link == "http://localhost/materjal/kaart-1"
    assert "javascript" not in str(entry)


def test_the_name_of_a_feed_is_that_of_the_search_and_not_of_the_host(client: FlaskClient) -> None:
    first = read(client, "/otsing.atom?sihtruhm=kov&q=küla").feed.id
    elsewhere = client.get("/otsing.atom?q=küla&sihtruhm=kov", base_url="https://aardekast.ee/")
    assert feedparser.parse(elsewhere.data).feed.id == first
    assert read(client, "/otsing.atom?q=küla").feed.id != first
    assert first.startswith("tag:kogukonnaveeb.ee,2026:aardekast/voog/otsing.atom?")


def test_events_say_when_and_where(client_of: ClientOf, card_of: CardOf) -> None:
    client = client_of(card_of(1, "Õpituba", kind="koolitus", starts="2999-01-05", place="Paide"))
    [entry] = read(client, "/sundmused.atom").entries
    assert entry.summary == "<p>5.01.2999, Paide</p>"


@pytest.mark.parametrize(
    "address", ["/otsing.atom?q=küla", "/teema/kriisivalmidus.atom", "/sundmused.ics", "/sitemap.xml"]
)
def test_a_reader_that_asks_again_gets_nothing_new(address: str, client: FlaskClient) -> None:
    first = client.get(address)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("address", ["/otsing?q=küla&sihtruhm=kogukond", "/otsing?q=olematusõna"])
def test_a_search_offers_its_feed(address: str, client: FlaskClient) -> None:
    page = client.get(address).text
    feed = (
        address.replace("/otsing", "/otsing.atom").replace("ü", "%C3%BC").replace("õ", "%C3%B5").replace("&", "&amp;")
    )
    assert f'<link rel="alternate" type="application/atom+xml" href="{feed}"' in page
    assert "Telli see otsing uudisvoona" in page
