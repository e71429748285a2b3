"""Sorted terms as one run of bytes, found by bisection: a lexicon of any size costs nothing to open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays, runs

_SIGNPOSTS = 128  # terms between two that are kept in memory: 70 kB for 100,000 words


def pack_terms(name: str, terms: Iterable[bytes]) -> dict[str, NDArray[Any]]:
    """The arrays of a TermList, from terms in the order of their bytes."""
    terms = list(terms)
    ends = np.cumsum([0, *map(len, terms)], dtype=np.int64)
    return {f"{name}.bytes": np.frombuffer(b"".join(terms), dtype=np.uint8), f"{name}.ends": ends}


def pack_texts(name: str, texts: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The same from terms as text in the order of their code points, which is that of their bytes."""
    packed = np.frombuffer("".join(texts).encode("utf-8", "replace"), dtype=np.uint8)
    signs = np.append(np.flatnonzero(_begins_sign(packed)), len(packed))
    return {f"{name}.bytes": packed, f"{name}.ends": signs[np.cumsum([0, *map(len, texts)])]}


def _begins_sign(utf8: NDArray[np.uint8]) -> NDArray[np.bool_]:
    begins: NDArray[np.bool_] = (utf8 & 0xC0) != 0x80
    return begins


class TermList:
    """The terms that `pack_terms` packed, by their numbers."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._bytes = arrays[f"{name}.bytes"].data
        self._ends = arrays[f"{name}.ends"].data

    @cached_property
    def _signposts(self) -> list[bytes]:
        """Every so manieth term: ten of the steps of a bisection without Python."""
        return [self[number] for number in range(0, len(self), _SIGNPOSTS)]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._bytes[self._ends[number] : self._ends[number + 1]])

    def text(self, number: int) -> str:
        """A term as text."""
        return self[number].decode()

    def texts(self) -> list[str]:
        """All terms as text, in order."""
        signs = np.cumsum(_begins_sign(np.frombuffer(self._bytes, dtype=np.uint8)))
        ends = np.concatenate(([0], signs))[np.asarray(self._ends)].tolist()
        text = self._bytes.tobytes().decode()
        return [text[start:end] for start, end in pairwise(ends)]

    def find(self, term: str) -> int | None:
        """The number of a term."""
        wanted = term.encode("utf-8", "replace")
        block = bisect_right(self._signposts, wanted) * _SIGNPOSTS
        number = bisect_left(self, wanted, max(0, block - _SIGNPOSTS), min(block, len(self)))
        return number if number < len(self) and self[number] == wanted else None

    def starting_with(self, prefix: str) -> range:
        """The numbers of all terms with this beginning."""
        wanted = prefix.encode("utf-8", "replace")
        first = bisect_left(self, wanted)
        last = bisect_left(self, wanted + b"\xff", lo=first)  # a byte that UTF-8 never has
        return range(first, last)


class WordTerms(NamedTuple):
    """What words stand for: the different terms, how many each word has, and their numbers, word after word."""

    terms: Sequence[str] = ()
    counts: NDArray[np.int64] = np.empty(0, dtype=np.int64)
    numbers: NDArray[np.int32] = np.empty(0, dtype=np.int32)

    def extended(self, more: Sequence[Sequence[str]]) -> WordTerms:
        """The same with the terms of more words behind; terms keep their numbers."""
        added = list(chain.from_iterable(more))
        terms = list(dict.fromkeys(chain(self.terms, added)))
        number = dict(zip(terms, range(len(terms)), strict=True))
        return WordTerms(
            terms,
            np.append(self.counts, np.fromiter(map(len, more), np.int64, len(more))),
            np.append(self.numbers, np.fromiter(map(number.__getitem__, added), np.int32, len(added))),
        )

    def of(self, words: NDArray[np.int64]) -> WordTerms:
        """What the words of these numbers stand for."""
        ends = np.cumsum(self.counts)
        counts = self.counts[words]
        return WordTerms(self.terms, counts, self.numbers[runs(ends[words] - counts, ends[words])])
