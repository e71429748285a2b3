"""What one word of a query, or two neighbours, find in the documents, by BM25 over the channels of the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aardekast.language.snowball import STEMMED
from index import weights
from index.columns import Bools, Floats, Ints
from index.inversion import POSITION_BITS
from index.postings import NONE, Postings, PostingStore, merge_keys, near
from index.query import QueryWord, joined_lemmas
from index.schema import EXACT, LEMMA, PART, stem_channel, title_of
from index.segment import Keys
from index.synonyms import Lemmas, Phrase, PhraseWord, Stems

Pair = tuple[QueryWord, QueryWord]
_POSITION = (1 << POSITION_BITS) - 1


class Found(NamedTuple):
    """The documents that hold a term, in order, with what it is worth in each, and those that have it in the title."""

    documents: Ints
    scores: Floats
    in_title: Ints


NO_DOCUMENTS = np.empty(0, dtype=np.int32)
NOTHING = Found(NO_DOCUMENTS, np.empty(0, dtype=np.float32), NO_DOCUMENTS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one word finds, by document: a score, whether it is there at all and in the title; forms that are alike."""

    scores: Floats
    matched: Bools
    in_title: Bools
    much_alike: tuple[str, ...]
    idf: float


@dataclass(frozen=True, slots=True)
class Best:
    """The best of what several terms find, by document."""

    scores: Floats
    in_title: Bools

    def raise_to(self, found: Found, weight: float) -> None:
        """Let each document have the best of what it had and what was found."""
        self.scores[found.documents] = np.maximum(self.scores[found.documents], np.float32(weight) * found.scores)
        self.in_title[found.in_title] = True


class Finder:
    """Finds the evidence of words in one generation. For each term it asks the store for two postings."""

    TITLE: ClassVar = title_of(EXACT)

    def __init__(self, store: PostingStore, size: int, count: int) -> None:
        """`size` counts document numbers, `count` the documents that were not deleted."""
        self._store = store
        self._size = size
        self._count = count
        self._norms: dict[str, Floats] = {}
        self._languages: set[str] | None = None

    def of_word(self, word: QueryWord) -> Evidence:
        """Everything that stands for a word: the best of it, and a little for its form and its letters."""
        if word.prefix:
            return self._of_prefix(word.prefix)
        best = self._nothing()
        for lemma in word.lemmas:
            best.raise_to(self._find(LEMMA, lemma), weights.LEMMA)
        for language, stemmed in self._present(word.stems):
            best.raise_to(self._find(stem_channel(language), stemmed), weights.STEM)
        idf = self._idf(int(np.count_nonzero(best.scores > 0)))
        for lemma in word.derived:
            best.raise_to(self._find(LEMMA, lemma), weights.DERIVED)
        for lemma in word.lemmas if not word.is_stop_word else ():  # sina is no part of anything
            best.raise_to(self._find(PART, lemma), weights.IN_COMPOUND)
        self._add_same(word, best)
        exact = self._find(EXACT, word.form)
        alike, much_alike = self._alike(word)
        matched = best.scores > 0
        matched[exact.documents] = True
        if len(word.parts) > 1:
            matched[self._together(word.parts)] = True
            self._add_own_parts(word.parts, best)
        if word.synonyms:
            best.raise_to(self._synonyms_in_compounds(word.synonyms), weights.SYNONYM * weights.IN_COMPOUND)
        best.scores[exact.documents] += np.float32(weights.EXACT) * exact.scores
        best.scores[alike.documents] += np.float32(weights.ALIKE * len(word.grams)) * alike.scores
        # A word that stands nowhere is missing everywhere: it tells no text from another.
        return Evidence(best.scores, matched, best.in_title, much_alike, idf if matched.any() else 0.0)

    def _of_prefix(self, prefix: str) -> Evidence:
        """All words with a beginning as if they were one."""
        postings = (self._store.starting_with(field, prefix, weights.MOST_BEGINNING) for field in (EXACT, self.TITLE))
        found = self._found(EXACT, *postings)
        best = self._nothing()
        best.raise_to(found, weights.LEMMA)
        return Evidence(best.scores, best.scores > 0, best.in_title, (), self._idf(len(found.documents)))

    def add_joined(self, scores: Floats, words: Pair, evidence: tuple[Evidence, Evidence]) -> None:
        """Two neighbours written together as one word, which has both."""
        together = self._nothing()
        for lemma in joined_lemmas(*words):
            found = self._find(LEMMA, lemma)
            if len(found.documents):
                together.raise_to(found, weights.JOINED)
                for one in evidence:
                    one.matched[found.documents] = True
                    one.in_title[found.in_title] = True
        scores += together.scores

    def add_near(self, scores: Floats, words: Pair) -> None:
        """Two neighbours that stand near each other."""
        first, second = words
        pair = _near(self._keys(first.lemmas), self._keys(second.lemmas), weights.PAIR_WINDOW)
        worth = np.float32(weights.PAIR * min(first.weight, second.weight))
        scores[pair.documents] += worth * self._bm25(LEMMA, pair)

    def _present(self, stems: Stems) -> list[tuple[str, str]]:
        """Those of languages that any document is in."""
        if self._languages is None:
            fields = {language: self._store.lengths(stem_channel(language))[0] for language in STEMMED}
            self._languages = {language for language, lengths in fields.items() if lengths.any()}
        return [(language, stemmed) for language, stemmed in stems if language in self._languages]

    def _nothing(self) -> Best:
        return Best(np.zeros(self._size, dtype=np.float32), np.zeros(self._size, dtype=np.bool_))

    def _find(self, channel: str, term: str) -> Found:
        """A term in a channel, with its occurrences in the title counted once more."""
        whole = self._store.get(channel, term) if term else NONE
        return (
            self._found(channel, whole, self._store.get(title_of(channel), term)) if len(whole.documents) else NOTHING
        )

    def _found(self, channel: str, whole: Postings, title: Postings) -> Found:
        scores = self._bm25(channel, whole)
        if len(title.documents):
            places = np.searchsorted(whole.documents, title.documents)
            scores[places] += np.float32(weights.TITLE) * self._bm25(title_of(channel), title)
        return Found(whole.documents, scores, title.documents)

    def _bm25(self, field: str, found: Postings) -> Floats:
        if not len(found.documents):
            return found.frequencies
        norms = self._norms_of(field)[found.documents]
        worth = np.float32(self._idf(len(found.documents)) * (weights.K1 + 1))
        return np.asarray(worth * found.frequencies / (found.frequencies + norms), dtype=np.float32)

    def _norms_of(self, field: str) -> Floats:
        """What the length of each document's field takes from each of its words."""
        if field not in self._norms:
            lengths, mean = self._store.lengths(field)
            self._norms[field] = np.asarray(weights.K1 * (1 - weights.B + weights.B * lengths / mean), dtype=np.float32)
        return self._norms[field]

    def _idf(self, documents: int) -> float:
        others = max(self._count - documents, 0)  # postings may still name documents that were deleted
        return float(np.log1p((others + 0.5) / (documents + 0.5)))

    def _alike(self, word: QueryWord) -> tuple[Found, tuple[str, ...]]:
        """The words of like letters as one word, each counted by its likeness; those that are much alike."""
        forms = self._store.alike(word.form) if word.grams else []
        if not forms:
            return NOTHING, ()
        much = tuple(form for form, likeness in forms if likeness >= weights.MUCH_ALIKE)
        return self._found(EXACT, self._store.weighted(EXACT, forms), self._store.weighted(self.TITLE, forms)), much

    def _add_same(self, word: QueryWord, best: Best) -> None:
        """What says the same: the abbreviation of the word's phrase, what its own letters stand for, synonyms."""
        for short in word.abbreviations:
            best.raise_to(self._find(LEMMA, short), weights.ABBREVIATION)
        for long in word.expansions:
            found = self._of_keys(self._store.phrase([[(LEMMA, lemma) for lemma in lemmas] for lemmas in long]))
            best.raise_to(found, weights.ABBREVIATION)
        if word.synonyms:
            best.raise_to(self._synonyms(word.synonyms), weights.SYNONYM)

    def _synonyms(self, phrases: tuple[Phrase, ...]) -> Found:
        """All synonyms as if they were one word, so that a rare one weighs no more than a common one."""
        return self._of_keys(
            merge_keys([self._store.phrase([self._terms(word) for word in phrase]) for phrase in phrases])
        )

    def _synonyms_in_compounds(self, phrases: tuple[Phrase, ...]) -> Found:
        lemmas = [(lemma, 1.0) for phrase in phrases if len(phrase) == 1 for lemma in phrase[0].lemmas]
        whole, title = self._store.weighted(PART, lemmas), self._store.weighted(title_of(PART), lemmas)
        return self._found(PART, whole, title)

    def _terms(self, word: PhraseWord) -> list[tuple[str, str]]:
        stems = [(stem_channel(language), stemmed) for language, stemmed in self._present(word.stems)]
        return [*((LEMMA, lemma) for lemma in word.lemmas), *stems]

    def _of_keys(self, keys: Keys) -> Found:
        """Occurrences of what says the same, scored as one word."""
        lengths, _ = self._store.lengths(self.TITLE)
        documents = keys >> POSITION_BITS
        in_title = documents[(keys & _POSITION) < lengths[documents]]
        return self._found(LEMMA, _counted(documents), _counted(in_title))

    def _keys(self, lemmas: Iterable[str]) -> Keys:
        return self._store.keys_of_any((LEMMA, lemma) for lemma in lemmas)

    def _together(self, parts: tuple[Lemmas, ...]) -> Ints:
        """The documents where the parts of a compound stand near each other as words of their own."""
        keys = [self._keys(lemmas) for lemmas in parts]
        pairs = [_near(first, second, weights.PARTS_WINDOW).documents for first, second in pairwise(keys)]
        documents = pairs[0]
        for pair in pairs[1:]:
            documents = np.intersect1d(documents, pair, assume_unique=True)
        return documents

    def _add_own_parts(self, parts: tuple[Lemmas, ...], best: Best) -> None:
        """The mean of what the parts of the query's compound find: one part alone is no answer."""
        total, in_every_title = np.zeros(self._size, dtype=np.float32), np.ones(self._size, dtype=np.bool_)
        for lemmas in parts:
            found = self._nothing()
            for lemma in lemmas:
                found.raise_to(self._find(LEMMA, lemma), weights.OWN_PARTS)
                found.raise_to(self._find(PART, lemma), weights.OWN_PARTS_IN_COMPOUND)
            total += found.scores
            np.logical_and(in_every_title, found.in_title, out=in_every_title)
        np.maximum(best.scores, total / np.float32(len(parts)), out=best.scores)
        np.logical_or(best.in_title, in_every_title, out=best.in_title)


def _near(first: Keys, second: Keys, window: int) -> Postings:
    """The documents where words stand near each other; the rarer is looked up in the more frequent."""
    return near(first, second, window) if len(first) <= len(second) else near(second, first, window)


def _counted(documents: NDArray[np.int64]) -> Postings:
    """Each document with how often it is named."""
    different, counts = np.unique(documents, return_counts=True)
    return Postings(different.astype(np.int32), counts.astype(np.float32))
