"""Where in a text its words begin, without Python for each word."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from aardekast.language.text import raw_words, written_words

_BASIC = 0x10000  # signs of the basic plane; in texts with others the words are looked for one by one
_OTHER, _LETTER, _JOINER, _MARK = range(4)


def word_starts(text: str) -> NDArray[np.int64]:
    """The offset of the first sign of each word of a text, as raw_words finds them."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _kinds().take(codes, mode="clip")
    if kinds.max(initial=_OTHER) == _MARK:
        return np.array([start for _, start, _ in raw_words(text)], dtype=np.int64)
    inside = kinds == _LETTER
    inside[1:-1] |= (kinds[1:-1] == _JOINER) & inside[:-2] & inside[2:]
    return np.flatnonzero(inside & ~np.concatenate(([False], inside[:-1]))[: len(inside)])


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
