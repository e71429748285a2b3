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
    signs = [chr(code) for code in range(_BASIC)]
    words = frozenset(written_words(" ".join(signs)))
    inner, doubled = (frozenset(written_words(" ".join(f"a{sign * times}a" for sign in signs))) for times in (1, 2))
    kinds = np.full(_BASIC + 1, _MARK, dtype=np.uint8)
    for code, sign in enumerate(signs):
        if sign in words:
            kinds[code] = _LETTER
        elif f"a{sign}a" not in inner:
            kinds[code] = _OTHER
        elif f"a{sign}{sign}a" not in doubled:
            kinds[code] = _JOINER
    return kinds
