"""The words of an index by their spelling without diacritics: kula -> küla, and uhis* -> ühisraha, ühistu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aardekast.language.folding import fold
from index.packed_texts import Arrays, PackedTexts, pack


def build(words: Sequence[str]) -> Arrays:
    """Of the words of a segment: `folded_text` (uint8) and `folded_ends` (uint32), their folded spellings packed in
    order, and `folded_words` (uint32), the place of each in `words`.
    """
    folded = [fold(word) for word in words]
    order = sorted(range(len(folded)), key=folded.__getitem__)
    text, ends = pack(folded[number] for number in order)
    return {"folded_text": text, "folded_ends": ends, "folded_words": np.array(order, np.uint32)}


class FoldedWords:
    """Reads the arrays of `build`. Immutable: threads share one."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._folded = PackedTexts(arrays["folded_text"], arrays["folded_ends"])
        self._words = arrays["folded_words"]

    def spelt(self, typed: str) -> NDArray[np.uint32]:
        """The numbers of all words that are typed so without diacritics, the word itself with them."""
        wanted = fold(typed)
        first = self._folded.with_prefix(wanted).start
        end = self._folded.with_prefix(wanted + "\0").start
        return self._words[first:end]

    def starting_with(self, prefix: str, limit: int) -> list[int]:
        """The numbers of at most `limit` words that start so without diacritics, in the order of their spelling."""
        return [int(self._words[at]) for at in islice(self._folded.with_prefix(fold(prefix)), limit)]
