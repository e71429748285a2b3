"""The words that one session of the writer has met, numbered as they come."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from aardekast.language.text import spelling
from index.hash_table import HashTable
from index.inversion import pack_run
from index.spans import Spans

# Between the title, the card and the text of a document, in positions: more than any window that words are looked
# for in, so that their words are never neighbours.
BREAK = 100


class WordNumbers:
    """Numbers of the words of one language; those of one spelling have one number."""

    def __init__(self) -> None:
        self._spellings: dict[str, int] = {}
        self._by_hash = HashTable()

    def number(self, word: str) -> int:
        """The number of a word, in whichever way it is written."""
        return self._spellings.setdefault(spelling(word), len(self._spellings))

    def pack(self, words: Spans, parts: Sequence[int], title: int) -> tuple[bytes, bytes]:
        """The words of a document and those of its title as the index keeps them.

        `parts` are how many of the words each part of the document has, with a BREAK between each two; the first
        `title` words are those of the title.
        """
        words = words.between(0, sum(parts))
        numbers = self._by_hash.numbers(words.hashes, lambda places: list(map(self.number, words.some(places))))
        positions = np.arange(len(numbers)) + np.repeat(np.arange(len(parts)) * BREAK, parts)
        return pack_run(numbers, positions), pack_run(numbers[:title], positions[:title])

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
