"""The manners of the site: what its headers forbid, how its pages are named and how browsers dress them."""

import re
from collections import Counter

import pytest
from flask.testing import FlaskClient

PAGES = [
    "/",
    "/otsing",
    "/otsing?q=kriis",
    "/otsing?q=kriis&sihtruhm=kov",
    "/otsing?leht=2",
    "/otsing?q=olematusõna",
    "/materjal/kaart-1",
    "/materjal/kaart-2",
    "/teema/kriisivalmidus",
    "/liik/artikkel",
    "/sihtruhm/kogukond",
    "/maakond/tartu",
    "/valjaandja/paasteamet",
    "/sundmused",
    "/uudised",
    "/kuidas-otsida",
    "/mis-on-aardekast",
    "/api/",
    "/api/valjad",
    "/ligipaasetavus",
    "/privaatsus",
    "/ei-ole",
]
DIRECTIVE = re.compile(r"(?P<name>[a-z-]+) (?P<sources>[^;]+)")


@pytest.mark.parametrize("address", PAGES)
def test_nothing_runs_or_dresses_a_page_but_files_of_this_site(address: str, client: FlaskClient) -> None:
    headers = client.get(address).headers
    policy = {found["name"]: found["sources"] for found in DIRECTIVE.finditer(headers["Content-Security-Policy"])}
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    for feature in ("camera", "geolocation", "microphone"):
        assert f"{feature}=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("prefix", ["", "/en", "/ru"])
def test_no_two_pages_have_one_title(prefix: str, client: FlaskClient) -> None:
    titles = Counter(title_of(client.get(prefix + address).text) for address in PAGES)
    assert [title for title, count in titles.items() if count > 1 or "Aardekast" not in title] == []


@pytest.mark.parametrize(("prefix", "language"), [("", "et"), ("/en", "en"), ("/ru", "ru")])
def test_every_page_names_its_language_icon_and_colours(prefix: str, language: str, client: FlaskClient) -> None:
    for address in PAGES:
        page = client.get(prefix + address).text
        assert f'<html lang="{language}">' in page, address
        assert page.count('<meta name="theme-color" media="(prefers-color-scheme: ') == 2, address
        icon = re.search(r'<link rel="icon" href="([^"]+)" type="image/svg\+xml">', page)
        assert icon is not None, address
        assert client.get(icon[1], buffered=True).mimetype == "image/svg+xml"


def test_a_browser_that_asks_for_the_old_icon_gets_one(client: FlaskClient) -> None:
    answer = client.get("/favicon.ico", follow_redirects=True, buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")


def test_sheets_letters_and_scripts_carry_only_the_headers_that_they_need(client: FlaskClient) -> None:
    page = client.get("/").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2))"', page):
        headers = client.get(address, buffered=True).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert sum(len(name) + len(value) + 4 for name, value in headers.items()) < 320, address


def test_a_drawing_that_is_opened_alone_is_a_document_like_any_other(client: FlaskClient) -> None:
    icon = re.search(r'href="([^"]+mark\.svg)"', client.get("/").text)
    assert icon is not None
    assert client.get(icon[1], buffered=True).headers["Content-Security-Policy"].startswith("default-src 'none'")


def title_of(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("address", ["/materjal/kaart-1", "/materjal/kaart-5"])
def test_what_is_not_known_of_a_material_is_left_out(address: str, client: FlaskClient) -> None:
    page = client.get(address).text
    assert "None" not in page
    assert "<dt>Koht</dt>" not in page
