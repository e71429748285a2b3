"""What other sites show of ours: who may, what is in it, and the HTML to paste."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask.testing import FlaskClient

from aardekast.errors import SettingsError
from aardekast.resource import Resource
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary
from index import Searcher, engine_at
from webapp import create_app
from webapp.embedded import KINDS, MOST

HOSTS = ("https://kogukonnaveeb.ee", "https://www.kogukonnaveeb.ee:8443")
FRAMES = ("/embed/otsing", "/embed/uusimad", "/embed/sundmused")
NASTY = "Küla \"& <b>vald</b> 'koos'"


class Opened:
    """An engine that was opened already."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def open(self) -> Searcher:
        return self._searcher


@pytest.fixture
def client(index_of: Callable[..., Searcher], vocabulary: Vocabulary, card_of: Callable[..., Resource]) -> FlaskClient:
    soon = (datetime.now(UTC).date() + timedelta(days=3)).isoformat()
    cards = (
        *(card_of(n, f"Materjal {n}", published=f"20{n:02}", topics=("kulaelu",)) for n in range(10, 25)),
        card_of(1, NASTY, published="2026-11", topics=("kaasamine",), audiences=("kov",), language="en"),
        card_of(2, "Kevadine koolitus", kind="koolitus", starts=soon, place="Paide", audiences=("kogukond",)),
        card_of(3, "Vallavanemate päev", kind="koolitus", starts=soon, audiences=("kov",)),
    )
    app = create_app(Opened(index_of(*cards)), vocabulary, embed_hosts=HOSTS, testing=True)
    return app.test_client()


def ancestors(client: FlaskClient, address: str) -> str:
    policy = client.get(address).headers["Content-Security-Policy"]
    found = re.search(r"frame-ancestors ([^;]+)", policy)
    assert found is not None
    return found[1]


def parsed(html: str) -> Any:
    """A page of somebody else that holds this; raises ParseError at the first fault."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    return parser.parse(f"<!doctype html><title>Leht</title><main>{html}</main>").getroot()


def snippets(client: FlaskClient, address: str) -> tuple[str, str]:
    """The HTML of both kinds, as one would copy it."""
    page = client.get(address).text
    frame, plain = (unescape(text) for text in re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL))
    return frame, plain


@pytest.mark.parametrize("prefix", ["", "/en", "/ru"])
@pytest.mark.parametrize("address", FRAMES)
def test_only_the_named_sites_and_our_own_may_show_a_frame(client: FlaskClient, prefix: str, address: str) -> None:
    assert ancestors(client, prefix + address) == f"'self' {' '.join(HOSTS)}"
    etag = client.get(prefix + address).headers["ETag"]
    again = client.get(prefix + address, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert " ".join(HOSTS) in again.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/", "/otsing?q=küla", "/materjal/kaart-1", "/sundmused", "/lisa-oma-lehele", "/embed", "/embed/muu"]
)
def test_every_other_page_is_shown_in_no_frame(client: FlaskClient, address: str) -> None:
    assert ancestors(client, address) == "'none'"


def test_a_site_that_names_no_host_lets_none_in(index_of: Callable[..., Searcher], vocabulary: Vocabulary) -> None:
    client = create_app(Opened(index_of("Küla.")), vocabulary, testing=True).test_client()
    assert ancestors(client, "/embed/otsing") == "'self'"
    assert "Praegu ei ole raami lubatud ühelgi veebilehel." in client.get("/lisa-oma-lehele").text


@pytest.mark.parametrize(
    ("given", "read"),
    [
        pytest.param("", (), id="none"),
        pytest.param("https://Kogukonnaveeb.ee/", ("https://kogukonnaveeb.ee",), id="as-browsers-write-it"),
        pytest.param(
            "https://a.ee, http://127.0.0.2:8000 ,https://a.ee", ("https://a.ee", "http://127.0.0.2:8000"), id="several"
        ),
    ],
)
def test_the_setting_is_a_list_of_origins(given: str, read: tuple[str, ...]) -> None:
    assert Settings.load({"AARDEKAST_EMBED_HOSTS": given}).embed_hosts == read


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "kogukonnaveeb.ee",
        "https://*.ee",
        "https://a.ee/rada",
        "https://a.ee; script-src *",
        "https://a.ee b",
        "'self'",
        "https://a.ee\nx",
        "https://põld.ee",
    ],
)
def test_what_is_no_origin_is_refused_by_its_name(given: str) -> None:
    with pytest.raises(SettingsError, match=r"(?s)AARDEKAST_EMBED_HOSTS=.*is not an origin such as"):
        Settings.load({"AARDEKAST_EMBED_HOSTS": given})


def test_the_newest_of_a_topic_or_audience_and_as_many_as_asked(client: FlaskClient) -> None:
    def titles(query: str) -> list[str]:
        page = client.get(f"/embed/uusimad?{query}").text
        return re.findall(r'<li><a href="/materjal/[^"]+" target="_top"[^>]*>([^<]+)</a>', page)

    assert titles("teema=kulaelu&arv=3") == ["Materjal 24", "Materjal 23", "Materjal 22"]
    assert [unescape(title) for title in titles("sihtruhm=kov&arv=1")] == [NASTY]
    assert len(titles("")) == 5
    assert len(titles("arv=99999")) == MOST
    assert len(titles("arv=0")) == 1
    assert len(titles("arv=-1&teema=olematu&sihtruhm=%00")) == 5


def test_coming_events_of_an_audience_with_day_and_place(client: FlaskClient) -> None:
    page = client.get("/embed/sundmused?sihtruhm=kogukond").text
    assert "Kevadine koolitus" in page
    assert "Paide" in page
    assert "Vallavanemate päev" not in page
    assert 'href="/sundmused?sihtruhm=kogukond" target="_top"' in page


@pytest.mark.parametrize("prefix", ["", "/en", "/ru"])
def test_every_link_and_form_of_a_frame_leaves_it(client: FlaskClient, prefix: str) -> None:
    for address in FRAMES:
        page = client.get(prefix + address).text
        opened = re.findall(r"<(?:a|form) [^>]*>", page)
        assert opened
        assert all('target="_top"' in tag for tag in opened)
        assert f'"{prefix}/otsing"' in page or f"{prefix}/" in page
        assert "<script" not in page
        assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_gives_html_that_is_right_and_leads_to_this_site(client: FlaskClient, kind: str) -> None:
    frame, plain = snippets(client, f"/en/lisa-oma-lehele?mis={kind}&teema=kaasamine&sihtruhm=kov&arv=2")
    tree = parsed(frame)
    [iframe] = tree.xpath("//iframe")
    assert iframe.get("src").startswith(f"http://localhost/en/embed/{kind}")
    assert iframe.get("title")
    assert iframe.get("loading") == "lazy"
    assert int(iframe.get("height")) > 100
    assert client.get(iframe.get("src")).status_code == 200
    links = parsed(plain).xpath("//a/@href | //form/@action")
    assert links
    assert all(link.startswith("http://localhost/en/") for link in links)
    assert all(client.get(link).status_code == 200 for link in links)
    assert "<script" not in plain


def test_the_frame_and_the_plain_list_show_the_same_materials(client: FlaskClient) -> None:
    frame, plain = snippets(client, "/lisa-oma-lehele?mis=uusimad&teema=kulaelu&arv=4")
    [address] = parsed(frame).xpath("//iframe/@src")
    shown = re.findall(r"/materjal/([^\"]+)", client.get(address).text)
    assert re.findall(r"/materjal/([^\"]+)", plain) == shown
    assert len(shown) == 4


def test_titles_stay_text_wherever_they_are_pasted(client: FlaskClient) -> None:
    _, plain = snippets(client, "/lisa-oma-lehele?mis=uusimad&sihtruhm=kov&arv=1")
    [link] = parsed(plain).xpath("//li/a")
    assert link.text == NASTY
    assert link.get("lang") == "en"
    assert not parsed(plain).xpath("//b")


def test_the_page_names_the_hosts_and_whom_to_ask_and_is_linked(client: FlaskClient) -> None:
    page = client.get("/lisa-oma-lehele").text
    for host in HOSTS:
        assert f"<li>{host.removeprefix('https://')}</li>" in page
    assert "kogukonnaveeb.ee</a>" in page
    assert "frame-src 'self'" in client.get("/lisa-oma-lehele").headers["Content-Security-Policy"]
    for linking in ("/", "/mis-on-aardekast"):
        assert 'href="/lisa-oma-lehele"' in client.get(linking).text


def test_colours_of_the_frame_are_those_of_the_site(client: FlaskClient) -> None:
    """The frame has them in a file of its own, which fetches no letters."""
    kept = [sheet(client, name) for name in ("embed.css", "css/tokens.css")]
    for mine, site in zip(*kept, strict=True):
        assert mine
        assert mine.items() <= site.items()


def sheet(client: FlaskClient, name: str) -> list[dict[str, str]]:
    """The tokens by day and by night."""
    found = re.search(r'"(/static/[^/]+/)', client.get("/").text)
    assert found is not None
    parts = client.get(f"{found[1]}{name}", buffered=True).text.split("prefers-color-scheme: dark")
    tokens = [dict(re.findall(r"--([\w-]+):\s*([^;}]+)", part)) for part in parts[:2]]
    return [{name: value.strip() for name, value in of_one.items()} for of_one in tokens]


def test_a_frame_says_briefly_that_there_is_nothing_yet(vocabulary: Vocabulary, tmp_path: Path) -> None:
    app = create_app(engine_at(tmp_path, vocabulary), vocabulary, embed_hosts=HOSTS)
    answer = app.test_client().get("/embed/uusimad")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "Aardekasti sisu uuendatakse praegu." in answer.text
    assert HOSTS[0] in answer.headers["Content-Security-Policy"]


def test_a_site_that_stays_light_gets_a_light_frame(client: FlaskClient) -> None:
    frame, _ = snippets(client, "/lisa-oma-lehele?mis=otsing&varvid=heledad")
    assert 'src="http://localhost/embed/otsing?varvid=heledad"' in frame
    assert '<html lang="et" class="light">' in client.get("/embed/otsing?varvid=heledad").text
    assert '<html lang="et">' in client.get("/embed/otsing?varvid=muu").text
