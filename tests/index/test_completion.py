from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer import SuggestionKind
from index.arrays import open_arrays, write_arrays
from index.completion import Completer, Entry, build_completer, merge

ENTRIES = [
    Entry("Kuidas koostada küla arengukava", SuggestionKind.TITLE, "m1", 2),
    Entry("Arengukava ja planeerimine", SuggestionKind.TOPIC, "arengukava", 5),
    Entry("küla arengukava", SuggestionKind.PHRASE, "küla arengukava", 9),
    Entry("Arengukavade e-kaasamine Võrumaal", SuggestionKind.TITLE, "m2", 7),
    Entry("Kaasamine ja osalus", SuggestionKind.TOPIC, "kaasamine", 3),
    Entry("Õppematerjal «Žürii töö»", SuggestionKind.TITLE, "m3", 1),
]
COMPLETER = Completer(build_completer("et", ENTRIES), "et")


def values(typed: str) -> list[str]:
    return [entry.value for entry in COMPLETER.complete(typed)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        pytest.param("arengu", ["arengukava", "küla arengukava", "m2", "m1"], id="topic-phrase-titles-by-weight"),
        pytest.param("ARENGUKAVA KÜ", ["küla arengukava", "m1"], id="any-order"),
        pytest.param("kula areng", ["küla arengukava", "m1"], id="without-diacritics"),
        pytest.param("oppem", ["m3"], id="first-letter"),
        pytest.param("zurii to", ["m3"], id="after-quotes"),
        pytest.param("kaasam", ["kaasamine", "m2"], id="after-hyphen"),
        pytest.param("e-kaas", ["m2"], id="with-hyphen"),
        pytest.param("kül arengukava", [], id="only-the-last-is-a-beginning"),
        pytest.param("engukava", [], id="not-inside-a-word"),
        pytest.param("arengukava puudub", [], id="all-words"),
        pytest.param("", [], id="nothing"),
        pytest.param("?! –", [], id="no-word"),
    ],
)
def test_what_is_typed_is_completed(typed: str, offered: list[str]) -> None:
    assert values(typed) == offered


def test_only_what_is_shown_is_offered() -> None:
    assert [e.value for e in COMPLETER.complete("arengu", 2, lambda place: place in {0, 3, 2})] == [
        "küla arengukava",
        "m2",
    ]


def test_no_more_is_offered_than_asked_for() -> None:
    assert len(COMPLETER.complete("k", 2)) == 2


def test_answers_of_segments_are_merged_by_rank_each_value_once() -> None:
    other = Completer(
        build_completer("et", [ENTRIES[1], Entry("Arengukava koolis", SuggestionKind.TITLE, "m9", 5)]), "et"
    )
    merged = merge([COMPLETER.complete("arengu"), other.complete("arengu")], "arengu", limit=4)
    assert [entry.value for entry in merged] == ["arengukava", "küla arengukava", "m2", "m9"]


def test_completions_come_from_a_file(tmp_path: Path) -> None:
    write_arrays(tmp_path / "complete", build_completer("et", ENTRIES))
    completer = Completer(open_arrays(tmp_path / "complete"), "et")
    assert completer.complete("arengu") == COMPLETER.complete("arengu")
    assert completer.complete("arengu")[0] == ENTRIES[1]


def test_an_empty_index_completes_nothing() -> None:
    assert Completer(build_completer("et", []), "et").complete("k") == []


@given(st.text(max_size=300))
def test_nothing_typed_raises(typed: str) -> None:
    COMPLETER.complete(typed)
