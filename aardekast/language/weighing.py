"""What the suggestions of topics and counties share: the parts of a text by their weight, and what is suggested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# What a title names the text is about; a heading, a part of it. Body words count as often as they stand there.
TITLE_WEIGHT = 5
HEADING_WEIGHT = 3
BODY_WEIGHT = 1
MAX_WORDS = 5_000  # of a part; what it is about is said by then


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic or county, the words of it that were found, and how much they weigh."""

    value: str
    words: tuple[str, ...]
    weight: float


def weighted(title: str, headings: Iterable[str], text: str) -> Iterator[tuple[str, int]]:
    """The title, each heading and the text, with the weight of each of its words."""
    yield title, TITLE_WEIGHT
    for heading in headings:
        yield heading, HEADING_WEIGHT
    yield text, BODY_WEIGHT
