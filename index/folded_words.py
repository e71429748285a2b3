"""The words of an index by how they begin without diacritics: uhis* -> ühisraha, ühistu."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aardekast.language.folding import fold
from index.arrays import Arrays
from index.terms import TermList, pack_texts


def build_folded_words(name: str, words: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The arrays of FoldedWords over these words.

    `.bytes` and `.ends`: the spellings without diacritics, a TermList; `.words` (uint32): where in `words` each was.
    """
    folded = list(map(fold, words))
    order = sorted(range(len(folded)), key=folded.__getitem__)
    return {**pack_texts(name, [folded[number] for number in order]), f"{name}.words": np.array(order, np.uint32)}


class FoldedWords:
    """The words of a segment by how they are typed without diacritics. Immutable: threads share one."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._folded = TermList(arrays, name)
        self._words = arrays[f"{name}.words"]

    def starting_with(self, prefix: str, limit: int) -> list[int]:
        """The numbers of at most `limit` words that start so without diacritics, in the order of their spelling."""
        return [int(self._words[at]) for at in islice(self._folded.starting_with(fold(prefix)), limit)]
