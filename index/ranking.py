"""How well each document answers a query: the evidence of each word in each channel, added up.

For each word the best of lemma, stem, compound and abbreviation, with a little for the exact form and for words
of like letters; a little for neighbours that stand near each other; then the share of words found, and of the title.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index import weights
from index.postings import POSITION_BITS, Postings, PostingStore, merge_keys, near
from index.query import Lemmas, Query, QueryWord, joined_lemmas
from index.schema import EXACT, LEMMA, PART, stem_channel, title_of
from index.stored import Bools, Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one word finds: a score for each document, and where it is found at all and in the title."""

    scores: Floats
    matched: Bools
    alike: Bools
    in_title: Bools
    idf: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """A score for each document.

    `matched` says which required words (rows) each document holds, `share` how much that is by their idf; `alike`
    are documents with words of nearly the same letters (vabatahtlikkus for vabatahtlik).
    """

    scores: Floats
    matched: NDArray[np.bool_]
    share: Floats
    alike: Bools

    @property
    def complete(self) -> Bools:
        """The documents that hold every required word."""
        return np.asarray(self.matched.all(axis=0), dtype=np.bool_)

    @property
    def partial(self) -> Bools:
        """The documents that hold most of what was asked, by the weight of the words."""
        return np.asarray((self.share >= weights.PARTIAL_SHARE) & self.any, dtype=np.bool_)

    @property
    def any(self) -> Bools:
        """The documents that hold a required word."""
        return np.asarray(self.matched.any(axis=0), dtype=np.bool_)


class Ranker:
    """Scores the documents of one generation."""

    def __init__(self, store: PostingStore, size: int, count: int) -> None:
        """`size` counts document numbers, `count` the documents that were not deleted."""
        self._store = store
        self._size = size
        self._count = count

    def rank(self, query: Query) -> Ranking:
        """Score every document for a query that has words."""
        evidence = [self._evidence(word) for word in query.words]
        scores = self._zeros()
        for word, found in zip(query.words, evidence, strict=True):
            scores += np.float32(word.weight) * found.scores
        for first, second in pairwise(range(len(query.words))):
            scores += self._neighbours(query, evidence, first, second)
        matched = np.array([found.matched for found in evidence])
        importance = np.array([w.weight * e.idf for w, e in zip(query.words, evidence, strict=True)], dtype=np.float32)
        share = importance @ matched / max(float(importance.sum()), 1e-9)
        scores *= (share + np.float32(weights.COVERAGE_FLOOR)) ** np.float32(weights.COVERAGE_POWER)
        scores *= self._title_coverage(query, evidence)
        wanted = query.required
        required = [number for number, word in enumerate(query.words) if word in wanted]
        alike = np.logical_or.reduce([evidence[number].alike for number in required], dtype=np.bool_)
        return Ranking(scores, matched[required], share.astype(np.float32), alike)

    def _zeros(self) -> Floats:
        return np.zeros(self._size, dtype=np.float32)

    def _evidence(self, word: QueryWord) -> Evidence:
        best = self._zeros()
        in_title = np.zeros(self._size, dtype=np.bool_)
        terms = [(weights.LEMMA, LEMMA, lemma) for lemma in word.lemmas]
        terms += [(weights.STEM, stem_channel(language), stemmed) for language, stemmed in word.stems]
        for weight, channel, term in terms:
            np.maximum(best, weight * self._bm25(channel, term), out=best)
            in_title[self._store.get(title_of(channel), term).documents] = True
        exact = self._bm25(EXACT, word.form) if word.form else self._zeros()
        idf = self._idf_of(best > 0)
        for lemma in word.lemmas:
            np.maximum(best, weights.IN_COMPOUND * self._bm25(PART, lemma), out=best)
        self._add_abbreviations(word, best, in_title)
        strict = (best > 0) | (exact > 0)
        if len(word.parts) > 1:
            strict[self._together(word.parts).documents] = True
            np.maximum(best, self._own_parts(word.parts), out=best)
        alike = self._alike(word)
        scores = best + weights.EXACT * exact + weights.ALIKE * alike
        # A word that stands nowhere is missing everywhere: it tells no text from another.
        return Evidence(scores, strict, alike > 0, in_title, idf if strict.any() else 0.0)

    def _bm25(self, channel: str, term: str) -> Floats:
        """A term in a channel, with its occurrences in the title counted once more."""
        return self._of_title_and_text(
            (channel, self._store.get(channel, term)), (title_of(channel), self._store.get(title_of(channel), term))
        )

    def _of_title_and_text(self, whole: tuple[str, Postings], title: tuple[str, Postings]) -> Floats:
        scores = self._zeros()
        for (field, found), weight in ((whole, 1.0), (title, weights.TITLE)):
            if len(found.documents):
                scores[found.documents] += np.float32(weight) * self._saturated(field, found)
        return scores

    def _saturated(self, field: str, found: Postings) -> Floats:
        lengths, mean = self._store.lengths(field)
        norm = weights.K1 * (1 - weights.B + weights.B * lengths[found.documents] / mean)
        idf = self._idf(len(found.documents))
        return np.asarray(idf * found.frequencies * (weights.K1 + 1) / (found.frequencies + norm), dtype=np.float32)

    def _idf(self, documents: int) -> float:
        return float(np.log1p((self._count - documents + 0.5) / (documents + 0.5)))

    def _idf_of(self, mask: Bools) -> float:
        return self._idf(int(mask.sum()))

    def _add_abbreviations(self, word: QueryWord, best: Floats, in_title: Bools) -> None:
        for term in word.abbreviations:
            np.maximum(best, weights.ABBREVIATION * self._bm25(LEMMA, term), out=best)
            in_title[self._store.get(title_of(LEMMA), term).documents] = True
        for phrase in word.expansions:
            found = self._phrase(phrase)
            if len(found.documents):
                scores = self._zeros()
                scores[found.documents] = self._saturated(LEMMA, found)
                np.maximum(best, weights.ABBREVIATION * scores, out=best)

    def _phrase(self, phrase: tuple[Lemmas, ...]) -> Postings:
        """The documents where the words of a phrase follow each other."""
        keys = [self._occurrences(lemmas) for lemmas in phrase]
        starts = keys[0]
        for offset, following in enumerate(keys[1:], start=1):
            starts = starts[np.isin(starts + offset, following)]
        documents, counts = np.unique(starts >> POSITION_BITS, return_counts=True)
        return Postings(documents.astype(np.int32), counts.astype(np.float32))

    def _occurrences(self, lemmas: Iterable[str]) -> NDArray[np.int64]:
        return merge_keys([self._store.keys(LEMMA, lemma) for lemma in lemmas])

    def _together(self, parts: tuple[Lemmas, ...]) -> Postings:
        """The documents where the parts of a compound stand near each other as words of their own."""
        pairs = [near(self._occurrences(a), self._occurrences(b), weights.PARTS_WINDOW) for a, b in pairwise(parts)]
        documents = pairs[0].documents
        for pair in pairs[1:]:
            documents = np.intersect1d(documents, pair.documents)
        return Postings(documents, np.ones(len(documents), dtype=np.float32))

    def _own_parts(self, parts: tuple[Lemmas, ...]) -> Floats:
        """The mean of what the parts of the query's compound find: one part alone is no answer."""
        scores = self._zeros()
        for lemmas in parts:
            best = self._zeros()
            for lemma in lemmas:
                found = weights.OWN_PARTS * self._bm25(LEMMA, lemma)
                found += weights.OWN_PARTS_IN_COMPOUND * self._bm25(PART, lemma)
                np.maximum(best, found, out=best)
            scores += best
        return scores / np.float32(len(parts))

    def _alike(self, word: QueryWord) -> Floats:
        """The words of like letters as one word, each counted by its likeness; a long word's letters say more."""
        forms = self._store.alike(word.form) if word.grams else []
        if not forms:
            return self._zeros()
        whole, title = self._store.weighted(EXACT, forms), self._store.weighted(title_of(EXACT), forms)
        return np.float32(len(word.grams)) * self._of_title_and_text((EXACT, whole), (title_of(EXACT), title))

    def _neighbours(self, query: Query, evidence: list[Evidence], first: int, second: int) -> Floats:
        """Two neighbouring words: written together as one, or standing near each other."""
        one, other = query.words[first], query.words[second]
        scores = self._zeros()
        for lemma in joined_lemmas(one, other):
            np.maximum(scores, weights.JOINED * self._bm25(LEMMA, lemma), out=scores)
        joined = scores > 0
        evidence[first].matched[joined] = True
        evidence[second].matched[joined] = True
        pair = near(self._occurrences(one.lemmas), self._occurrences(other.lemmas), weights.PAIR_WINDOW)
        if len(pair.documents):
            weight = weights.PAIR * min(one.weight, other.weight)
            scores[pair.documents] += np.float32(weight) * self._saturated(LEMMA, pair)
        return scores

    def _title_coverage(self, query: Query, evidence: list[Evidence]) -> Floats:
        total = sum(word.weight for word in query.words)
        found, count = self._zeros(), self._zeros()
        for word, seen in zip(query.words, evidence, strict=True):
            found += np.float32(word.weight) * seen.in_title
            count += seen.in_title
        lengths, _ = self._store.lengths(title_of(EXACT))
        of_title = np.minimum(count / np.maximum(lengths, 1), 1)
        return np.asarray(1 + weights.TITLE_COVERAGE * np.sqrt(found / total * of_title), dtype=np.float32)
