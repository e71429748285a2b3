"""Sorted terms as one run of bytes, found by bisection: a lexicon of any size costs nothing to open."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays


def pack_terms(name: str, terms: Iterable[bytes]) -> dict[str, NDArray[Any]]:
    """The arrays of a TermList, from terms in the order of their bytes."""
    terms = list(terms)
    ends = np.cumsum([0, *map(len, terms)], dtype=np.int64)
    return {f"{name}.bytes": np.frombuffer(b"".join(terms), dtype=np.uint8), f"{name}.ends": ends}


class TermList:
    """The terms that `pack_terms` packed, by their numbers."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._bytes = arrays[f"{name}.bytes"].data
        self._ends = arrays[f"{name}.ends"].data

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._bytes[self._ends[number] : self._ends[number + 1]])

    def text(self, number: int) -> str:
        """A term as text."""
        return self[number].decode()

    def texts(self) -> list[str]:
        """All terms as text, in order."""
        return [self.text(number) for number in range(len(self))]

    def find(self, term: str) -> int | None:
        """The number of a term."""
        wanted = term.encode("utf-8", "replace")
        number = bisect_left(self, wanted)
        return number if number < len(self) and self[number] == wanted else None

    def starting_with(self, prefix: str) -> range:
        """The numbers of all terms with this beginning."""
        wanted = prefix.encode("utf-8", "replace")
        first = bisect_left(self, wanted)
        last = bisect_left(self, wanted + b"\xff", lo=first)  # a byte that UTF-8 never has
        return range(first, last)
