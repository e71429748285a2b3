"""Autocomplete: topics, phrases and titles in which what is typed so far starts a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aardekast.language.folding import fold
from aardekast.language.text import clean, spelling, written_words
from index.answer import SuggestionKind
from index.arrays import Arrays
from index.request import MAX_LENGTH
from index.terms import TermList, pack_terms

KINDS = (SuggestionKind.TOPIC, SuggestionKind.PHRASE, SuggestionKind.TITLE)  # in the order they are offered
MOST_ASKED = 500  # entries that `is_shown` is asked about, so that a rare facet cannot make it cost milliseconds


class Entry(NamedTuple):
    """What may be offered: its text, what it is, what it stands for (a slug, an id), its weight among its kind."""

    text: str
    kind: SuggestionKind
    value: str
    weight: float = 0.0

    @property
    def rank(self) -> tuple[int, float, int, str]:
        """What entries are sorted by: of equals the shorter says more of what was typed."""
        return KINDS.index(self.kind), -self.weight, len(self.text), self.text


def build_completer(name: str, entries: Sequence[Entry]) -> dict[str, NDArray[Any]]:
    """The arrays of a Completer, entries by their rank.

    `.words.*`: the different folded words of all texts, a sorted TermList; `.starts` (uint32, words + 1) and `.entries`
    (uint32): for each word the entries that have it; `.texts.*` and `.values.*`: TermLists in the order of the entries;
    `.kinds` (uint8), `.weights` (float32) and `.places` (uint32: where in `entries` each was).
    """
    places = sorted(range(len(entries)), key=lambda place: entries[place].rank)
    postings: dict[str, list[int]] = {}
    for number, place in enumerate(places):
        for word in dict.fromkeys(_starts(entries[place].text)):
            postings.setdefault(word, []).append(number)
    spelt = sorted(postings)
    sizes = np.fromiter((len(postings[word]) for word in spelt), np.uint32, len(spelt))
    return {
        f"{name}.starts": np.concatenate([np.zeros(1, np.uint32), np.cumsum(sizes, dtype=np.uint32)]),
        f"{name}.entries": np.fromiter((number for word in spelt for number in postings[word]), np.uint32),
        f"{name}.kinds": np.array([KINDS.index(entries[place].kind) for place in places], np.uint8),
        f"{name}.weights": np.array([entries[place].weight for place in places], np.float32),
        f"{name}.places": np.array(places, np.uint32),
        **pack_terms(f"{name}.words", map(_encode, spelt)),
        **pack_terms(f"{name}.texts", (_encode(entries[place].text) for place in places)),
        **pack_terms(f"{name}.values", (_encode(entries[place].value) for place in places)),
    }


class Completer:
    """Completes what is typed out of the entries of a segment. Immutable: threads share one."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._words = TermList(arrays, f"{name}.words")
        self._starts = arrays[f"{name}.starts"]
        self._entries = arrays[f"{name}.entries"]
        self._texts = TermList(arrays, f"{name}.texts")
        self._values = TermList(arrays, f"{name}.values")
        self._kinds = arrays[f"{name}.kinds"]
        self._weights = arrays[f"{name}.weights"]
        self._places = arrays[f"{name}.places"]

    def complete(self, typed: str, limit: int = 8, is_shown: Callable[[int], bool] | None = None) -> list[Entry]:
        """The best entries with all typed words, the last of them as the start of a word; case and diacritics aside.

        `is_shown` gets the place of an entry among those the arrays were built of, and says whether to offer it; it is
        asked about the best 500 at most. Never raises; nothing typed gives nothing.
        """
        asked = _folded_words(typed[:MAX_LENGTH])
        if not asked:
            return []
        *whole, start = asked
        found = self._of(self._words.starting_with(start))
        for word in dict.fromkeys(whole):
            number = self._words.find(word)
            if number is None:
                return []
            found &= self._of(range(number, number + 1))
        numbers = self._best(np.flatnonzero(found)[:MOST_ASKED].tolist(), typed)
        shown = (number for number in numbers if is_shown is None or is_shown(int(self._places[number])))
        return [self._entry(number) for number in islice(shown, limit)]

    def _best(self, numbers: list[int], typed: str) -> list[int]:
        """Of each kind those that begin as was typed first."""
        begins = {number: _begins(self._texts.text(number), typed) for number in numbers}
        return sorted(numbers, key=lambda number: (self._kinds[number], not begins[number], number))

    def _of(self, spelt: range) -> NDArray[np.bool_]:
        """Which entries have one of these words, which stand together."""
        has = np.zeros(len(self._kinds), np.bool_)
        has[self._entries[self._starts[spelt.start] : self._starts[spelt.stop]]] = True
        return has

    def _entry(self, number: int) -> Entry:
        return Entry(
            self._texts.text(number),
            KINDS[self._kinds[number]],
            self._values.text(number),
            float(self._weights[number]),
        )


def merge(answers: Iterable[Sequence[Entry]], typed: str, limit: int = 8) -> list[Entry]:
    """The best of the answers of several completers to what was typed, each kind and value once."""
    best: dict[tuple[str, str], Entry] = {}
    for entry in (entry for answer in answers for entry in answer):
        other = best.setdefault((entry.kind, entry.value), entry)
        if other is not entry:
            best[entry.kind, entry.value] = other._replace(weight=other.weight + entry.weight)
    return sorted(best.values(), key=lambda e: (KINDS.index(e.kind), not _begins(e.text, typed), e.rank))[:limit]


def _begins(text: str, typed: str) -> bool:
    """Whether a text begins as was typed, case and diacritics aside."""
    return " ".join(_folded_words(text)).startswith(" ".join(_folded_words(typed)))


def _starts(text: str) -> Iterator[str]:
    """The folded words of a text, and what follows a hyphen in them: e-kaasamine, kaasamine."""
    for word in _folded_words(text):
        yield word
        yield from word.split("-")[1:]


def _folded_words(text: str) -> list[str]:
    return fold(" ".join(map(spelling, written_words(clean(text))))).split()


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "replace")
