"""Numbers by hashes of 64 bits, looked up for all words of a text at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

NumbersOf = Callable[[NDArray[np.intp]], Sequence[int]]
_FIRST_SLOTS = 1 << 16
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # odd: no two hashes become one, and the upper bits depend on all others


class HashTable:
    """Numbers by hashes, looked up for many at once: open addressing, at most half full."""

    def __init__(self) -> None:
        self._empty(_FIRST_SLOTS)

    def _empty(self, slots: int) -> None:
        self._hashes = np.zeros(slots, dtype=np.uint64)  # 0: nothing stands there
        self._numbers = np.zeros(slots, dtype=np.uint32)
        self._held = 0

    def numbers(self, hashes: NDArray[np.uint64], numbers_of: NumbersOf) -> NDArray[np.uint32]:
        """The number of each hash; `numbers_of` is asked for those that were never met, by their places among these.

        It has to give equal hashes equal numbers.
        """
        hashes = np.maximum(hashes * _SPREAD, np.uint64(1))
        slots = self._slots(hashes)
        numbers = self._numbers[slots]
        new = np.flatnonzero(self._hashes[slots] != hashes)
        if len(new):
            numbers[new] = numbers_of(new)
            self._add(hashes[new], numbers[new])
        return numbers

    def _slots(self, hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
        """Where each hash stands, or else the empty slot where it would."""
        mask = len(self._hashes) - 1
        slots = (hashes >> np.uint64(65 - len(self._hashes).bit_length())).astype(np.intp)  # the upper bits mix best
        held = self._hashes[slots]
        astray = np.flatnonzero((held != hashes) & (held != 0))
        while len(astray):
            slots[astray] = (slots[astray] + 1) & mask
            held = self._hashes[slots[astray]]
            astray = astray[(held != hashes[astray]) & (held != 0)]
        return slots

    def _add(self, hashes: NDArray[np.uint64], numbers: NDArray[np.uint32]) -> None:
        """Add hashes that are not there; one may come several times."""
        while 2 * (self._held + len(hashes)) > len(self._hashes):
            kept = np.flatnonzero(self._hashes)
            before = self._hashes[kept], self._numbers[kept]
            self._empty(2 * len(self._hashes))
            self._add(*before)
        self._held += len(hashes)
        while len(hashes):
            slots = self._slots(hashes)
            self._hashes[slots] = hashes  # of several that want one slot, the last has it
            has_it = self._hashes[slots] == hashes
            self._numbers[slots[has_it]] = numbers[has_it]
            hashes, numbers = hashes[~has_it], numbers[~has_it]
