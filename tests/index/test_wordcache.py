"""The analyses that are kept on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.schema import LEMMA, PART
from index.wordcache import WordCache

WORDS = ("omavalitsus", "küla", "2024")
LEMMAS = ["omavalitsus", "küla", "2024"]
PARTS = ["oma", "omama", "valitsus"]


def analysed(path: Path) -> dict[str, list[str]]:
    """The terms of all WORDS, one word after the other."""
    with WordCache(path) as cache:
        return {name: [found.terms[n] for n in found.numbers.tolist()] for name, found in cache(WORDS).items()}


def test_words_are_analysed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert analysed(tmp_path / "words") == {LEMMA: LEMMAS, PART: PARTS}
    monkeypatch.delattr("index.wordcache.analyse")
    assert analysed(tmp_path / "words") == {LEMMA: LEMMAS, PART: PARTS}


@pytest.mark.parametrize("kept", [0, 4, 100, -64], ids=["empty", "no-head", "no-table", "no-end"])
def test_a_file_cut_short_is_made_anew(kept: int, tmp_path: Path) -> None:
    path = tmp_path / "words"
    analysed(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:kept])
    assert analysed(path) == {LEMMA: LEMMAS, PART: PARTS}
    assert path.read_bytes() == whole
