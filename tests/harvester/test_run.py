"""The run as a whole: polite, offline, stopped, chosen, once."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from itertools import pairwise
from typing import Any

import pytest

from harvester.network import pacer as pacing
from harvester.network.pacer import Pacer


def test_requests_of_all_sources_to_a_host_keep_the_delay(make_site: Any, make_home: Any, yaml: Any) -> None:
    site = make_site()
    home = make_home(
        yaml.file(
            [yaml.source("atom", f"{site.base}/uudised/atom.xml", type="feed")],
            [yaml.card("eelarve", f"{site.base}/juhendid/kaasav-eelarve/")],
        )
    )
    home.harvest(settings={"delay": 0.3})
    moments = [seen.moment for seen in site.seen]
    assert len(moments) == 6  # robots.txt and tdmrep.json once for both crawlers, the feed, three pages
    # A request may be on its way a little longer than the next one.
    assert min(later - sooner for sooner, later in pairwise(moments)) > 0.2


@pytest.mark.parametrize("delay", [pytest.param(0, id="none-of-ours"), pytest.param(0.1, id="ours-is-shorter")])
def test_a_host_is_asked_as_seldom_as_its_robots_txt_wants(
    make_site: Any, make_home: Any, yaml: Any, delay: float
) -> None:
    site = make_site()
    site.changed["/robots.txt"] = b"User-agent: *\nCrawl-delay: 0.5\n"
    home = make_home(yaml.file([yaml.source("atom", f"{site.base}/uudised/atom.xml", type="feed")]))
    home.harvest(settings={"delay": delay}, source_ids=["atom"])
    moments = [seen.moment for seen in site.seen]
    assert site.paths()[0] == "/robots.txt"
    assert len(moments) == 5  # robots.txt, the feed, tdmrep.json, two pages
    assert min(later - sooner for sooner, later in pairwise(moments)) > 0.4


def test_our_own_delay_is_the_least_and_a_wish_without_measure_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    async def pauses(ours: float, wish: float) -> float:
        pacer = Pacer(ours)
        await pacer.pause("a.ee")
        pacer.heed("a.ee", wish)
        started = time.monotonic()
        await pacer.pause("a.ee")
        return time.monotonic() - started

    assert asyncio.run(pauses(0.2, 0.01)) > 0.15
    monkeypatch.setattr(pacing, "MOST_DELAY", 0.2)
    assert 0.15 < asyncio.run(pauses(0, 1e9)) < 2


def test_a_source_whose_run_cannot_be_kept_costs_itself(make_site: Any, make_home: Any, yaml: Any) -> None:
    site = make_site("feed")
    names = ("esimene", "katki", "viimane")
    home = make_home(yaml.file([yaml.source(name, f"{site.base}/uudised/rss.xml", type="feed") for name in names]))
    process = home.start(source_ids=names, unkept="katki")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    home.last = json.loads(out.splitlines()[0])
    assert home.run_of("katki")["fault"] == "internal fault: ValueError"
    assert [home.run_of(name)["fault"] for name in ("esimene", "viimane")] == [None, None]
    catalogue = home.catalogue()
    due, runs = catalogue.due_source_ids(), {run.id: run for run in catalogue.summary().sources}
    catalogue.close()
    assert [name for name in names if name in due] == ["katki"]
    assert runs["katki"].fault == "internal fault: ValueError"  # kept without the reasons that could not be


def test_without_a_network_it_ends_soon_and_keeps_every_card(make_home: Any, yaml: Any) -> None:
    hosts = [f"127.0.1.{number}" for number in range(1, 31)]
    home = make_home(
        yaml.file(
            [yaml.source(f"s{number}", f"http://{host}:9/") for number, host in enumerate(hosts)],
            [yaml.card(f"k{number}", f"http://{host}:9/leht") for number, host in enumerate(hosts)],
        )
    )
    started = time.monotonic()
    summary = home.harvest()
    assert time.monotonic() - started < 20
    assert summary["is_offline"]
    assert "no network" in summary["sentence"]
    assert all(run["fault"] for run in summary["sources"])
    catalogue = home.catalogue()
    assert all(catalogue.resource(f"k{number}").last_checked is None for number in range(30))  # no miss is noted
    assert len(catalogue.due_source_ids()) == 31  # nobody has had a turn
    catalogue.close()
    assert len(home.titles()) == 30


def test_a_signal_ends_the_run_and_keeps_what_was_finished(make_site: Any, make_home: Any, yaml: Any) -> None:
    site = make_site()
    home = make_home(
        yaml.file(
            [
                yaml.source("atom", "http://127.0.0.1:9/feed.xml", type="feed"),
                yaml.source("kaart", f"{site.base}/sitemap.xml", type="sitemap"),
            ]
        )
    )
    process = home.start(settings={"delay": 1.5}, source_ids=["atom", "kaart"])
    while not site.seen:
        time.sleep(0.05)
    stopped = time.monotonic()
    process.send_signal(signal.SIGTERM)
    summary = home.finish(process)
    assert time.monotonic() - stopped < 5
    assert summary["was_stopped"]
    assert home.run_of("kaart")["fault"] == "stopped before its end"
    catalogue = home.catalogue()
    assert {"kaart"} <= set(catalogue.due_source_ids())
    catalogue.close()


def test_only_named_sources_are_harvested_and_no_more_than_the_limit(make_site: Any, make_home: Any, yaml: Any) -> None:
    site = make_site()
    sources = [yaml.source(name, f"{site.base}/sitemap.xml", type="sitemap") for name in ("kaart", "teine")]
    home = make_home(yaml.file(sources, [yaml.card("k", f"{site.base}/artiklid/talgud/")]))
    summary = home.harvest(source_ids=["kaart"], limit=2)
    assert [run["source"] for run in summary["sources"]] == ["kaart"]
    assert summary["sources"][0]["counts"]["read"] == 2
    assert summary["sources"][0]["counts"]["left_out"] > 0
    rest = home.harvest(due_only=True, limit=1)
    assert {run["source"] for run in rest["sources"]} == {"curated", "teine"}
    none = home.harvest(due_only=True)
    assert (none["sources"], none["sentence"]) == ([], "No source is due.")


def test_a_list_that_went_away_is_found_out_anew_and_full_does_so_always(
    make_site: Any, make_home: Any, yaml: Any
) -> None:
    site = make_site("wordpress")
    home = make_home(yaml.file([yaml.source("leht", f"{site.base}/")]))

    def type_after(**options: Any) -> str | None:
        home.harvest(source_ids=["leht"], **options)
        catalogue = home.catalogue()
        found: str | None = catalogue.sources(["leht"])[0].type
        catalogue.close()
        return found

    assert type_after() == "sitemap"
    site.variant = "feed"
    assert type_after(full=True) == "feed"
    site.variant = "wordpress"
    assert type_after() is None
    assert home.run_of("leht")["fault"].endswith("404 not found")
    assert type_after() == "sitemap"


def test_a_second_harvest_in_one_process_says_what_to_do(great_harvest: Any) -> None:
    assert "start another one" in json.loads(great_harvest.home.lines[1])
