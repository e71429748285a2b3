"""Where in a document the words of a query stand, by the positions that the index keeps: no text is read for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import weights
from index.arrays import runs
from index.columns import Bools
from index.inversion import POSITION_BITS
from index.postings import PostingStore, close, merge_keys
from index.query import PhraseTerm, Query, QueryWord, joined_lemmas
from index.schema import EXACT, LEMMA, PART, stem_channel
from index.segment import Keys
from index.synonyms import Lemmas, PhraseWord

PART_SHARE = 0.3  # of the weight of a compound: kriis alone is not kriisikomisjon


class Occurrences(NamedTuple):
    """The positions of found words in one document, in order; which word of the query each is, and how much of it."""

    positions: NDArray[np.int64]
    numbers: NDArray[np.int64]
    shares: NDArray[np.float64]

    def between(self, first: int, last: int | None = None) -> Occurrences:
        """Those from a position up to another; parts of a compound only where the whole does not stand among them."""
        start, end = np.searchsorted(self.positions, (first, first if last is None else last))
        end = len(self.positions) if last is None else end
        positions, numbers, shares = self.positions[start:end], self.numbers[start:end], self.shares[start:end]
        is_whole = shares == 1
        if is_whole.all():
            return Occurrences(positions, numbers, shares)
        kept = is_whole | ~np.isin(numbers, numbers[is_whole])
        return Occurrences(positions[kept], numbers[kept], shares[kept])


class OccurrenceFinder:
    """Finds the words of one query in the documents of one generation."""

    def __init__(self, store: PostingStore, query: Query, within: Bools) -> None:
        """`within` are the documents that will be asked for."""
        self._store = store
        self._query = query
        self._within = within

    def of(self, document: int) -> Occurrences:
        """All occurrences in a document."""
        low = document << POSITION_BITS
        start, end = np.searchsorted(self._found.positions, (low, low + (1 << POSITION_BITS)))
        found = self._found
        return Occurrences(found.positions[start:end] - low, found.numbers[start:end], found.shares[start:end])

    @cached_property
    def _found(self) -> Occurrences:
        """The occurrences in all documents that will be asked for; their positions are keys."""
        lows = np.flatnonzero(self._within) << POSITION_BITS
        each = [
            (number, share, keys[runs(np.searchsorted(keys, lows), np.searchsorted(keys, lows + (1 << POSITION_BITS)))])
            for number, share, keys in self._keys
        ]
        sizes = [len(keys) for _, _, keys in each]
        positions = np.concatenate([np.empty(0, dtype=np.int64), *(keys for _, _, keys in each)])
        numbers = np.repeat(np.array([number for number, _, _ in each], dtype=np.int64), sizes)
        shares = np.repeat(np.array([share for _, share, _ in each]), sizes)
        order = np.lexsort((numbers, -shares, positions))
        # A position that several terms lead to counts for the first word of the query, and as a whole before a part.
        order = order[np.diff(positions[order], prepend=-1) != 0]
        return Occurrences(positions[order], numbers[order], shares[order])

    @cached_property
    def _keys(self) -> list[tuple[int, float, Keys]]:
        """The occurrences in all documents of what each word of the query may be found by."""
        shown = [(number, word) for number, word in enumerate(self._query.words) if word in self._query.required]
        alone = [(number, word) for number, word in shown if not word.is_in_phrase]
        found = [(n, share, keys) for n, word in alone for share, keys in self._of_word(n, word) if len(keys)]
        for number, word in alone:
            if not any(number == other for other, _, _ in found):
                found.append((number, PART_SHARE, self._alike(word)))
        return found + [entry for phrase in self._query.phrases for entry in self._of_words(phrase)]

    def _of_word(self, number: int, word: QueryWord) -> Iterator[tuple[float, Keys]]:
        lemmas = (*word.lemmas, *word.derived, *word.abbreviations, *self._joined(number))
        whole = [(EXACT, word.form), *((LEMMA, lemma) for lemma in lemmas)]
        whole += [(PART, lemma) for lemma in word.lemmas if not word.is_stop_word]
        whole += [(stem_channel(language), stem) for language, stem in word.stems]
        yield 1.0, self._of_terms(whole)
        for long in word.expansions:
            yield 1.0, self._of_phrase([[(LEMMA, lemma) for lemma in lemmas] for lemmas in long])
        for phrase in word.synonyms:
            yield 1.0, self._of_phrase([_terms_of(part) for part in phrase])
        if word.prefix:
            yield 1.0, self._store.keys_starting_with(EXACT, word.prefix, weights.MOST_BEGINNING, self._within)
        parts = [self._of_terms([(LEMMA, lemma) for lemma in lemmas]) for lemmas in word.parts]
        for first, second in pairwise(parts):  # oma valitsus, but no valitsus alone
            yield PART_SHARE, close(first, second, weights.PARTS_WINDOW)
            yield PART_SHARE, close(second, first, weights.PARTS_WINDOW)

    def _of_terms(self, terms: Iterable[tuple[str, str]]) -> Keys:
        """The occurrences of any of these terms; only those that are wanted are read."""
        return self._store.keys_within(terms, self._within)

    def _alike(self, word: QueryWord) -> Keys:
        """What stands for a word that is nowhere: words of nearly its letters."""
        forms = self._store.alike(word.form) if word.grams else []
        return self._of_terms((EXACT, form) for form, likeness in forms if likeness >= weights.MUCH_ALIKE)

    def _of_words(self, phrase: Sequence[PhraseTerm]) -> Iterator[tuple[int, float, Keys]]:
        """The words of a phrase where they follow each other."""
        numbers = {word.typed: number for number, word in enumerate(self._query.words)}
        starts = self._store.phrase([word.terms for word in phrase])
        for offset, word in enumerate(phrase):
            yield numbers.get(word.typed, 0), 1.0, starts + offset

    def _joined(self, number: int) -> Lemmas:
        """Lemmas of a word and its neighbour written together."""
        words = self._query.words
        return joined_lemmas(words[number], words[number + 1]) if number + 1 < len(words) else ()

    def _of_phrase(self, phrase: Sequence[Sequence[tuple[str, str]]]) -> Keys:
        """The occurrences of all words of a phrase, each by its terms, where they follow each other."""
        starts = self._store.phrase(phrase)
        return merge_keys([starts + offset for offset in range(len(phrase))])


def _terms_of(word: PhraseWord) -> list[tuple[str, str]]:
    stems = [(stem_channel(language), stem) for language, stem in word.stems]
    return [*((LEMMA, lemma) for lemma in word.lemmas), *stems]
