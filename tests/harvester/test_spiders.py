"""What each type of source brings, seen in one great harvest of the fixture site."""

from __future__ import annotations

from typing import Any

import pytest

from aardekast.catalogue import Catalogue
from aardekast.settings import Settings


def test_a_sitemap_brings_the_pages_of_its_children_gzip_or_not(great_harvest: Any) -> None:
    found = great_harvest.home.resources()
    assert {"/juhendid/kulavanem/", "/juhendid/kaasav-eelarve/", "/artiklid/kogukonnaaed/"} <= found.keys()


def test_a_child_of_a_sitemap_that_is_missing_is_counted(great_harvest: Any) -> None:
    assert great_harvest.home.reasons("kaart")["/sitemap-kadunud.xml"] == ("missing", "404 not found")


def test_addresses_on_other_hosts_are_not_of_the_sitemap(great_harvest: Any) -> None:
    assert not any(
        "example.com" in reason["url"] for run in great_harvest.home.last["sources"] for reason in run["reasons"]
    )


def test_robots_txt_is_obeyed(great_harvest: Any) -> None:
    assert great_harvest.home.reasons("kaart")["/salajane/markmed/"] == ("rejected", "robots.txt forbids it")
    assert "/salajane/markmed/" not in great_harvest.site.paths()


def test_it_names_itself_with_a_contact_address(great_harvest: Any) -> None:
    assert {seen.agent for seen in great_harvest.site.seen} == {Settings.load({}).user_agent}
    assert "+https://" in Settings.load({}).user_agent


def test_a_feed_brings_the_pages_of_its_entries(great_harvest: Any) -> None:
    found = great_harvest.home.resources()
    assert found["/artiklid/community-plan/"].language == "en"
    assert found["/artiklid/obshchina/"].language == "ru"


def test_a_page_without_a_date_has_that_of_its_entry_in_the_feed(great_harvest: Any) -> None:
    assert great_harvest.home.resources()["/artiklid/community-plan/"].published == "2019-06-05"


def test_the_day_an_entry_was_changed_is_not_the_day_it_was_published(great_harvest: Any) -> None:
    assert great_harvest.home.resources()["/artiklid/obshchina/"].published is None


def test_a_channel_brings_recordings_without_asking_for_their_pages(great_harvest: Any) -> None:
    recording = great_harvest.home.resources()["/watch?v=a1"]
    assert (recording.kind, recording.format, recording.minutes) == ("veebiettekanne", "video", 59)
    assert (recording.published, recording.language) == ("2024-02-29", "et")
    assert "vestlusringi" in recording.description
    assert not any(path.startswith("/watch") for path in great_harvest.site.paths())


def test_links_are_followed_below_the_path_and_from_the_base(great_harvest: Any) -> None:
    found = great_harvest.home.resources()
    assert {"/lingid/osavald/", "/lingid/sygavam/", "/lingid/meeste-koda/"} <= found.keys()
    assert great_harvest.home.run_of("lingid")["counts"]["missing"] == 0


def test_a_calendar_without_end_ends_at_max_pages(great_harvest: Any) -> None:
    counts = great_harvest.home.run_of("lingid")["counts"]
    assert counts["read"] == 12
    assert counts["left_out"] >= 1


@pytest.mark.parametrize(
    ("name", "variant", "type_", "path"),
    [
        pytest.param("leitud", None, "sitemap", "/sitemap.xml", id="robots.txt"),
        pytest.param("leitud-osa", None, "sitemap", "/sitemap.xml#/juhendid/", id="part-of-a-host"),
        pytest.param("leitud-wp", "wordpress", "sitemap", "/wp-sitemap.xml", id="wordpress"),
        pytest.param("leitud-voog", "feed", "feed", "/uudised/rss.xml", id="link-alternate"),
        pytest.param("leitud-lingid", "bare", "links", "/", id="links"),
    ],
)
def test_the_type_is_found_out_and_kept(
    great_harvest: Any, name: str, variant: str | None, type_: str, path: str
) -> None:
    site = great_harvest.others[variant] if variant else great_harvest.site
    catalogue = great_harvest.home.catalogue()
    source = catalogue.sources([name])[0]
    catalogue.close()
    assert (source.type, source.url) == (type_, site.base + path)
    assert great_harvest.home.run_of(name)["fault"] is None


def test_a_source_that_is_a_part_of_its_host_brings_that_part_only(great_harvest: Any) -> None:
    counts = great_harvest.home.run_of("leitud-osa")["counts"]
    # kriisiplaan in two spellings, kulavanem and kaasav-eelarve; no article, and the PDF is excluded.
    assert counts["read"] == 4


def test_what_is_not_what_its_type_says_is_a_fault_of_the_source(great_harvest: Any) -> None:
    assert great_harvest.home.run_of("vigane")["fault"].endswith("is not a sitemap")


def test_curated_resources_are_read_and_others_only_looked_at(great_harvest: Any) -> None:
    assert "/artiklid/talgud/" in great_harvest.site.paths("HEAD")
    assert great_harvest.home.run_of("curated")["counts"]["checked"] == 1


def test_misses_are_kept_with_curated_resources(great_harvest: Any) -> None:
    catalogue = great_harvest.home.catalogue()
    checked = {name: catalogue.resource(name).last_checked for name in ("kadunud", "ainult-kaart", "sisse")}
    catalogue.close()
    assert checked["kadunud"] is not None
    assert checked["ainult-kaart"] is not None
    assert checked["sisse"] is None  # refused by us: nobody knows how it is


def test_every_source_is_reported_as_it_is_finished(great_harvest: Any) -> None:
    last = great_harvest.home.last
    assert last["reported"] == [run["source"] for run in last["sources"]]
    assert len(last["reported"]) == 16


def test_the_catalogue_keeps_every_run(great_harvest: Any) -> None:
    catalogue: Catalogue = great_harvest.home.catalogue()
    summary = {source.id: source for source in catalogue.summary().sources}
    due = catalogue.due_source_ids()
    catalogue.close()
    assert summary["kaart"].counts["read"] == 7
    assert summary["vaikiv"].fault is not None
    assert {"vaikiv", "vigane"} <= set(due)  # they have not had their turn
    assert "kaart" not in due
