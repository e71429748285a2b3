"""What each audience seeks, one click from the front page."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from aardekast.resource import Resource

ClientOf = Callable[..., FlaskClient]
CardOf = Callable[..., Resource]


def sought(client: FlaskClient, audience: str, address: str = "/") -> dict[str, tuple[str, int]]:
    """What the door of an audience offers: address and count by what it is called."""
    page = client.get(address).text
    door = re.search(rf'<ul class="sought" aria-labelledby="otsin-{audience}">(.*?)</ul>', page, re.DOTALL)
    rows = re.findall(r'href="([^"]+)">([^<]+)</a> <span class="num">(\d+)', door[1]) if door else []
    return {label: (unescape(link), int(count)) for link, label, count in rows}


def first_number(page: str) -> int:
    """How many materials a page of results says that there are."""
    found = re.search(r"<h1>[^<]*?(\d+) materjal", page)
    return int(found[1]) if found else 0


@pytest.fixture
def seeker(client_of: ClientOf, card_of: CardOf, coming_event: Resource) -> FlaskClient:
    """The site with one of everything that a community seeks."""
    return client_of(
        card_of(1, "Kuidas meie küla seltsimaja sai", kind="kogemuslugu"),
        card_of(2, "Koosoleku pidamise juhend", kind="juhendmaterjal"),
        coming_event,
        card_of(3, "Maakondlikud konsultandid", kind="noustajad"),
        card_of(4, "Külaliikumise võrgustik"),
        card_of(5, "Omavalitsuse juhend", kind="juhendmaterjal", audiences=("kov",)),
    )


def test_a_door_leads_to_all_that_its_audience_seeks(seeker: FlaskClient) -> None:
    assert sought(seeker, "kogukond") == {
        "häid praktikaid": ("/otsing?sihtruhm=kogukond&liik=kogemuslugu", 1),
        "juhendmaterjale": ("/otsing?sihtruhm=kogukond&liik=juhendmaterjal", 1),
        "õppimisvõimalusi": ("/sundmused?sihtruhm=kogukond", 1),
        "nõustajaid ja koolitajaid": ("/otsing?sihtruhm=kogukond&liik=noustajad", 1),
        "mõttekaaslasi": ("/otsing?q=v%C3%B5rgustik&sihtruhm=kogukond", 1),
    }


def test_what_a_door_counts_is_what_its_link_shows(seeker: FlaskClient, coming_event: Resource) -> None:
    for audience in ("arendaja", "kogukond", "kov"):
        for link, count in sought(seeker, audience).values():
            page = seeker.get(link).text
            if link.startswith("/otsing"):
                assert first_number(page) == count, link
            else:
                assert page.count('<li class="event">') == count, link
    assert coming_event.title in seeker.get("/sundmused?sihtruhm=kogukond").text


def test_what_has_no_hits_leads_to_the_nearest_or_is_left_out(seeker: FlaskClient) -> None:
    assert sought(seeker, "kov") == {
        "juhendmaterjale": ("/otsing?sihtruhm=kov&liik=juhendmaterjal", 1),
        "nõustajaid ja koolitajaid": ("/otsing?liik=noustajad", 1),
    }


def test_learning_without_a_training_is_what_is_written_about_it(client_of: ClientOf, card_of: CardOf) -> None:
    client = client_of(card_of(1, "Täiskasvanute õppimine", topics=("oppimine",)), card_of(2, "Talgud"))
    assert sought(client, "kogukond") == {"õppimisvõimalusi": ("/otsing?sihtruhm=kogukond&teema=oppimine", 1)}
    assert sought(client, "kov") == {}


def test_a_training_that_is_over_is_no_opportunity(client_of: ClientOf, card_of: CardOf) -> None:
    client = client_of(card_of(1, "Möödunud koolitus", kind="koolitus", starts="2020-05-05"), card_of(2, "Talgud"))
    assert sought(client, "kogukond") == {}


def test_advisers_are_looked_for_by_words_where_no_card_is_of_their_kind(client_of: ClientOf, card_of: CardOf) -> None:
    client = client_of(card_of(1, "Küsi konsultandilt"), card_of(2, "Talgud"))
    assert sought(client, "kogukond") == {
        "nõustajaid ja koolitajaid": ("/otsing?q=konsultant&sihtruhm=kogukond", 1),
    }


def test_the_doors_speak_other_languages(seeker: FlaskClient) -> None:
    assert sought(seeker, "kogukond", "/en/")["good practice"] == ("/en/otsing?sihtruhm=kogukond&liik=kogemuslugu", 1)
    assert "возможности учиться" in sought(seeker, "kogukond", "/ru/")


def test_the_front_page_says_what_it_is_and_where_ngos_are_advised(client: FlaskClient) -> None:
    page = client.get("/").text
    assert 'href="/mis-on-aardekast"' in page[page.index("<main") : page.index("</main>")]
    assert 'mine lehele <a href="https://www.mtyabi.ee/">mtyabi.ee</a>' in page
