"""Where words begin: the same as the words themselves say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.language.text import raw_words
from index.places import word_starts

SIGNS = st.sampled_from("aõä1_ .-‐’'\n\u0308\u00ad\u200b\ud800𐍈Ω½²·")


@given(st.text(SIGNS, max_size=30) | st.text(max_size=30))
def test_words_begin_where_they_are_found(text: str) -> None:
    assert word_starts(text).tolist() == [start for _, start, _ in raw_words(text)]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("KOV-ide e‑kaasamine, 'küla' -vald-", [0, 8, 22, 29], id="hyphens"),
        pytest.param("a--b a-’b", [0, 3, 5, 8], id="two-signs-part"),
        pytest.param("ku\u0308la va\u00adld", [0, 6], id="marks-and-soft-hyphens"),
    ],
)
def test_hyphens_and_marks_belong_to_words(text: str, starts: list[int]) -> None:
    assert word_starts(text).tolist() == starts
