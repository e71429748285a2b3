"""Recordings, as yt-dlp's generic extractor finds them on pages of the fixture site."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def site(make_site: Any, load_site: Any) -> Any:
    made = make_site("bare")
    made.parts.append(load_site("recordings").answer)
    return made


@pytest.fixture(scope="module")
def harvested(site: Any, make_home: Any, yaml: Any) -> Any:
    def video(name: str, path: str, **fields: Any) -> str:
        return str(yaml.source(name, f"{site.base}{path}", **{"type": "video", **fields}))

    home = make_home(
        yaml.file(
            [
                video("naabrid", "/videod/naabrid"),
                video("inglise", "/videod/naabrid?keel=en", language="en"),
                video("arutelu", "/videod/arutelu"),
                video("vaikne", "/videod/vaikne"),
                video("peidus", "/videod/peidus"),
                video("loenduseta", "/videod/loenduseta"),
                video("kadunud-titrid", "/videod/kadunud-titrid"),
                video("sise", "/videod/sise"),
                video("suund", "/videod/suund"),
                video("kaks", "/videod/kaks"),
                video("tekst", "/videod/tekst"),
                video("keelatud", "/keelatud/film"),
                video("kadunud", "/videod/kadunud"),
                video("sisevork", "/").replace(site.base, "http://10.0.0.1"),
                video("kanal", "/videod/kanal.rss", max_pages=2),
                video("loend", "/videod/loend.rss", max_pages=2),
                yaml.source("leitud", f"{site.base}/videod/arutelu?leitud"),
            ]
        )
    )
    home.harvest()
    return home


def test_captions_in_the_source_s_language_become_timed_passages(harvested: Any) -> None:
    found = harvested.resources()["/videod/naabrid"]
    assert (found.title, found.kind, found.format) == ("Naabrid ühe laua taga", "veebiettekanne", "video")
    assert found.text.startswith("Tere tulemast kogukonnatöö veebiseminarile!")
    assert [(passage.start, passage.fragment) for passage in found.passages] == [
        (0, "#t=0"),
        (95, "#t=95"),
        (3725, "#t=3725"),
    ]
    assert all(found.text[passage.offset :].startswith(("Tere", "Kõige", "Lõpe")) for passage in found.passages)
    assert found.language == "et"


def test_captions_in_another_language_are_taken_where_the_source_speaks_it(harvested: Any) -> None:
    assert harvested.resources()["/videod/naabrid?keel=en"].text == "Welcome to the webinar on community work."


def test_a_recording_has_date_length_author_and_chapters_as_its_page_describes_it(harvested: Any) -> None:
    found = harvested.resources()["/videod/arutelu"]
    assert (found.title, found.published, found.minutes) == ("Kuidas juhtida arutelu", "2023-05-17", 59)
    assert found.description == "Kolm võtet, kuidas vestlusringi hoida."
    assert [(p.start, p.heading) for p in found.passages] == [(0, "Sissejuhatus"), (90, "Küsimused")]


def test_where_there_are_no_captions_there_is_the_description(harvested: Any) -> None:
    found = harvested.resources()["/videod/vaikne"]
    assert (found.text, found.passages) == ("", ())
    assert found.description == "Veebiseminar naabritega koos tegutsemisest."


def test_the_day_a_file_was_changed_is_not_the_day_it_was_published(harvested: Any) -> None:
    assert harvested.resources()["/videod/vaikne"].published is None


def test_the_recording_itself_is_never_fetched(harvested: Any, site: Any) -> None:
    assert "/videod/film.mp4" not in site.paths()


def test_what_asks_not_to_be_listed_is_not(harvested: Any) -> None:
    assert harvested.reasons("peidus") == {"/videod/peidus": ("rejected", "noindex: the page asks not to be listed")}


def test_captions_that_robots_txt_forbids_are_not_asked_for_and_the_report_says_so(harvested: Any, site: Any) -> None:
    assert harvested.reasons("loenduseta") == {"/videod/loenduseta": ("rejected", "captions: robots.txt forbids it")}
    assert "/videod/loenduseta" in harvested.resources()
    assert not [path for path in site.paths() if path.startswith("/keelatud/")]


def test_captions_that_cannot_be_had_cost_only_themselves(harvested: Any) -> None:
    assert harvested.reasons("kadunud-titrid") == {"/videod/kadunud-titrid": ("rejected", "captions: cannot be had")}
    assert "/videod/kadunud-titrid" in harvested.resources()


@pytest.mark.parametrize("name", ["sise", "suund"])
def test_what_yt_dlp_asks_is_refused_in_private_networks_at_every_hop(harvested: Any, name: str) -> None:
    outcome, reason = harvested.reasons(name)[f"/videod/{name}"]
    assert (outcome, reason.partition(";")[0]) == ("rejected", "captions: is in a private network")


def test_a_source_of_recordings_in_a_private_network_is_refused(harvested: Any) -> None:
    assert "is in a private network" in harvested.run_of("sisevork")["fault"]


def test_two_players_on_a_page_are_one_resource(harvested: Any) -> None:
    found = harvested.resources()["/videod/kaks"]
    assert found.title == "Kaks filmi"
    assert found.text.startswith("Tere tulemast")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("tekst", "no recording is found on the page"),
        ("keelatud", "robots.txt forbids it"),
        ("kadunud", "404 not found"),
    ],
)
def test_an_address_without_a_recording_is_a_fault_of_the_source_that_says_why(
    harvested: Any, name: str, reason: str
) -> None:
    assert harvested.run_of(name)["fault"].endswith(reason)


@pytest.mark.parametrize("name", ["loend", "kanal"])
def test_a_list_and_a_list_of_lists_bring_their_recordings_up_to_the_limit(harvested: Any, name: str) -> None:
    counts = harvested.run_of(name)["counts"]
    assert (counts["read"], counts["left_out"]) == (2, 1)


def test_a_page_that_calls_itself_a_recording_is_found_out_to_be_one(harvested: Any) -> None:
    catalogue = harvested.catalogue()
    assert catalogue.sources(["leitud"])[0].type == "video"
    catalogue.close()


def test_it_is_asked_under_our_name_and_by_us(harvested: Any, site: Any) -> None:
    assert {seen.agent.partition("/")[0] for seen in site.seen} == {"Aardekast"}


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks for processes where Linux names them")
def test_a_harvest_that_is_stopped_in_a_recording_leaves_no_process(make_site: Any, make_home: Any, yaml: Any) -> None:
    site = make_site("bare")
    home = make_home(yaml.file([yaml.source("aeglane", f"{site.base}/loksud/aeglane", type="video")]))
    process = home.start(settings={"timeout": 60})
    while "/loksud/aeglane" not in site.paths():
        assert process.poll() is None
        time.sleep(0.05)
    [worker] = [child for child in children(process.pid) if b"recordings.worker" in command(child)]
    process.send_signal(signal.SIGTERM)
    assert home.finish(process)["was_stopped"]
    assert b"recordings.worker" not in command(worker)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()] + [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        if task.name != str(pid)
        for child in (task / "children").read_text("ascii").split()
    ]


def command(pid: int) -> bytes:
    path = Path(f"/proc/{pid}/cmdline")
    return path.read_bytes() if path.exists() else b""
