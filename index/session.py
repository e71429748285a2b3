"""The words that one session of the writer has met, numbered as they come."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from aardekast.language.text import spelling
from index.inversion import pack_run

# Between the title, the card and the text of a document, in positions: more than any window that words are looked
# for in, so that their words are never neighbours.
BREAK = 100


class WordNumbers(dict[str, int]):
    """Numbers of the words of one language, by the way they are written; those of one spelling have one number."""

    def __init__(self) -> None:
        super().__init__()
        self._spellings: dict[str, int] = {}

    def __missing__(self, written: str) -> int:
        number = self._spellings.setdefault(spelling(written), len(self._spellings))
        self[written] = number
        return number

    def pack(self, parts: Sequence[Sequence[str]]) -> bytes:
        """The written words of the parts of one field, a BREAK between each two, as the index keeps them."""
        words: list[int] = []
        positions: list[NDArray[np.uint32]] = []
        start = 0
        for part in parts:
            words += map(self.__getitem__, part)
            positions.append(np.arange(start, start + len(part), dtype=np.uint32))
            start += len(part) + BREAK
        numbers = np.frombuffer(array("I", words), dtype=np.uint32)  # a quarter less time than np.array
        return pack_run(numbers, np.concatenate(positions or [np.empty(0, dtype=np.uint32)]))

    def ordered(self, used: Sequence[NDArray[np.uint32]]) -> tuple[list[str], NDArray[np.uint64]]:
        """The used words in the order of their bytes, and the place of each number in that order."""
        is_used = np.zeros(len(self._spellings), dtype=np.bool_)
        for numbers in used:
            is_used[numbers] = True
        words = list(compress(self._spellings, is_used.tolist()))
        words.sort()  # by code points, which is by bytes
        ranks = np.zeros(len(self._spellings), dtype=np.uint64)
        ranks[list(map(self._spellings.__getitem__, words))] = np.arange(len(words), dtype=np.uint64)
        return words, ranks


def first_positions(counts: Sequence[int]) -> list[int]:
    """The position of the first word of each part, by how many words each has."""
    starts = [0]
    for count in counts[:-1]:
        starts.append(starts[-1] + count + BREAK)
    return starts
