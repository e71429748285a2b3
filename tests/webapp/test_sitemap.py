"""What robots and browsers are told: the map of the site, robots.txt, how it is searched."""

from collections.abc import Callable
from urllib.parse import quote
from urllib.robotparser import RobotFileParser

import pytest
from flask.testing import FlaskClient
from lxml import etree

from webapp import sitemap

ClientOf = Callable[..., FlaskClient]
NAMES = {"s": sitemap.SITEMAP, "o": "http://a9.com/-/spec/opensearch/1.1/"}


def addresses(client: FlaskClient, path: str) -> dict[str, str | None]:
    """What a part of the map lists, with the day it changed."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    return {
        url.findtext("s:loc", namespaces=NAMES): url.findtext("s:lastmod", namespaces=NAMES)
        for url in etree.fromstring(answer.data).findall("s:url", NAMES)
    }


def parts(client: FlaskClient) -> list[str]:
    tree = etree.fromstring(client.get("/sitemap.xml").data)
    return [loc.text.removeprefix("http://localhost") for loc in tree.iterfind("s:sitemap/s:loc", NAMES)]


def test_the_map_lists_every_page_once_and_each_is_there(client: FlaskClient) -> None:
    listed = [address for part in parts(client) for address in addresses(client, part)]
    assert len(listed) == len(set(listed))
    for expected in ("/", "/sundmused", "/uudised", "/teema/kulaelu", "/sihtruhm/kov", "/maakond/tartu"):
        assert f"http://localhost{expected}" in listed
    assert "http://localhost/valjaandja/paasteamet" in listed
    assert "http://localhost/materjal/kaart-3" in listed
    for address in listed:
        assert client.get(address).status_code == 200, address


def test_what_the_foot_of_every_page_leads_to_is_on_the_map(client: FlaskClient) -> None:
    listed = addresses(client, "/sitemap-0.xml")
    foot = etree.HTML(client.get("/").data).xpath("//footer//a/@href")
    own = [link for link in foot if link.startswith("/")]
    assert len(own) > 5
    assert [link for link in own if f"http://localhost{link}" not in listed] == []


def test_a_material_carries_the_day_it_came(client: FlaskClient) -> None:
    assert addresses(client, "/sitemap-1.xml")["http://localhost/materjal/kaart-1"] == "2026-11-14"


def test_a_large_map_is_parted(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "RESOURCES", 10)
    assert parts(client) == [f"/sitemap-{number}.xml" for number in range(4)]
    listed = [[one for one in addresses(client, part) if "host/materjal/" in one] for part in parts(client)[1:]]
    assert [len(part) for part in listed] == [10, 10, 8]
    assert client.get("/sitemap-4.xml").status_code == 404


def test_an_empty_index_has_a_map_of_the_site_itself(client_of: ClientOf) -> None:
    client = client_of()
    assert parts(client) == ["/sitemap-0.xml"]
    assert "http://localhost/" in addresses(client, "/sitemap-0.xml")


def test_robots_may_read_materials_and_feeds(client: FlaskClient) -> None:
    said = client.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in said
    robots = RobotFileParser()
    robots.parse(said.splitlines())
    for address in ("/", "/materjal/kaart-1", "/teema/kulaelu", "/otsing.atom?q=k", "/otsing?q=k", "/sundmused.ics"):
        assert robots.can_fetch("*", address)
    assert not robots.can_fetch("*", "/api/v1/search?q=k")


def test_browsers_learn_how_to_search(client: FlaskClient) -> None:
    page = client.get("/kuidas-otsida").text
    assert '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"' in page
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    tree = etree.fromstring(answer.data)
    assert len(tree.findtext("o:ShortName", namespaces=NAMES)) <= 16
    templates = {url.get("type"): url.get("template") for url in tree.findall("o:Url", NAMES)}
    for type_ in ("text/html", "application/atom+xml"):
        address = templates[type_].replace("{searchTerms}", quote("külavanem")).replace("{startPage?}", "1")
        found = client.get(address)
        assert found.mimetype == type_
        assert "Külavanema" in found.text
