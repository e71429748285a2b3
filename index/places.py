"""Where in a text the words of a query stand, by the positions that the index keeps: no text is read for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.inversion import POSITION_BITS
from index.postings import PostingStore
from index.query import Query, QueryWord, joined_lemmas
from index.schema import LEMMA, PART, PLACE_EVERY, stem_channel

_WINDOW = 25  # words, about two thirds of a snippet
_REACH = 400  # characters on both sides of a window: the start of its sentence and the rest of the snippet


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text that answers the query, as offsets of characters, and its words of the query by weight."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The positions of found words in one text, in order, and which word of the query each is."""

    positions: NDArray[np.int64]
    numbers: NDArray[np.int64]


class PlaceFinder:
    """Finds the places of one query in the documents of one generation."""

    def __init__(self, store: PostingStore, query: Query) -> None:
        self._store = store
        self._words = query.words
        self._terms = [_terms(word, query.words, number) for number, word in enumerate(query.words)]

    def best(self, document: int, places: dict[str, Any]) -> Place | None:
        """The stretch that holds most different words of the query; None where none stands in the text."""
        found = self._occurrences(document, places["first"])
        if not len(found.positions):
            return None
        ends = np.searchsorted(found.positions, found.positions + _WINDOW)
        values = [self._value(found.numbers[start:end]) for start, end in enumerate(ends)]
        best = max(range(len(values)), key=lambda number: (values[number], -number))
        first, last = found.positions[best], found.positions[ends[best] - 1]
        return Place(*_offsets(int(first), int(last), places), values[best][0])

    def offsets(self, document: int, places: dict[str, Any]) -> list[tuple[int, int]]:
        """About where each found word stands, as an offset of characters, and which word of the query it is."""
        found = self._occurrences(document, places["first"])
        offsets = places["offsets"]
        return [
            (offsets[min((int(position) - places["first"]) // PLACE_EVERY, len(offsets) - 1)], int(number))
            for position, number in zip(found.positions, found.numbers, strict=True)
        ]

    def _occurrences(self, document: int, first: int) -> Occurrences:
        low, high = (document << POSITION_BITS) + first, (document + 1) << POSITION_BITS
        positions, numbers = [], []
        for number, terms in enumerate(self._terms):
            for channel, term in terms:
                keys = self._store.keys(channel, term)
                inside = keys[np.searchsorted(keys, low) : np.searchsorted(keys, high)]
                positions.append(inside - (document << POSITION_BITS))
                numbers.append(np.full(len(inside), number))
        if not positions:
            return Occurrences(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
        together, which = np.concatenate(positions), np.concatenate(numbers)
        order = np.argsort(together, kind="stable")
        return Occurrences(together[order], which[order])

    def _value(self, numbers: NDArray[np.int64]) -> tuple[float, int]:
        different = set(numbers.tolist())
        return sum(self._words[number].weight for number in different), len(numbers)


def _terms(word: QueryWord, all_words: tuple[QueryWord, ...], number: int) -> list[tuple[str, str]]:
    lemmas = [*word.lemmas, *word.abbreviations]
    lemmas += [lemma for phrase in word.expansions for alternatives in phrase for lemma in alternatives]
    if number + 1 < len(all_words):
        lemmas += joined_lemmas(word, all_words[number + 1])
    terms = [(LEMMA, lemma) for lemma in dict.fromkeys(lemmas)]
    terms += [(PART, lemma) for lemma in word.lemmas]
    terms += [(LEMMA, lemma) for alternatives in word.parts for lemma in alternatives]
    return terms + [(stem_channel(language), stemmed) for language, stemmed in word.stems]


def _offsets(first: int, last: int, places: dict[str, Any]) -> tuple[int, int]:
    """The characters from a little before the first position to a little after the last."""
    offsets = places["offsets"]
    start = offsets[min((first - places["first"]) // PLACE_EVERY, len(offsets) - 1)]
    following = (last - places["first"]) // PLACE_EVERY + 1
    end = offsets[following] if following < len(offsets) else offsets[-1] + PLACE_EVERY * 16
    return max(0, start - _REACH), end + _REACH
