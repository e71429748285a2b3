"""Hosts that want to be left in peace are; hosts that behave badly cost themselves and nothing else."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from aardekast.settings import Settings
from harvester.hours import is_within
from harvester.network import pacer as pacing
from harvester.network.pacer import Pacer
from harvester.network.waiting import asked_wait

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BOMB = gzip.compress(bytes(50 * 2**20))
BILLION = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>"""


def harvested(home: Any, name: str = "again", **options: Any) -> dict[str, Any]:
    home.harvest(source_ids=[name], **options)
    found: dict[str, Any] = home.run_of(name)
    return found


@pytest.fixture
def home_of(quick_home: Any, yaml: Any) -> Any:
    """A state folder with one source for each of the sites."""

    def make(*sites: Any, **fields: Any) -> Any:
        names = ("again", "other", "third")
        return quick_home(
            yaml.file(
                [
                    yaml.source(name, site.sitemap, **{"type": "sitemap", **fields})
                    for name, site in zip(names, sites, strict=False)
                ]
            )
        )

    return make


@pytest.mark.parametrize(
    ("status", "header", "wait"),
    [
        pytest.param(429, "30", 30.0, id="seconds"),
        pytest.param(503, "Sun, 01 Mar 2026 12:01:30 GMT", 90.0, id="date"),
        pytest.param(503, "Sun, 01 Mar 2026 11:00:00 GMT", 0.0, id="date-that-has-passed"),
        pytest.param(503, None, None, id="only-broken"),
        pytest.param(503, "peagi", None, id="neither"),
        pytest.param(429, None, 10.0, id="does-not-say"),
        pytest.param(429, "9" * 400, 999_999_999.0, id="for-ever"),
        pytest.param(200, "30", None, id="fine"),
    ],
)
def test_how_long_a_host_wants_us_to_wait(status: int, header: str | None, wait: float | None) -> None:
    assert asked_wait(status, header, NOW) == wait


def test_a_host_that_asks_for_a_moment_is_given_it(make_again: Any, home_of: Any, again: Any) -> None:
    site = make_again(2)
    answers = [again.Leaf(b"", status=429, headers={"Retry-After": "1"}), site.leaves["/leht/0"]]
    site.leaves["/leht/0"] = lambda _path: answers.pop(0) if len(answers) > 1 else answers[0]
    assert harvested(home_of(site))["counts"]["added"] == 2
    first, second = (asked.moment for asked in site.asked if asked.path == "/leht/0")
    assert second - first > 0.9


@pytest.mark.parametrize("retry_after", [pytest.param("0", id="again-and-again"), pytest.param("3600", id="too-long")])
def test_a_host_that_goes_on_asking_is_left_alone_and_none_of_its_pages_counts_as_missing(
    make_again: Any, home_of: Any, again: Any, retry_after: str
) -> None:
    site, other = make_again(6), make_again(2, "127.0.0.2")
    home = home_of(site, other)
    harvested(home)
    site.leaves["/leht/2"] = again.Leaf(b"", status=429, headers={"Retry-After": retry_after})
    site.forget()
    run = harvested(home)
    asked = site.paths()
    assert asked.count("/leht/2") == (2 if retry_after == "0" else 1)
    assert asked[-1] == "/leht/2"
    assert (run["counts"]["missing"], run["counts"]["unchanged"]) == (0, len(set(asked)) - 1)
    assert run["counts"]["failed"] == 6 - run["counts"]["unchanged"]
    assert {reason["reason"].partition(" (")[0] for reason in run["reasons"]} == {"asked us to wait"}
    catalogue = home.catalogue()
    assert all(known.has_answered for known in catalogue.known_resources("again"))
    catalogue.close()
    assert harvested(home, "other")["counts"]["added"] == 2


def test_a_host_that_dies_half_way_costs_its_own_pages_and_what_it_gave_stays(
    make_again: Any, home_of: Any, again: Any
) -> None:
    site = make_again(8)

    def die(_path: str) -> Any:
        site.close()
        return again.Leaf(b"x" * 1000, breaks_off=True)

    site.leaves["/leht/3"] = die
    home = home_of(site)
    run = harvested(home)
    assert run["counts"]["failed"] == 8 - run["counts"]["added"] > 0
    assert {reason["reason"] for reason in run["reasons"]} <= {"connection broke off", "host does not answer"}
    assert len(home.resources()) == run["counts"]["added"]


def test_a_bomb_is_not_unpacked_wherever_it_lies(make_again: Any, home_of: Any, again: Any) -> None:
    site, packed = make_again(1), make_again(1, "127.0.0.2")
    site.leaves["/leht/pomm"] = again.Leaf(BOMB, headers={"Content-Encoding": "gzip"})
    packed.leaves["/sitemap.xml"] = again.Leaf(gzip.compress(bytes(60 * 2**20)), content_type="application/gzip")
    home = home_of(site, packed)
    assert [reason["reason"] for reason in harvested(home)["reasons"]] == ["larger than 1 MB"]
    assert "is larger than 50 MB unpacked" in harvested(home, "other")["fault"]


def test_a_redirect_to_a_place_that_is_not_allowed_is_not_followed(make_again: Any, home_of: Any, again: Any) -> None:
    site, inner = make_again(1), make_again(1, "127.0.0.77")
    site.leaves["/leht/sisse"] = again.Leaf(status=302, headers={"Location": f"{inner.base}/leht/0"})
    site.leaves["/leht/refresh"] = again.page(1, head=f"<meta http-equiv='refresh' content='0; url={inner.base}/'>")
    run = harvested(home_of(site), settings={"allow_private": "127.0.0.1/32"})
    assert run["counts"]["added"] == 1
    assert {reason["reason"] for reason in run["reasons"]} == {"is in a private network; see AARDEKAST_ALLOW_PRIVATE"}
    assert len(run["reasons"]) == 2
    assert inner.asked == []


def test_only_addresses_on_the_web_are_followed(make_again: Any, home_of: Any, again: Any) -> None:
    site = make_again(1)
    for number, target in enumerate(
        ("file:///etc/passwd", "ftp://127.0.0.1/a", "data:text/html,tere", "javascript:a()")
    ):
        site.leaves[f"/leht/r{number}"] = again.Leaf(status=302, headers={"Location": target})
    run = harvested(home_of(site))
    assert run["counts"]["added"] == 1
    assert len(run["reasons"]) == 4


def test_what_a_host_reserves_is_not_read(make_again: Any, home_of: Any, again: Any) -> None:
    site = make_again(3)
    rules = [{"location": "/leht/1", "tdm-reservation": 1}, {"location": "/vaba/", "tdm-reservation": 0}]
    site.leaves["/.well-known/tdmrep.json"] = again.Leaf(json.dumps(rules).encode(), content_type="application/json")
    site.leaves["/leht/0"] = again.page(0, head="<meta name='tdm-reservation' content='1'>")
    site.leaves["/leht/2"].headers["tdm-reservation"] = "1"
    site.leaves["/vaba/3"] = again.page(3)
    site.listed = ["/leht/0", "/leht/1", "/leht/2", "/vaba/3"]
    home = home_of(site)
    run = harvested(home)
    assert [reason["reason"] for reason in run["reasons"]] == ["text and data mining is reserved (TDM)"] * 3
    assert list(home.resources()) == ["/vaba/3"]
    assert "/leht/1" not in site.paths()
    assert [asked.path for asked in site.asked].count("/.well-known/tdmrep.json") == 1


def test_a_card_of_what_is_reserved_stays_without_its_text(
    make_again: Any, quick_home: Any, yaml: Any, again: Any
) -> None:
    site = make_again(1)
    home = quick_home(yaml.file([], [yaml.card("kaart", f"{site.base}/leht/0")]))
    harvested(home, "curated")
    assert home.resources()["/leht/0"].text
    site.leaves["/leht/0"] = again.page(0, head="<meta name='tdm-reservation' content='1'>")
    harvested(home, "curated")
    (card,) = home.resources().values()
    assert (card.title, card.text, card.status) == ("Kaart kaart", "", "live")


@pytest.mark.parametrize(
    ("status", "added", "fault"),
    [(404, 2, ""), (403, 2, ""), (500, 0, "its robots.txt cannot be read: 500 internal server error")],
)
def test_a_robots_txt_that_is_missing_allows_all_and_one_that_is_broken_nothing(
    make_again: Any, home_of: Any, status: int, added: int, fault: str
) -> None:
    site = make_again(2)
    site.leaves["/robots.txt"] = type(site.leaf("/leht/0"))(b"Viga", status=status)
    run = harvested(home_of(site))
    assert run["counts"]["added"] == added
    assert (run["fault"] or "").endswith(fault)
    assert bool(run["fault"]) == bool(fault)


def test_robots_txt_is_asked_for_once_for_all_sources_of_a_host(make_again: Any, home_of: Any, again: Any) -> None:
    site = make_again(2)
    home = home_of(site, site, site)
    home.harvest()
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1


def test_nothing_is_read_on_a_site_that_copies_documents(make_again: Any, home_of: Any, again: Any) -> None:
    site = make_again(1)
    site.leaves["/leht/koopia"] = again.Leaf(
        status=301, headers={"Location": "https://www.vdocuments.site/kasiraamat.html"}
    )
    run = harvested(home_of(site))
    assert [reason["reason"] for reason in run["reasons"]] == ["is on a site that copies other people's documents"]


def test_a_source_that_takes_too_long_is_ended_and_said_so(make_again: Any, home_of: Any, again: Any) -> None:
    site, other = make_again(30), make_again(0, "127.0.0.2")
    other.leaves["/leht/99"] = again.page(99)
    home = home_of(site, other)
    home.harvest(source_ids=["again", "other"], settings={"delay": 0.5, "source_minutes": 0.1})
    run = home.run_of("again")
    assert run["fault"] == "took longer than 0.1 minutes; see AARDEKAST_SOURCE_MINUTES"
    assert 0 < run["counts"]["added"] < 15
    assert len(home.resources()) == run["counts"]["added"] + 1
    assert home.run_of("other")["fault"] is None


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("sitemap", b"<urlset><url><loc>{base}/leht/0</loc></url><url><loc>{base}/leht/&c;&d;</loc></url></urlset>"),
        (
            "feed",
            b"<rss version='2.0'><channel><title>x</title>"
            b"<item><title>T &c;&d;</title><link>{base}/leht/0</link></item>"
            b"</channel></rss>",
        ),
    ],
)
def test_entities_of_xml_are_not_expanded(make_again: Any, home_of: Any, again: Any, type_: str, body: bytes) -> None:
    site = make_again(1)
    site.leaves["/leht/0"] = again.page(0)
    site.leaves["/sitemap.xml"] = again.Leaf(
        BILLION + body.replace(b"{base}", site.base.encode()), content_type="application/xml"
    )
    home = home_of(site, type=type_)
    run = harvested(home)
    assert not any("aaaa" in asked.path or "root" in asked.path for asked in site.asked)
    assert "aaaa" not in json.dumps(run)
    assert "root:" not in json.dumps([resource.title for resource in home.resources().values()])


def test_titles_and_addresses_are_kept_as_they_are_written_and_nothing_more(
    make_again: Any, home_of: Any, again: Any
) -> None:
    site = make_again()
    site.leaves["/leht/..%2f..%2fetc%2fpasswd"] = again.Leaf(
        again.page(1).body.replace(b"Lugu number 1", b"&lt;script&gt;alert(1)&lt;/script&gt; ../../kuri")
    )
    home = home_of(site)
    assert harvested(home)["counts"]["added"] == 1
    (resource,) = home.resources().values()
    assert resource.title == "<script>alert(1)</script> ../../kuri"
    assert sorted(path.name.partition("-")[0] for path in home.folder.iterdir()) == [
        "catalogue.sqlite",
        "resources.yaml",
    ]


@pytest.mark.parametrize(
    ("hours", "moment", "within"),
    [
        ("22-6", "2026-01-15T20:30+00:00", True),  # 22.30 in Tallinn
        ("22-6", "2026-07-15T19:30+00:00", True),  # 22.30 in summer
        ("22-6", "2026-01-15T19:30+00:00", False),
        ("22-6", "2026-01-15T03:59+00:00", True),
        ("22-6", "2026-01-15T04:00+00:00", False),
        ("1-5", "2026-01-15T00:30+00:00", True),
        ("1-5", "2026-01-15T10:30+00:00", False),
        ("", "2026-01-15T10:30+00:00", True),
    ],
)
def test_the_hours_are_those_of_estonia(hours: str, moment: str, within: bool) -> None:
    assert is_within(Settings.load({}, hours=hours).hours, datetime.fromisoformat(moment)) is within


def test_outside_of_the_hours_nothing_due_is_harvested_and_what_is_named_is(make_again: Any, home_of: Any) -> None:
    site = make_again(1)
    home = home_of(site)
    hour = datetime.now(UTC).hour
    hours = {"hours": f"{(hour + 10) % 24}-{(hour + 12) % 24}"}  # hours that are not now, in any season
    summary = home.harvest(due_only=True, settings=hours)
    assert "Outside of the hours" in summary["sentence"]
    assert (summary["sources"], site.asked) == ([], [])
    assert harvested(home, settings=hours)["counts"]["added"] == 1


def test_a_slow_host_is_asked_less_often(make_again: Any, home_of: Any) -> None:
    site = make_again(3)
    for leaf in site.leaves.values():
        leaf.pause = 0.4
    harvested(home_of(site), settings={"delay": 0.05})
    moments = [asked.moment for asked in site.asked if asked.path.startswith("/leht/")]
    assert min(later - sooner for sooner, later in pairwise(moments[1:])) > 0.55


def test_faults_that_come_quickly_do_not_hasten_us_and_no_delay_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    async def pause(delay: float, *latencies: tuple[float, bool]) -> float:
        pacer = Pacer(delay)
        await pacer.pause("a.ee")
        for seconds, is_fault in latencies:
            pacer.note_latency("a.ee", seconds, is_fault=is_fault)
        started = time.monotonic()
        await pacer.pause("a.ee")
        return time.monotonic() - started

    assert asyncio.run(pause(0.01, (0.2, False), (0.001, True), (0.001, True))) > 0.35
    assert asyncio.run(pause(0, (0.5, False))) < 0.2
    monkeypatch.setattr(pacing, "MOST_DELAY", 0.1)
    assert asyncio.run(pause(0.01, (60, False))) < 1
