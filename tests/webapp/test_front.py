from collections.abc import Callable
from html import unescape

from flask.testing import FlaskClient

from aardekast.resource import Resource


def test_three_doors_by_audience_with_counts(client: FlaskClient) -> None:
    page = client.get("/").text
    for slug, label, count in [
        ("arendaja", "Kogukonna arendaja", "1 materjal"),
        ("kogukond", "Kogukond", "27 materjali"),
        ("kov", "Kohalik omavalitsus", "2 materjali"),
    ]:
        door = page[page.index(f'href="/sihtruhm/{slug}"') :]
        assert door.startswith(f'href="/sihtruhm/{slug}">{label}<')
        assert f">{count}<" in door[:400]


def test_topics_carry_their_signs_and_kinds_their_icons(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "symbols.svg#kiri-kriisivalmidus" in page
    assert 'href="/teema/kriisivalmidus"' in page
    assert 'href="/liik/juhendmaterjal"' in page
    assert "/teema/kestlikkus" not in page, "a topic without materials would lead nowhere"


def test_newest_materials_come_first(client: FlaskClient) -> None:
    page = client.get("/").text
    newest = page[page.index('id="uut"') :]
    assert newest.index("Kolme sihtrühma lugu") < newest.index("Külavanema valimine")


def test_events_only_when_there_are_any(
    client: FlaskClient, client_of: Callable[..., FlaskClient], coming_event: Resource
) -> None:
    assert "Sündmused ja koolitused" not in client.get("/").text
    page = client_of(coming_event).get("/").text
    assert "Sündmused ja koolitused" in page
    assert coming_event.title in page


def test_examples_are_only_offered_when_they_find_something(client: FlaskClient) -> None:
    page = client.get("/").text
    assert 'href="/otsing?q=kriisiplaan"' in page
    assert "p%C3%B5hikiri" not in page


def test_every_link_leads_to_a_page(client: FlaskClient) -> None:
    for link in _links(client.get("/").text):
        with client.get(link, buffered=True) as answer:
            assert answer.status_code == 200, link
            if answer.mimetype == "text/html":
                assert all(
                    client.get(inner, buffered=True).status_code == 200
                    for inner in _links(answer.get_data(as_text=True))
                )


def _links(page: str) -> set[str]:
    addresses = {unescape(part.split('"')[0]).split("#")[0] for part in page.split('href="')[1:]}
    return {address for address in addresses if address.startswith("/")}
