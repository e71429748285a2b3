"""How far words are from a typed one: edit distances of one word to many, in one go."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LETTER = 4  # the cost of a letter inserted, left out, replaced or swapped with its neighbour
MARK = 1  # of a letter that has another mark or none: o for õ
FAR = 64
_BAND = 2  # letters; what lies farther apart than this is more than two edits away
_DIAGONALS = 2 * _BAND + 1
_LOOK_EVERY = 3  # rows; words that are too far by then are dropped, which halves the time

Row = list[NDArray[np.uint8]]


class Spelt(NamedTuple):
    """Letters as code points (uint16), as written and folded: of one word, or of many, one in each column."""

    written: NDArray[np.uint16]
    folded: NDArray[np.uint16]

    @classmethod
    def blank(cls, longest: int, words: int) -> Spelt:
        """Room for many words."""
        return cls(np.zeros((longest, words), np.uint16), np.zeros((longest, words), np.uint16))

    def between(self, first: int, last: int) -> Spelt:
        """A run of many words, as a view."""
        return Spelt(self.written[:, first:last], self.folded[:, first:last])

    def only(self, columns: NDArray[np.bool_]) -> Spelt:
        """Some of many words."""
        return Spelt(self.written[:, columns], self.folded[:, columns])


def edit_distances(typed: Spelt, others: Spelt, lengths: NDArray[np.int64], most: int) -> NDArray[np.uint8]:
    """The distance of a word to each of many, by optimal string alignment, in quarters of a letter.

    `others` are padded below their `lengths`, which differ from that of the word by two at most. Distances above
    `most`, which is two letters at most, come out as FAR or as any number above it: only the five diagonals that two
    edits can reach are computed.
    """
    distances = np.full(len(lengths), FAR, np.uint8)
    alive = np.arange(len(lengths))
    before: Row = []
    last: Row = []
    for row in range(len(typed.written) + 1):
        before, last = last, _next_row(row, typed, others, before, last)
        if row % _LOOK_EVERY == 0:
            is_near = np.minimum.reduce(last) <= most
            alive, others = alive[is_near], others.only(is_near)
            before, last = [cells[is_near] for cells in before], [cells[is_near] for cells in last]
    if len(alive):
        distances[alive] = np.choose(lengths[alive] - len(typed.written) + _BAND, last)
    return distances


def _next_row(row: int, typed: Spelt, others: Spelt, before: Row, last: Row) -> Row:
    """The cells of one letter of the word: for each diagonal the distance up to there, of all the others."""
    longest, words = others.written.shape
    current: Row = []
    for diagonal in range(_DIAGONALS):
        column = row + diagonal - _BAND
        if column < 0 or column > longest:
            current.append(np.full(words, FAR, np.uint8))
            continue
        if column == 0 or row == 0:
            current.append(np.full(words, LETTER * (row + column), np.uint8))
            continue
        best = last[diagonal] + np.uint8(LETTER)
        best -= np.uint8(LETTER - MARK) * (others.folded[column - 1] == typed.folded[row - 1]).view(np.uint8)
        best -= np.uint8(MARK) * (others.written[column - 1] == typed.written[row - 1]).view(np.uint8)
        if diagonal + 1 < _DIAGONALS:
            np.minimum(best, last[diagonal + 1] + np.uint8(LETTER), out=best)
        if diagonal:
            np.minimum(best, current[diagonal - 1] + np.uint8(LETTER), out=best)
        if row > 1 and column > 1:
            is_swapped = others.folded[column - 1] == typed.folded[row - 2]
            is_swapped &= others.folded[column - 2] == typed.folded[row - 1]
            if is_swapped.any():
                np.minimum(best, np.where(is_swapped, before[diagonal] + np.uint8(LETTER), np.uint8(FAR)), out=best)
        current.append(np.minimum(best, np.uint8(FAR)))
    return current
