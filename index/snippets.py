"""Snippets: the best passage of a text, the found words marked whatever their form, everything else escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aardekast.language.text import word_spans
from index.occurrences import Occurrences

MAX_SNIPPET = 300  # characters that a visitor reads; what quotation law lets pass (research on the law)
# Not after 2023. aasta or lk. 5: a sentence begins with no small letter.
_SENTENCE_END = re.compile(r"[.!?…]+[\"”“»)]*\s+(?![a-zõäöüšž])|\n+")
_ELLIPSIS = "…"


class Found(NamedTuple):
    """A word of a text that a word of the query means, from a character to another, and how much of it."""

    start: int
    end: int
    query_word: int
    share: float


def find_words(text: str, found: Occurrences, position: int, start: int = 0, end: int | None = None) -> list[Found]:
    """The found words of a stretch of a text whose first word, at the character `start`, has this position."""
    if not len(found.positions) or found.positions[0] > position + len(text):
        return []
    meanings = {p - position: rest for p, *rest in zip(*(column.tolist() for column in found), strict=True)}
    return [Found(first, last, *meanings[n]) for n, first, last in word_spans(text, meanings, start, end)]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text as safe HTML, where the found words in it begin, and how much of the query they hold."""

    html: str
    place: int
    weight: float


NO_EXCERPT = Excerpt("", 0, 0.0)


def marked(text: str, found: Sequence[Found]) -> str:
    """The whole text as safe HTML with the found words marked."""
    return _render(text, 0, len(text), found)


def best_excerpt(text: str, found: Sequence[Found], weights: Sequence[float]) -> Excerpt:
    """The stretch of at most MAX_SNIPPET characters that holds most of the query, from the start of a sentence.

    `found` are words of the text in order, `weights` those of the words of the query.
    """
    place, weight = _best_place(found, weights)
    start = 0 if len(text) < MAX_SNIPPET else _sentence_start(text, place)
    end = _cut(text, start)
    cut = _render(text, start, end, found, is_cut_before=start > 0, is_cut_after=end < len(text))
    return Excerpt(cut, place, weight)


def _best_place(found: Sequence[Found], weights: Sequence[float]) -> tuple[int, float]:
    """The first word of the stretch that holds most different words of the query, and how much that is."""
    best, place = (0.0, 0, 0), 0
    for number, word in enumerate(found):
        inside = [other for other in found[number : number + 12] if other.end <= word.start + MAX_SNIPPET * 2 // 3]
        value = (_weigh(inside, weights), len(inside), -number)
        if value > best:
            best, place = value, word.start
    return place, best[0]


def _weigh(found: Sequence[Found], weights: Sequence[float]) -> float:
    """How much of the query these words hold: each of its words once."""
    held: dict[int, float] = {}
    for word in found:
        held[word.query_word] = max(held.get(word.query_word, 0.0), word.share)
    return sum(share * weights[number] for number, share in held.items())


def _sentence_start(text: str, place: int) -> int:
    """The start of the sentence, or of a word where the sentence started too long ago."""
    window = max(0, place - MAX_SNIPPET // 3)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, window, place + 1) if match.end() <= place]
    if ends:
        return ends[-1]
    if window == 0:
        return 0
    space = text.find(" ", window, place)
    return space + 1 if space >= 0 else place


def _cut(text: str, start: int) -> int:
    end = start + MAX_SNIPPET - 2  # room for an ellipsis on both sides
    if end >= len(text):
        return len(text)
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, start, end + 1) if match.end() <= end]
    if sentences and sentences[-1] - start > MAX_SNIPPET // 2:
        return sentences[-1]
    space = text.rfind(" ", start, end)
    return space if space > start else end


def _render(
    text: str, start: int, end: int, found: Iterable[Found], *, is_cut_before: bool = False, is_cut_after: bool = False
) -> str:
    pieces = [_ELLIPSIS] if is_cut_before else []
    place = start
    for word in found:
        if word.start >= place and word.end <= end:
            pieces.append(html.escape(text[place : word.start]))
            pieces.append(f"<mark>{html.escape(text[word.start : word.end])}</mark>")
            place = word.end
    pieces.append(html.escape(text[place:end].rstrip() if is_cut_after else text[place:end]))
    if is_cut_after and not text[:end].rstrip().endswith((".", "!", "?", _ELLIPSIS)):
        pieces.append(_ELLIPSIS)
    return re.sub(r"\s+", " ", "".join(pieces)).strip()
