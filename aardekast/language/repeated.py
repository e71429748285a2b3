"""Lines that stand on many pages of a site: notices, slogans, addresses that no markup tells from a page's own text.

Which lines those are is counted over whole sites (catalogue/repeated.py); here they are told apart and taken out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace

from aardekast.resource import Passage

# What is shorter may be a heading that every guide has (Kokkuvõte, Lisainfo), what is longer is a text of its own.
LEAST_WORDS, MOST_WORDS = 5, 80
LEAST_LEFT = 25  # words; with few less a page is no resource any more
MOST_SHARE = 0.5  # of a text; a page that says little else is another printing of the same page or event


def digest(line: str) -> str:
    """The number by which a line is known."""
    return hashlib.blake2b(" ".join(line.split()).lower().encode("utf-8", "replace"), digest_size=12).hexdigest()


def comparable(text: str) -> set[str]:
    """The digests of the lines of a text that may be repeated ones."""
    return {digest(line) for line in text.split("\n") if LEAST_WORDS <= len(line.split()) <= MOST_WORDS}


def without_repeated(text: str, passages: Iterable[Passage], known: Collection[str]) -> tuple[str, tuple[Passage, ...]]:
    """A text without the lines that are known as repeated, its passages moved accordingly.

    A text that would lose more than half of its words, or keep a few only, stays as it is.
    """
    passages = tuple(passages)
    lines = text.split("\n")
    is_dropped = [LEAST_WORDS <= len(line.split()) <= MOST_WORDS and digest(line) in known for line in lines]
    if not any(is_dropped):
        return text, passages
    words = sum(len(line.split()) for line, drop in zip(lines, is_dropped, strict=True) if drop)
    whole = len(text.split())
    if words > MOST_SHARE * whole or whole - words < LEAST_LEFT:
        return text, passages
    moved = _moved(passages, lines, is_dropped)
    return "\n".join(line for line, drop in zip(lines, is_dropped, strict=True) if not drop), moved


def _moved(passages: tuple[Passage, ...], lines: list[str], is_dropped: list[bool]) -> tuple[Passage, ...]:
    """The passages of the lines that stay; one in the midst of a dropped line goes with it."""
    kept: list[Passage] = []
    waiting = sorted(passages, key=lambda passage: passage.offset)
    offset = shift = 0
    for line, drop in zip(lines, is_dropped, strict=True):
        end = offset + len(line) + 1
        while waiting and waiting[0].offset < end:
            passage = waiting.pop(0)
            if not drop:
                kept.append(replace(passage, offset=passage.offset - shift))
        shift += end - offset if drop else 0
        offset = end
    return tuple(kept)
