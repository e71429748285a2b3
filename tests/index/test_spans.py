"""Words found and told apart by numpy: the same as the words themselves say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.language.text import raw_words
from index.hash_table import HashTable
from index.spans import spans

SIGNS = st.sampled_from("aõä1_ .-‐’'\n\u0308\u00ad\u200b\ud800𐍈Ω½²·")


def bounds(text: str) -> list[tuple[int, int]]:
    words = spans(text)
    return list(zip(words.starts.tolist(), words.ends.tolist(), strict=True))


@given(st.text(SIGNS, max_size=30) | st.text(max_size=30))
def test_words_stand_where_they_are_found(text: str) -> None:
    assert bounds(text) == [(start, end) for _, start, end in raw_words(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("KOV-ide e‑kaasamine, 'küla' -vald-", [(0, 7), (8, 19), (22, 26), (29, 33)], id="hyphens"),
        pytest.param("a--b a-’b", [(0, 1), (3, 4), (5, 6), (8, 9)], id="two-signs-part"),
        pytest.param("ku\u0308la va\u00adld", [(0, 5), (6, 11)], id="marks-and-soft-hyphens"),
        pytest.param("x" * 300_000 + " küla", [(0, 300_000), (300_001, 300_005)], id="longer-than-any-word"),
    ],
)
def test_hyphens_and_marks_belong_to_words(text: str, found: list[tuple[int, int]]) -> None:
    assert bounds(text) == found


@given(st.lists(st.text("aAbõü1", min_size=1, max_size=6).map(lambda word: f"x{word}x"), max_size=40))
def test_equal_words_have_equal_hashes_wherever_they_stand_and_others_have_others(words: list[str]) -> None:
    found = spans(" ".join(words))
    by_word = dict(zip(words, found.hashes.tolist(), strict=True))
    assert [by_word[word] for word in words] == found.hashes.tolist()
    assert len(set(by_word.values())) == len(set(words))


def test_a_word_of_a_long_text_has_the_hash_that_it_has_in_a_short_one() -> None:
    assert spans("ja " * 200_000 + "külavanem").hashes[-1] == spans("külavanem").hashes[0]


def test_no_two_of_a_hundred_thousand_words_share_a_hash() -> None:
    words = [f"{first}{second}{third}" for first in "aeiouõäöü" for second in range(110) for third in range(110)]
    found = spans(" ".join(words))
    assert len(np.unique(found.hashes)) == len(set(words)) > 100_000


@given(st.lists(st.lists(st.integers(0, 300), max_size=40), max_size=8))
def test_a_table_gives_each_hash_the_number_it_was_given_first(texts: list[list[int]]) -> None:
    table, numbers = HashTable(), dict[int, int]()
    for text in texts:
        hashes = np.array(text, dtype=np.uint64)
        found = table.numbers(hashes, lambda new, text=text: [numbers.setdefault(text[i], len(numbers)) for i in new])
        assert found.tolist() == [numbers[number] for number in text]


def test_a_table_grows_and_asks_for_no_hash_twice() -> None:
    table, hashes = HashTable(), np.arange(1, 200_001, dtype=np.uint64)
    for start in range(0, len(hashes), 50_000):
        some = hashes[start : start + 50_000]
        table.numbers(some, lambda new, start=start: (new + start).tolist())
    assert table.numbers(hashes, lambda new: pytest.fail(f"{len(new)} are asked for again")).tolist() == list(
        range(200_000)
    )
