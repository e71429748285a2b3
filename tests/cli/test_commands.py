"""The commands that others rely on: options, output, exit codes."""

import json
from pathlib import Path

from aardekast.catalogue import Catalogue
from aardekast.resource import Harvested, Source


def test_check_says_what_was_read(aardekast) -> None:
    assert "1 sources, 2 resources, 0 withdrawn" in aardekast("check").stdout


def test_check_names_file_line_and_remedy_and_exits_2(aardekast, folder: Path) -> None:
    path = folder / "resources.yaml"
    path.write_text(path.read_text("utf-8").replace("kriisivalmidus", "kriisivalmidu"), "utf-8")
    done = aardekast("check", code=2)
    assert done.stderr == (
        "resources.yaml:9: topic 'kriisivalmidu' is not in vocabulary.yaml; did you mean 'kriisivalmidus'?\n"
    )


def test_the_built_in_files_are_used_where_the_folder_has_none(aardekast, folder: Path) -> None:
    (folder / "resources.yaml").unlink()
    assert "44 sources, 255 resources" in aardekast("check").stdout


def test_index_then_search_then_status(aardekast) -> None:
    assert "Index 000001: 2 documents (2 added, 0 changed, 0 removed)" in aardekast("index").stdout
    assert "is up to date" in aardekast("index").stdout
    assert "(2 added" in aardekast("index", "--rebuild").stdout
    done = aardekast("search", "kriisiplaanidest")
    assert "Küla kriisiplaani koostamine" in done.stdout
    assert "1 hits, 1 with all words" in done.stdout
    status = json.loads(aardekast("status", "--json").stdout)
    assert (status["index"]["documents"], status["visible"], status["by_kind"]["artikkel"]) == (2, 2, 1)
    assert "2 resources visible" in aardekast("status").stdout


def test_search_answers_as_the_api_does(aardekast) -> None:
    aardekast("index")
    answer = json.loads(aardekast("search", "külade kriisiplaanid", "--json", "--audience", "kogukond").stdout)
    assert (answer["query"], answer["total"], answer["pages"]) == ("külade kriisiplaanid", 1, 1)
    assert answer["hits"][0]["url"] == "https://kysk.ee/kriisiplaan"
    assert answer["facets"]["audience"][0] == {"value": "kogukond", "label": "Kogukond", "count": 1, "chosen": True}
    other = json.loads(aardekast("search", "kriisiplaan", "--json", "--audience", "kov").stdout)
    assert other["total"] == 0


def test_search_before_the_first_index_says_what_to_do(aardekast) -> None:
    done = aardekast("search", "küla", code=2)
    assert "Run 'aardekast index' first." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_faulty_file_changes_nothing_and_the_last_good_state_stays(aardekast, folder: Path) -> None:
    aardekast("index")
    path = folder / "resources.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Kaasav", "titel: Kaasav"), "utf-8")
    done = aardekast("index", code=2)
    assert "resources.yaml:11: key 'titel' is not known; did you mean 'title'?" in done.stderr
    assert "the last good state stays" in done.stderr
    assert "2 documents" in done.stdout
    assert "Kaasav eelarve vallas" in aardekast("search", "eelarved").stdout


def test_a_faulty_file_at_the_very_start_is_only_reported(aardekast, folder: Path) -> None:
    (folder / "resources.yaml").write_text("sources: [a\n", "utf-8")
    assert "resources.yaml:1" in aardekast("index", code=2).stderr


def test_a_bad_setting_is_named(aardekast) -> None:
    assert "AARDEKAST_DELAY='soon'" in aardekast("index", code=2, AARDEKAST_DELAY="soon").stderr


def test_a_port_that_is_taken_is_named(aardekast) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for command in ("serve", "run"):
            assert f"Cannot listen on 127.0.0.1:{port}" in aardekast(command, "--port", port, code=2).stderr


def test_add_appends_a_checked_entry(aardekast, folder: Path) -> None:
    entry = ["--title", "Talgud", "--kind", "kogemuslugu", "--audience", "kogukond", "--topic", "vabatahtlikud"]
    done = aardekast("add", "https://kysk.ee/talgud?utm_source=kiri", *entry)
    assert "Added to resources.yaml: Talgud" in done.stdout
    assert "url: https://kysk.ee/talgud\n" in (folder / "resources.yaml").read_text("utf-8")
    aardekast("index")
    assert "Talgud" in aardekast("search", "talgute").stdout
    assert "stands twice" in aardekast("add", "https://kysk.ee/talgud", *entry, code=2).stderr
    assert "does not start with http" in aardekast("add", "kysk.ee/x", *entry, code=2).stderr


def test_review_lists_accepts_and_rejects(aardekast, folder: Path) -> None:
    aardekast("index")
    catalogue = Catalogue.open(f"sqlite:///{folder / 'var' / 'catalogue.sqlite'}")
    for name in ("hea", "halb", "kolmas"):
        url = f"https://voor.ee/{name}"
        page = Harvested(source="voor", requested=url, url=url, title=f"Lugu {name}", text="Sisu", language="et")
        catalogue.keep(page, Source(id="voor", url="https://voor.ee/"))
    catalogue.close()
    listed = [line.split("\t") for line in aardekast("review").stdout.splitlines()]
    assert [line[2] for line in listed] == ["Lugu hea", "Lugu halb", "Lugu kolmas"]
    aardekast("review", "--reject", listed[1][0])
    aardekast("review", "--accept", listed[0][0], listed[2][0])
    assert "Nothing is waiting." in aardekast("review").stderr
    assert "(2 added, 0 changed, 0 removed)" in aardekast("index").stdout
    assert "no resource 'tundmatu'" in aardekast("review", "--accept", "tundmatu", code=2).stderr


def test_markup_in_titles_is_shown_as_it_is(aardekast, folder: Path) -> None:
    path = folder / "resources.yaml"
    title = "Tere [/b] maailm [red]"
    path.write_text(path.read_text("utf-8").replace("Kaasav eelarve vallas", f"'{title}'"), "utf-8")
    aardekast("index")
    assert title in aardekast("search", "maailm").stdout
