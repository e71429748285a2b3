"""Every type of page, read by an HTML parser that forgives nothing, and weighed."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import html5lib
import pytest
from flask.testing import FlaskClient
from html5lib.html5parser import ParseError

from aardekast.resource import Copy, Resource

ClientOf = Callable[..., FlaskClient]
CardOf = Callable[..., Resource]

NASTY = "Küla & vald <b>koos</b> \"nii\" 'naa' --> ]]> </title></script><script>alert(1)</script> \U0001f33e"
PAGES = {
    "front": "/",
    "results": "/otsing?q=küla",
    "results-filtered": "/otsing?sihtruhm=kogukond&teema=kulaelu&aasta=2020..2024&jarjesta=uuemad",
    "results-relaxed": "/otsing?q=küla+olematusõna+vald",
    "nothing": "/otsing?q=olematusõna&sihtruhm=kov",
    "resource": "/materjal/kaart-1?q=küla",
    "event": "/materjal/kaart-2",
    "audience": "/sihtruhm/kogukond",
    "topic": "/teema/kulaelu",
    "kind": "/liik/artikkel",
    "county": "/maakond/tartu",
    "publisher": "/valjaandja/naidiskula-selts",
    "empty-topic": "/teema/kestlikkus",
    "events": "/sundmused?sihtruhm=kov",
    "news": "/uudised",
    "guide": "/kuidas-otsida",
    "missing": "/ei-ole",
}
SHOWN = [name for name in PAGES if name != "missing"]
# HTML's content models in one line each: what may not stand in what. Parsers mend some of it and say nothing.
FORBIDDEN = {
    "p": {"p", "ul", "ol", "div", "section", "h1", "h2", "h3", "form", "dl"},
    "a": {"a", "button", "input", "select"},
    "button": {"a", "button", "input"},
    "h1": {"h1", "h2", "h3", "p", "div", "ul"},
    "h2": {"h1", "h2", "h3", "p", "div", "ul"},
    "span": {"p", "div", "ul", "section"},
}
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"div"}, "select": {"option"}}


def parsed(page: str) -> Any:
    """The page as a tree; raises ParseError at the first fault."""
    builder = html5lib.getTreeBuilder("lxml")
    return html5lib.HTMLParser(builder, strict=True, namespaceHTMLElements=False).parse(page).getroot()


@pytest.fixture
def client(client_of: ClientOf, card_of: CardOf) -> FlaskClient:
    soon = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()
    return client_of(
        card_of(
            1,
            NASTY,
            description=NASTY,
            publisher="Näidisküla selts",
            authors=(NASTY,),
            keywords=(NASTY,),
            licence=NASTY,
            text=f"Küla. {NASTY}",
            topics=("kulaelu",),
            counties=("tartu",),
            published="2021",
            copies=(Copy(url="https://naide.ee/?a=1&b=<2>", title=NASTY),),
        ),
        card_of(2, NASTY, kind="koolitus", audiences=("kov",), starts=soon, place=NASTY, description=NASTY),
        card_of(3, "Uudis külast", kind="uudis", published="2026-10", language="en"),
        *(card_of(10 + n, f"Küla ja vald {n}", topics=("kulaelu",), published=f"20{n:02}") for n in range(14)),
    )


@pytest.mark.parametrize(
    "faulty", ["<p>a<b>b</p>", "a & b &x;", "<a><a></a>", "<p id=a id=b>", "<ul><li><div></li></ul>"]
)
def test_the_parser_forgives_nothing(faulty: str) -> None:
    with pytest.raises(ParseError):
        parsed(f"<!doctype html><title>Leht</title>{faulty}")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_html_without_a_fault(name: str, client: FlaskClient) -> None:
    page = parsed(client.get(PAGES[name]).text)
    assert len(page.findall(".//h1")) == len(page.findall(".//title")) == 1
    assert not page.xpath("//b/script")
    ids = Counter(page.xpath("//@id"))
    assert max(ids.values()) == 1
    named = [*page.xpath("//@aria-labelledby"), *page.xpath("//label/@for")]
    named += [link.removeprefix("#") for link in page.xpath("//a/@href[starts-with(., '#')]")]
    assert set(named) <= set(ids)
    for outer, inner in FORBIDDEN.items():
        for element in inner:
            assert not page.xpath(f"//{outer}//{element}"), f"{element} in {outer}"
    for outer, allowed in CHILDREN.items():
        for element in page.iter(outer):
            assert {child.tag for child in element} <= allowed, f"in {outer}"


@pytest.mark.parametrize("name", PAGES)
def test_headings_leave_out_no_level_and_drawings_are_hidden(name: str, client: FlaskClient) -> None:
    page = parsed(client.get(PAGES[name]).text)
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4")]
    main = levels[levels.index(1) :]
    assert all(after - before <= 1 for before, after in pairwise(main)), main
    assert all(drawing.get("aria-hidden") == "true" for drawing in page.xpath("//*[local-name()='svg']"))


@pytest.mark.parametrize("name", SHOWN)
def test_every_page_with_all_its_files_stays_under_60_kb(name: str, client: FlaskClient) -> None:
    encodings = {"Accept-Encoding": "gzip"}
    page = client.get(PAGES[name]).text
    files = set(re.findall(r'(?:href|src)="(/static/[^"#?]+)', page))
    assert any(link.endswith(".css") for link in files)
    sizes = {link: len(client.get(link, headers=encodings, buffered=True).data) for link in files}
    assert len(client.get(PAGES[name], headers=encodings).data) + sum(sizes.values()) < 60_000, sizes
