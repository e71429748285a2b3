"""What becomes of a page: one resource of many addresses, its fields, passages, language, and who sees it."""

from __future__ import annotations

from typing import Any

import pytest


def test_many_addresses_become_one_resource(great_harvest: Any) -> None:
    """As typed by the curator, redirected twice, with a parameter, and canonical."""
    found = great_harvest.home.resources()
    assert [path for path in found if "kriisiplaan" in path] == ["/vana/kriisiplaan"]
    resource = found["/vana/kriisiplaan"]
    assert resource.id == "kriis"
    assert resource.title == "Kogukonna kriisiplaan"  # the curator's title was unconfirmed


def test_the_head_gives_author_date_and_description(great_harvest: Any) -> None:
    resource = great_harvest.home.resources()["/vana/kriisiplaan"]
    assert resource.authors == ("Mari Tamm",)
    assert resource.published == "2023-03-14"


def test_headings_with_an_id_become_passages(great_harvest: Any) -> None:
    resource = great_harvest.home.resources()["/vana/kriisiplaan"]
    passages = {passage.heading: passage for passage in resource.passages}
    assert passages["Kerksuskeskus külamajas"].fragment == "#kerksuskeskus"
    assert resource.text[passages["Kerksuskeskus külamajas"].offset :].startswith("Kerksuskeskus külamajas\nKülamaja")
    assert "Kontaktid" not in passages


def test_menus_and_footers_are_not_text(great_harvest: Any) -> None:
    text = great_harvest.home.resources()["/vana/kriisiplaan"].text
    assert "Avaleht" not in text
    assert "Viimati muudetud" not in text


def test_the_name_of_the_site_is_cut_from_titles(great_harvest: Any) -> None:
    assert great_harvest.home.resources()["/juhendid/kulavanem/"].title == "Külavanema esimene aasta"


def test_pages_of_a_pdf_become_passages(great_harvest: Any) -> None:
    resource = great_harvest.home.resources()["/juhendid/arengukava.pdf"]
    assert (resource.format, resource.pages, resource.language) == ("pdf", 3, "et")
    assert resource.title == "Küla arengukava koostamise juhend"
    assert [(passage.page, passage.fragment) for passage in resource.passages] == [
        (1, "#page=1"),
        (2, "#page=2"),
        (3, "#page=3"),
    ]
    assert resource.text[resource.passages[1].offset :].startswith("Visioon ja eesmärgid")
    assert "sõnaõigus ja aega" in resource.text  # broken at the end of a line


def test_nosnippet_is_heeded(great_harvest: Any) -> None:
    found = great_harvest.home.resources()
    assert not found["/juhendid/kaasav-eelarve/"].may_show_snippet
    assert found["/juhendid/kulavanem/"].may_show_snippet


@pytest.mark.parametrize(
    "path",
    [
        "/marke/windows-1257",
        "/marke/iso-8859-13",
        "/marke/sildita",
        "/marke/sildita-1257",
        "/marke/vale-latin1",
        "/marke/vale-utf8",
        "/marke/vale-1257",
    ],
)
def test_every_charset_gives_the_right_letters(great_harvest: Any, site_server: Any, path: str) -> None:
    resource = great_harvest.home.resources()[path]
    assert resource.title == "Žürii õhtu Põltsamaal"
    assert site_server.BALTIC in resource.text
    assert resource.language == "et"


def test_suggestions_are_kept_where_the_vocabulary_has_them(great_harvest: Any) -> None:
    found = great_harvest.home.resources()
    assert found["/artiklid/obshchina/"].topics == ()
    suggested = {path: resource.topics for path, resource in found.items() if resource.topics}
    assert set(suggested.values()) <= {("kriisivalmidus",)}


def test_what_an_untrusted_source_brings_waits_for_a_curator(make_site: Any, make_home: Any, yaml: Any) -> None:
    site = make_site()
    entry = yaml.source("uudised", f"{site.base}/uudised/rss.xml", type="feed", trusted=False)
    home = make_home(yaml.file([entry]))
    home.harvest(source_ids=["uudised"])
    catalogue = home.catalogue()
    waiting = [waits.title for waits in catalogue.waiting()]
    catalogue.close()
    assert home.resources() == {}
    assert sorted(waiting) == ["Kogukonnaaed korrusmajade vahel", "Talgud, mis tõid küla kokku"]


def test_what_a_trusted_source_finds_too_waits_no_longer(great_harvest: Any) -> None:
    catalogue = great_harvest.home.catalogue()
    waiting = [waits.url for waits in catalogue.waiting()]
    catalogue.close()
    assert not any("kogukonnaaed" in url for url in waiting)


def test_what_was_withdrawn_never_comes_back(great_harvest: Any) -> None:
    home = great_harvest.home
    assert home.reasons("kaart")["/juhendid/tagasi-voetud/"] == ("rejected", "withdrawn by the curators")
    assert "/juhendid/tagasi-voetud/" not in great_harvest.site.paths()
    assert "/juhendid/tagasi-voetud/" not in home.resources()


def test_a_second_harvest_changes_only_what_was_changed(make_site: Any, make_home: Any, yaml: Any) -> None:
    site = make_site()
    home = make_home(yaml.file([yaml.source("kaart", f"{site.base}/sitemap.xml", type="sitemap")]))
    first = home.harvest(source_ids=["kaart"])["sources"][0]["counts"]
    assert (first["added"], first["changed"]) == (7, 0)
    catalogue = home.catalogue()
    before = catalogue.revision
    catalogue.close()
    again = home.harvest(source_ids=["kaart"])["sources"][0]["counts"]
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 8)
    catalogue = home.catalogue()
    assert catalogue.revision == before
    catalogue.close()
