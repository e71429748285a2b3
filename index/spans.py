"""The words of a text as stretches of it, found and told apart without Python for each word."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aardekast.language.text import raw_words, written_words

_BASIC = 0x10000  # signs of the basic plane; in texts with others the words are looked for one by one
_OTHER, _LETTER, _JOINER, _MARK = range(4)
# An odd number of 64 bits, and that by which it multiplies to 1 modulo 2**64.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_LONG = 1 << 18  # signs: the powers for texts up to this length are kept


class Spans(NamedTuple):
    """The words of a text in order: the offset of the first sign of each, the one behind its last, and its hash."""

    text: str
    starts: NDArray[Any]
    ends: NDArray[Any]
    hashes: NDArray[np.uint64]

    def some(self, numbers: NDArray[np.intp]) -> list[str]:
        """The words of these numbers as they are written."""
        bounds = zip(self.starts[numbers].tolist(), self.ends[numbers].tolist(), strict=True)
        return [self.text[start:end] for start, end in bounds]

    def between(self, first: int, last: int) -> Spans:
        """The words from one up to another."""
        return Spans(self.text, self.starts[first:last], self.ends[first:last], self.hashes[first:last])


def spans(text: str) -> Spans:
    """The words of a text, as raw_words finds them.

    A hash is the sum of the code points of a word, each times a power of an odd number, modulo 2**64: that of a run of
    signs is the difference of two sums over the text, moved to the beginning.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    starts, ends = _bounds(text, codes)
    base, inverse = _powers(max(len(codes), _LONG))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * base[: len(codes)], out=sums[1:])
    return Spans(text, starts, ends, (sums[ends] - sums[starts]) * inverse[starts])


@lru_cache(maxsize=1)
def _powers(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """So many powers of the base, and of its inverse."""
    base, inverse = (np.full(size, number, dtype=np.uint64) for number in (_BASE, _INVERSE))
    base[0] = inverse[0] = 1
    return np.cumprod(base), np.cumprod(inverse)


def _bounds(text: str, codes: NDArray[np.uint32]) -> tuple[NDArray[Any], NDArray[Any]]:
    kinds = _kinds().take(codes, mode="clip")
    if kinds.max(initial=_OTHER) == _MARK:
        found = np.array([(start, end) for _, start, end in raw_words(text)], dtype=np.int64).reshape(-1, 2)
        return found[:, 0], found[:, 1]
    inside = np.zeros(len(codes) + 2, dtype=np.bool_)
    inside[1:-1] = kinds == _LETTER
    joined = np.flatnonzero(kinds == _JOINER) + 1
    inside[joined[inside[joined - 1] & inside[joined + 1]]] = True
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2], edges[1::2]


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each sign of the basic plane is to a word, found by asking for words with the sign in them."""
    kinds = np.full(_BASIC + 1, _MARK, dtype=np.uint8)
    letters = written_words(" ".join(map(chr, range(_BASIC))))
    kinds[list(map(ord, letters))] = _LETTER
    others = [chr(code) for code in np.flatnonzero(kinds[:-1] != _LETTER).tolist()]
    inner, doubled = (set(written_words(" ".join(f"a{sign * times}a" for sign in others))) for times in (1, 2))
    for sign in others:
        if f"a{sign}a" not in inner:
            kinds[ord(sign)] = _OTHER
        elif f"a{sign}{sign}a" not in doubled:
            kinds[ord(sign)] = _JOINER
    return kinds
