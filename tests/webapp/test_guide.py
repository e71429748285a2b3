"""The page "Kuidas otsida": every example is a search that means what is said of it."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import YearRange
from index.querysyntax import FIELD_NAMES
from index.querytext import QueryText, read_query

GUIDE = "/kuidas-otsida"


def examples(page: str) -> list[str]:
    """What stands in the boxes, links or not."""
    return [unescape(text) for text in re.findall(r'class="typed"[^>]*>([^<]+)<', page)]


@pytest.fixture
def meant(client: FlaskClient, vocabulary: Vocabulary) -> dict[str, QueryText]:
    return {text: read_query(text, vocabulary) for text in examples(client.get(GUIDE).text)}


def test_every_sign_and_field_has_an_example(meant: dict[str, QueryText]) -> None:
    queries = meant.values()
    assert any(query.phrases and len(query.phrases[0]) > 1 for query in queries)
    assert any(query.phrases and len(query.phrases[0]) == 1 for query in queries)
    for part in ("excluded", "prefixes", "in_title", "authors", "publishers", "topics", "kinds", "years"):
        assert any(getattr(query, part) for query in queries), part


def test_no_example_is_taken_for_words(meant: dict[str, QueryText]) -> None:
    for text, query in meant.items():
        if ":" in text:
            assert query.has_filters or query.in_title or query.excluded.has_filters, text
        assert not any(name in (*query.words, *query.excluded.words) for name in sum(FIELD_NAMES.values(), ())), text


def test_the_examples_mean_what_is_said(meant: dict[str, QueryText]) -> None:
    assert meant["teema:rahastus"].topics == ("rahastus",)
    assert meant["teema:noored teema:vabatahtlikud"].topics == ("noored", "vabatahtlikud")
    assert meant["liik:juhend"].kinds == ("juhendmaterjal",)
    assert meant["aasta:2020..2024"].years == (YearRange(first=2020, last=2024),)
    assert meant["vabatahtlikud -koolitus"].excluded.words == ("koolitus",)
    assert meant["kriis -teema:rahastus"].excluded.topics == ("rahastus",)


def test_an_example_is_a_link_to_its_search_where_it_finds_something(
    client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]
) -> None:
    page = client_of(card_of(1, "Külavanem")).get(GUIDE).text
    links = [unescape(href) for href in re.findall(r'class="typed" href="([^"]+)"', page)]
    assert "külavanemate" in [parse_qs(urlsplit(link).query)["q"][0] for link in links]
    assert '<span class="typed">&#34;kaasav eelarve&#34;</span>' in page


def test_the_names_of_fields_are_told_in_both_languages(client: FlaskClient) -> None:
    page = client.get(GUIDE).text
    for estonian, english, *_ in FIELD_NAMES.values():
        assert f"{estonian}:" in page
        assert re.search(rf"\b{english}\b", page)


@pytest.mark.parametrize("address", ["/", "/otsing?q=küla", "/otsing?q=olematu", "/materjal/kaart-1", "/ei-ole"])
def test_every_page_leads_to_it(address: str, client: FlaskClient) -> None:
    assert client.get(address).text.count(f'href="{GUIDE}">Kuidas otsida</a>') == 2, "near the search and in the foot"
