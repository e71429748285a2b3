"""What visitors sent and searched for, on the curators' terminal."""

import json
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aardekast.catalogue import Catalogue
from aardekast.letters import Letter, LetterKind
from aardekast.searches import Searched
from aardekast.searchfiles import SearchFiles


@pytest.fixture
def catalogue(folder: Path) -> Iterator[Catalogue]:
    opened = Catalogue.open(f"sqlite:///{folder / 'var' / 'catalogue.sqlite'}")
    yield opened
    opened.close()


def test_letters_wait_in_review_and_an_accepted_suggestion_can_be_added(
    aardekast, folder: Path, catalogue: Catalogue
) -> None:
    catalogue.receive(
        Letter(
            kind=LetterKind.SUGGESTION,
            url="https://kyla.ee/talgud",
            title="Talgud; rm -rf ~ 'ja' $(muud)",
            resource_kind="kogemuslugu",
            text="Hea lugu\nteistele.",
            email="mari@kyla.ee",
        )
    )
    catalogue.receive(Letter(kind=LetterKind.REPORT, resource_id="kaart", reason="katkine-link"))
    lines = aardekast("review").stdout.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [["L1", "suggestion"], ["L2", "report"]]
    assert "Hea lugu teistele.\tmari@kyla.ee" in lines[0]

    said = aardekast("review", "--accept", "L1").stdout
    command = shlex.split(said.splitlines()[-1].replace("AUDIENCE", "kogukond"))
    assert "Added to resources.yaml: Talgud; rm -rf ~ 'ja' $(muud)" in aardekast(*command[1:]).stdout
    assert "Rejected L2." in aardekast("review", "--reject", "L2").stdout
    assert "Nothing is waiting." in aardekast("review").stderr
    assert "No letter 'L2' is waiting" in aardekast("review", "--accept", "L2", code=2).stderr


def test_the_most_searched_and_what_was_searched_in_vain(aardekast, folder: Path) -> None:
    files = SearchFiles(folder / "var" / "searches")
    assert aardekast("searches").stdout == "0 searches in 30 days.\n"
    now = datetime.now(UTC)
    for query, hits in (("kriisiplaan", 3), ("kriisiplaan", 3), ("kratt", 0)):
        files.keep_searches([Searched(query=query, filters="", hits=hits, took_ms=9.5, at=now)])
    said = aardekast("searches").stdout
    assert "3 searches in 30 days." in said
    assert said.index("2  kriisiplaan, 3 hits") < said.index("Without hits") < said.rindex("1  kratt, 0 hits")
    found = json.loads(aardekast("searches", "--json", "--limit", "1").stdout)
    assert found["frequent"] == [{"query": "kriisiplaan", "searches": 2, "hits": 3}]
    assert found["without_hits"] == [{"query": "kratt", "searches": 1, "hits": 0}]
