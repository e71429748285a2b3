"""Text into words: what a word is, and its one spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

# Signs that no reader sees: soft hyphen, zero-width space and joiners, byte order mark.
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_REMOVED = {ord(sign): None for sign in "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00"}
_MARKS = rf"[{_INVISIBLE}\u0300-\u036f]"
_LETTERS = rf"[^\W_]++(?:{_MARKS}++[^\W_]*+)*+"
# Hyphens and apostrophes belong to a word only between letters: KOV-ide, Facebook'is, e-kaasamine.
_WORD = re.compile(rf"{_LETTERS}(?:[-‐‑'’](?=[^\W_]){_LETTERS})*+")
MAX_WORD = 64  # longer "words" are addresses, checksums and attacks; the longest Estonian compounds stay below 40


class Word(NamedTuple):
    """A word as it stands in a text: its characters, where it starts and ends, and its number."""

    text: str
    start: int
    end: int
    position: int


def words(text: str) -> Iterator[Word]:
    """The words of a text; offsets count characters of the text as it was given."""
    for position, match in enumerate(_WORD.finditer(text)):
        yield Word(spelling(match.group()), match.start(), match.end(), position)


def written_words(text: str) -> list[str]:
    """The words of a text in order, as they are written there."""
    return _WORD.findall(text)


def raw_words(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text as they are written there, with where each starts and ends."""
    return ((match.group(), *match.span()) for match in _WORD.finditer(text))


def word_spans(
    text: str, numbers: Collection[int], start: int = 0, end: int | None = None
) -> list[tuple[int, int, int]]:
    """The words of a stretch of a text that have one of these numbers: the number, where it starts and ends."""
    behind = max(numbers, default=-1) + 1  # no word after the last of them is looked for
    found = enumerate(islice(_WORD.finditer(text, start, len(text) if end is None else end), max(0, behind)))
    return [(number, *match.span()) for number, match in found if number in numbers]


def count_words(text: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in _WORD.finditer(text))


def spelling(word: str) -> str:
    """The one spelling of a word: composed letters, nothing invisible, plain hyphen and apostrophe."""
    if word.isascii():
        return word[:MAX_WORD]
    word = unicodedata.normalize("NFC", word.translate(_REMOVED))
    return word.replace("‐", "-").replace("‑", "-").replace("’", "'")[:MAX_WORD]


def clean(text: str) -> str:
    """A text whose letters are composed and that has nothing invisible or unpaired in it."""
    text = text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
    return unicodedata.normalize("NFC", text.translate(_REMOVED))
