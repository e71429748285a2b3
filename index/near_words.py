"""The words of a segment by their letters: all that a typing error may have been, found without looking at each.

A word is a row of code points; words of one length stand together as a matrix. A signature of 64 bits says which
letters a word has once and twice: an edit changes at most one bit each way, so that comparing signatures leaves less
than one word in a hundred for the distance itself. Which candidate is meant is for index/spelling.py.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aardekast.language.folding import fold
from index.arrays import Arrays, runs
from index.edits import LETTER, Spelt, edit_distances

SHORTEST, LONGEST = 2, 40  # letters; the longest Estonian compounds stay below 40
_LATIN = 26
_OTHERS = 6  # bits that all other letters share: 32 in all for once, 32 for twice


class Candidates(NamedTuple):
    """Words near a typed one: their numbers in the segment, their distances in quarters of a letter."""

    numbers: NDArray[np.int64]
    distances: NDArray[np.uint8]


def build_near_words(name: str, words: Sequence[str], counts: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """The arrays of NearWords: of the lower-cased words of a segment, sorted, and how often each occurs.

    Left out are words with digits, of one letter, of more than 40, with letters beyond U+FFFF, and those that occur no
    more. Gives, by length:
    `.letters` and `.bases` (uint16: code points as written and folded), `.signatures` (uint64),
    `.counts` (uint32), `.total` (int64, 1: of all words, those left out too) and `.starts` (int64, 42:
    the number of the first word of each length).
    """
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    codes = np.frombuffer("".join(words).encode("utf-32-le"), "<u4")
    ends = np.cumsum(lengths)
    kept = np.flatnonzero((np.asarray(counts) > 0) & _are_spelt(codes, ends, lengths))
    kept = kept[np.argsort(lengths[kept], kind="stable")]
    lengths, ends = lengths[kept], ends[kept]
    letters = codes[runs(ends - lengths, ends)].astype(np.uint16)
    bases = _bases(letters)
    starts = np.searchsorted(lengths, np.arange(LONGEST + 2))
    signatures = [_signatures(rows) for rows in _by_length(bases, starts)]
    return {
        f"{name}.letters": letters,
        f"{name}.bases": bases,
        f"{name}.signatures": np.concatenate(signatures),
        f"{name}.counts": np.asarray(counts)[kept].astype(np.uint32),
        f"{name}.total": np.array([np.sum(counts)], np.int64),
        f"{name}.starts": starts,
    }


class NearWords:
    """The words of a segment, to be found by what they are near to. Immutable: threads share one."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        starts = arrays[f"{name}.starts"]
        self._starts = [int(start) for start in starts]
        self._letters = _by_length(arrays[f"{name}.letters"], starts)
        self._bases = _by_length(arrays[f"{name}.bases"], starts)
        self._signatures = arrays[f"{name}.signatures"]
        self._counts = arrays[f"{name}.counts"]
        self.total = int(arrays[f"{name}.total"][0])

    def word(self, number: int) -> str:
        """The word of a number."""
        length = int(np.searchsorted(self._starts, number, "right")) - 1
        return "".join(map(chr, self._letters[length][number - self._starts[length]].tolist()))

    def counts(self, numbers: NDArray[np.int64]) -> NDArray[np.uint32]:
        """How often the words of these numbers occur."""
        return self._counts[numbers]

    def count(self, word: str) -> int:
        """How often a word occurs; 0 where it does not."""
        if not _is_spelt(word):
            return 0
        letters, rows = list(map(ord, word)), self._letters[len(word)]
        place = bisect_left(range(len(rows)), letters, key=lambda row: rows[row].tolist())
        is_there = place < len(rows) and rows[place].tolist() == letters
        return int(self._counts[self._starts[len(word)] + place]) if is_there else 0

    def candidates(self, typed: Spelt, most: int) -> NDArray[np.int64]:
        """The numbers of the words that are near by their lengths and signatures."""
        shortest, longest = max(SHORTEST, len(typed.written) - most), min(LONGEST, len(typed.written) + most)
        first = self._starts[shortest]
        signature = _signatures(typed.folded[None])[0]
        changed = self._signatures[first : self._starts[longest + 1]] ^ signature
        numbers = np.flatnonzero(np.bitwise_count(changed) <= 2 * most)
        changed = changed[numbers]
        lost = np.bitwise_count(changed & signature)
        is_alike: NDArray[np.bool_] = (lost <= most) & (np.bitwise_count(changed) - lost <= most)
        return first + numbers[is_alike]

    def fill(self, others: Spelt, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Write the letters of words, whose numbers ascend, into the columns of `others`; their lengths."""
        at = 0
        while at < len(numbers):
            length = bisect_right(self._starts, int(numbers[at])) - 1
            behind = int(np.searchsorted(numbers, self._starts[length + 1]))
            rows = numbers[at:behind] - self._starts[length]
            others.written[:length, at:behind] = self._letters[length][rows].T
            others.folded[:length, at:behind] = self._bases[length][rows].T
            at = behind
        return np.searchsorted(self._starts, numbers, "right") - 1


def near_in_all(segments: Sequence[NearWords], word: str, most: int) -> list[Candidates]:
    """The words of each segment at most this many letters (1 or 2) away; their distances are computed in one go."""
    if not segments or not _is_spelt(word):
        return [Candidates(np.zeros(0, np.int64), np.zeros(0, np.uint8)) for _ in segments]
    typed = _points(word)
    alike = [segment.candidates(typed, most) for segment in segments]
    behind = np.cumsum([len(numbers) for numbers in alike])
    others = Spelt.blank(len(word) + most, int(behind[-1]))
    lengths = [
        segment.fill(others.between(end - len(numbers), end), numbers)
        for segment, numbers, end in zip(segments, alike, behind.tolist(), strict=True)
    ]
    distances = edit_distances(typed, others, np.concatenate(lengths), most * LETTER)
    found = []
    for numbers, quarters in zip(alike, np.split(distances, behind[:-1]), strict=True):
        is_near = quarters <= most * LETTER
        found.append(Candidates(numbers[is_near], quarters[is_near]))
    return found


def _is_spelt(word: str) -> bool:
    return (
        SHORTEST <= len(word) <= LONGEST and word.replace("-", "").replace("'", "").isalpha() and max(word) <= "\uffff"
    )


def _are_spelt(codes: NDArray[np.uint32], ends: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
    """What `_is_spelt` says of words that stand one after the other."""
    basic = np.minimum(codes, 0xFFFF)  # which is no letter
    is_letter = np.zeros(0x10000, np.bool_)
    different = np.flatnonzero(np.bincount(basic))
    is_letter[different] = [chr(code).isalpha() for code in different.tolist()]
    letters, joiners = is_letter[basic], np.isin(basic, list(map(ord, "-'")))
    counted = np.concatenate([np.zeros((2, 1), np.int64), np.cumsum([letters, letters | joiners], axis=1)], axis=1)
    of_words = counted[:, ends] - counted[:, ends - lengths]
    are_spelt: NDArray[np.bool_] = (of_words[0] > 0) & (of_words[1] == lengths)
    return are_spelt & (lengths >= SHORTEST) & (lengths <= LONGEST)


def _points(word: str) -> Spelt:
    """The code points of a word as it is written, and folded."""
    return Spelt(np.array(list(map(ord, word)), np.uint16), np.array(list(map(_base, word)), np.uint16))


def _bases(letters: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Each letter without its mark."""
    table = np.zeros(0x10000, np.uint16)
    different = np.flatnonzero(np.bincount(letters, minlength=len(table)))
    table[different] = [_base(chr(letter)) for letter in different.tolist()]
    return table[letters]


def _base(letter: str) -> int:
    """The code point of a letter without its mark: the first where it folds to two, itself where to none."""
    folded = ord((fold(letter) or letter)[0])
    return folded if folded <= 0xFFFF else ord(letter)


def _by_length(letters: NDArray[np.uint16], starts: NDArray[np.int64]) -> list[NDArray[np.uint16]]:
    """One matrix (words, letters) for each length from 0 to the longest, all views."""
    matrices = []
    at = 0
    for length in range(LONGEST + 1):
        words = int(starts[length + 1] - starts[length])
        matrices.append(letters[at : at + words * length].reshape(words, length))
        at += words * length
    return matrices


def _signatures(bases: NDArray[np.uint16]) -> NDArray[np.uint64]:
    """For each row of letters: bit n where it has letter n, bit 32 + n where it has it twice."""
    latin = bases - np.uint16(ord("a"))
    places = np.where(latin < _LATIN, latin, _LATIN + bases % _OTHERS).astype(np.uint64)
    found = np.zeros(len(bases), np.uint64)
    for column in places.T:
        bit = np.uint64(1) << column
        found |= bit | ((found & bit) << np.uint64(32))
    return found
