import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.language.folding import fold
from aardekast.language.text import words
from benchmarks.spelling import typos
from index.arrays import open_arrays, write_arrays
from index.near_words import NearWords, build_near_words, near_in_all
from index.spelling import Speller

CARDS = Path(__file__).parents[1] / "relevance" / "corpus.jsonl"


def near_words(counts: dict[str, int]) -> NearWords:
    spelt = sorted(counts)
    return NearWords(build_near_words("words", spelt, np.array([counts[word] for word in spelt], np.int64)), "words")


def speller(*segments: dict[str, int]) -> Speller:
    return Speller([near_words(counts) for counts in segments])


@pytest.fixture(scope="module")
def card_words() -> Counter[str]:
    counts: Counter[str] = Counter()
    with CARDS.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            counts.update(word.text.lower() for word in words(f"{row['title']} {row['text']}"))
    return counts


@pytest.fixture(scope="module")
def of_cards(card_words: Counter[str]) -> Speller:
    return speller(card_words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("kogukonan", "kogukonna", id="swapped"),
        pytest.param("omavalitus", "omavalitsus", id="left-out"),
        pytest.param("vabatahltikud", "vabatahtlikud", id="swapped-inside"),
        pytest.param("kriisiplaann", "kriisiplaan", id="doubled"),
        pytest.param("kaasamime", "kaasamine", id="replaced"),
        pytest.param("kula", "küla", id="unmarked"),
        pytest.param("uhistegevus", "ühistegevus", id="unmarked-compound"),
    ],
)
def test_the_word_that_was_meant_comes_first(
    typed: str, meant: str, of_cards: Speller, card_words: Counter[str]
) -> None:
    assert typed not in card_words
    assert of_cards.nearest(typed)[0].word == meant


def test_for_95_slips_in_100_the_right_word_comes_first(of_cards: Speller, card_words: Counter[str]) -> None:
    made = typos(card_words, 400)
    right = [of_cards.nearest(typo.typed, 1)[0].word == typo.word for typo in made]
    assert sum(right) / len(right) >= 0.95  # .988 of 2,000 was measured


def test_a_word_is_not_suggested_for_itself(of_cards: Speller) -> None:
    assert "kogukond" not in [suggestion.word for suggestion in of_cards.nearest("kogukond")]


def distance(first: str, second: str) -> int:
    """Optimal string alignment, cell by cell, in quarters of a letter."""
    cells = [[4 * (row + column) for column in range(len(second) + 1)] for row in range(len(first) + 1)]
    bases, others = [fold(letter) for letter in first], [fold(letter) for letter in second]
    for row in range(1, len(first) + 1):
        for column in range(1, len(second) + 1):
            is_base = bases[row - 1] == others[column - 1]
            step = 0 if first[row - 1] == second[column - 1] else 1 if is_base else 4
            best = [cells[row - 1][column - 1] + step, cells[row - 1][column] + 4, cells[row][column - 1] + 4]
            if bases[max(0, row - 2) : row] == others[max(0, column - 2) : column][::-1] and min(row, column) > 1:
                best.append(cells[row - 2][column - 2] + 4)
            cells[row][column] = min(best)
    return cells[-1][-1]


@pytest.mark.parametrize("typed", ["kogukonand", "külade", "toetsu", "oppematerjlid", "ed", "vald", "kaasav-eelarve"])
@pytest.mark.parametrize("most", [1, 2])
def test_no_near_word_is_missed_and_none_is_farther_than_said(typed: str, most: int, card_words: Counter[str]) -> None:
    segment = near_words(card_words)
    numbers, distances = near_in_all([segment], typed, most)[0]
    found = {segment.word(int(number)): int(quarters) for number, quarters in zip(numbers, distances, strict=True)}
    spelt = [word for word in card_words if word.replace("-", "").isalpha() and len(word) > 1]
    wanted = {
        word: d for word in spelt if abs(len(word) - len(typed)) <= most and (d := distance(typed, word)) <= 4 * most
    }
    assert found == wanted


@given(st.text(alphabet="aeiklõöü", min_size=2, max_size=9), st.text(alphabet="aeiklõöü", min_size=2, max_size=9))
def test_a_distance_is_the_one_of_the_definition(typed: str, word: str) -> None:
    numbers, distances = near_in_all([near_words({word: 1})], typed, 2)[0]
    exact = distance(typed, word)
    assert list(distances) == ([exact] if exact <= 8 else [])
    assert len(numbers) == len(distances)


def test_counts_of_all_segments_are_added_up() -> None:
    both = speller({"küla": 3, "kala": 4}, {"küla": 2, "kulu": 1})
    assert both.count("küla") == 5
    assert [(found.word, found.count) for found in both.nearest("kula", 2)] == [("küla", 5), ("kala", 4)]


def test_a_missing_mark_is_less_than_a_letter() -> None:
    found = speller({"põld": 1, "pold": 0, "kold": 100}).nearest("pold", 2)
    assert [(suggestion.word, suggestion.distance) for suggestion in found] == [("põld", 0.25), ("kold", 1.0)]


INDEX = {
    "kohalik": 90,
    "omavalitsus": 120,
    "kriisi": 30,
    "plaan": 40,
    "kriisiplaan": 25,
    "kogukond": 200,
    "küla": 300,
    "ja": 900,
    "sade": 5,
    "säde": 400,
    "kogkuond": 1,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("kogukondd", "kogukond", id="slip"),
        pytest.param("kohalikomavalitsus", "kohalik omavalitsus", id="run-together"),
        pytest.param("kriisi plaan", "kriisiplaan", id="apart"),
        pytest.param("kriisi plan", "kriisiplaan", id="apart-and-slip"),
        pytest.param("kogkuond", "kogukond", id="misspelt-in-one-text-too"),
        pytest.param("kogukond küla", None, id="right"),
        pytest.param("sade", None, id="a-word-of-its-own"),
        pytest.param("xyzzyqq", None, id="near-nothing"),
        pytest.param("2024 vld", None, id="number-and-too-short"),
    ],
)
def test_a_query_is_corrected_where_the_index_is_clear(typed: str, meant: str | None) -> None:
    corrected = speller(INDEX).corrected(typed.split(), INDEX.__contains__)
    assert corrected == (tuple(meant.split()) if meant else None)


def test_words_that_are_mostly_written_together_are_joined() -> None:
    assert speller(INDEX).joined("kriisi", "plaan") == "kriisiplaan"
    assert speller(INDEX).joined("kohalik", "omavalitsus") is None
    assert speller({"välja": 900, "antud": 800, "väljaantud": 2}).joined("välja", "antud") is None


def test_words_are_suggested_from_a_file(tmp_path: Path, card_words: Counter[str]) -> None:
    spelt = sorted(card_words)
    counts = np.array([card_words[word] for word in spelt])
    write_arrays(tmp_path / "words", build_near_words("et.near", spelt, counts))
    from_file = Speller([NearWords(open_arrays(tmp_path / "words"), "et.near")])
    assert from_file.nearest("omavalitus")[0].word == "omavalitsus"
    assert from_file.count("omavalitsus") == card_words["omavalitsus"]


def test_an_empty_index_suggests_nothing() -> None:
    assert speller({}).nearest("küla") == []
    assert speller().corrected(["küla"], lambda _: False) is None


@given(st.text(max_size=70))
def test_nothing_typed_raises(typed: str) -> None:
    asked = speller(INDEX)
    asked.nearest(typed)
    asked.split(typed)
    asked.corrected(typed.split(), lambda _: False)
