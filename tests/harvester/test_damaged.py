"""Lists with faults in them: what is good in them is read, and what is not is told in plain words."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest

from aardekast.resource import Source
from harvester.addresses import joined
from harvester.spiders.scope import Scope

BAD = "http://[oops/x"
UNREADABLE = ("rejected", "cannot be read as an address")


@pytest.mark.parametrize(
    ("href", "address"),
    [
        pytest.param(" ../b?x=1 ", "http://a.ee/b?x=1", id="relative"),
        pytest.param(BAD, None, id="bracket"),
        pytest.param("http://a.ee:port/", None, id="port"),
        pytest.param("http://a.b%5B/x", None, id="bracket-in-disguise"),
        pytest.param("//[", None, id="host-only"),
        pytest.param("mailto:a@a.ee", "mailto:a@a.ee", id="no-page-but-an-address"),
    ],
)
def test_an_address_is_joined_or_is_none(href: str, address: str | None) -> None:
    assert joined("http://a.ee/c/d", href) == address


def test_an_address_that_cannot_be_read_belongs_to_no_source() -> None:
    assert not Scope(Source(id="a", url="http://a.ee/")).has(BAD)


def _urlset(*locs: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{loc}</loc></url>' for loc in locs)}</urlset>".encode()


def _feed(*links: str) -> bytes:
    items = "".join(f"<item><title>Uudis</title><link>{link}</link></item>" for link in links)
    return f"<rss version='2.0'><channel><title>Uudised</title>{items}</channel></rss>".encode()


def _index(*locs: str) -> bytes:
    children = "".join(f"<sitemap><loc>{loc}</loc></sitemap>" for loc in locs)
    return f"<sitemapindex>{children}</sitemapindex>".encode()


def _links(good: str) -> bytes:
    head = f"<html><head><title>Lingid</title><base href='{BAD}'></head>"
    return f"{head}<body><a href='{BAD}'>a</a><a href='{good}'>b</a><a href='{BAD}'>c</a></body></html>".encode()


@pytest.fixture(scope="module")
def damaged(make_site: Callable[..., Any], make_home: Callable[..., Any], yaml: Any) -> Any:
    """A harvest of damaged lists, each a source."""
    site = make_site("bare")
    good = f"{site.base}/artiklid/talgud/"
    packed = gzip.compress(_urlset(good) * 40, mtime=0)
    site.changed |= {
        "/xml": _urlset(BAD, good),
        "/tekst": f"{BAD}\n{good}\n".encode(),
        "/voog": _feed(BAD, good),
        "/register": _index(BAD, f"{site.base}/xml"),
        "/lingid-katki/": _links(good="/lingid-katki/leht"),
        "/lingid-katki/leht": _links(good=good),
        "/katki.gz": packed[:10] + b"\xff" * 40,
        "/pool.gz": packed[:10],
        "/pomm.gz": gzip.compress(bytes(80 * 2**20), mtime=0),
        "/katkised": _index(f"{site.base}/katki.gz", f"{site.base}/xml"),
        "/robots.txt": f"User-agent: *\nDisallow:\nSitemap: {BAD}\nSitemap: {site.base}/xml\n".encode(),
    }
    lists = ("xml", "tekst", "register", "katki.gz", "pool.gz", "pomm.gz", "katkised")
    sources = [
        *(yaml.source(name.replace(".", "-"), f"{site.base}/{name}", type="sitemap") for name in lists),
        yaml.source("voog", f"{site.base}/voog", type="feed"),
        yaml.source("lingid-katki", f"{site.base}/lingid-katki/"),  # found out, and then followed
        yaml.source("leitud", f"{site.base}/"),
    ]
    home = make_home(yaml.file(sources))
    home.harvest()
    return home


@pytest.mark.parametrize("source", ["xml", "tekst", "voog", "register", "lingid-katki"])
def test_a_bad_address_costs_itself_and_is_one_reason(damaged: Any, source: str) -> None:
    run = damaged.run_of(source)
    assert run["fault"] is None
    assert run["counts"]["read"] >= 1
    bad = [(r["outcome"], r["reason"]) for r in run["reasons"] if r["url"] == BAD]
    # A register has one of its own and one in its child.
    assert bad == [UNREADABLE] * (2 if source == "register" else 1)


def test_a_bad_address_in_robots_txt_does_not_hide_the_next(damaged: Any) -> None:
    run = damaged.run_of("leitud")
    assert (run["fault"], run["counts"]["read"]) == (None, 1)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("katki-gz", "is packed (gzip) and damaged"),
        ("pool-gz", "is packed (gzip) and damaged"),
        ("pomm-gz", "is larger than 50 MB unpacked"),
    ],
)
def test_a_packed_sitemap_that_cannot_be_unpacked_is_told_in_plain_words(
    damaged: Any, source: str, reason: str
) -> None:
    assert damaged.run_of(source)["fault"].endswith(f": {reason}")


def test_a_damaged_child_of_a_sitemap_costs_itself(damaged: Any) -> None:
    run = damaged.run_of("katkised")
    assert (run["fault"], run["counts"]["read"]) == (None, 1)
    assert damaged.reasons("katkised")["/katki.gz"] == ("failed", "is packed (gzip) and damaged")
