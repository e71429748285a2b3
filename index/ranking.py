"""How well each document answers a query: the evidence of each word in each channel, added up.

For each word the best of lemma, stem, compound and what means the same, with a little for the exact form and for words
of like letters; a little for neighbours that stand near each other; then the share of words found, of the title, and
what the document is worth before anything is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index import weights
from index.columns import Bools, Floats
from index.evidence import Evidence, Finder
from index.postings import PostingStore
from index.query import Query
from index.schema import EXACT


@dataclass(frozen=True, slots=True)
class Ranking:
    """A score for each document.

    `matched` says which required words (rows) each document holds, `share` how much of the whole query that is by the
    idf of its words, `of_title` how much of the document's title the query's words are; `alike` gives documents with
    words of nearly the same letters (vabatahtlikkus for vabatahtlik).
    """

    scores: Floats
    matched: NDArray[np.bool_]
    share: Floats
    of_title: Floats
    alike: Callable[[], Bools]

    @property
    def complete(self) -> Bools:
        """The documents that hold every required word."""
        return np.asarray(self.matched.all(axis=0), dtype=np.bool_)

    @property
    def full(self) -> Bools:
        """The full answers, which stand before all others.

        They hold every required word, or most of what was asked under a title that is made of it: who asks for `sõnade
        arvu dialoog` is better served by the page `Sõnade arv` than by a long one that has `dialoog` somewhere.
        """
        return self.complete | (self.partial & (self.of_title >= weights.TITLE_SAYS_IT))

    @property
    def partial(self) -> Bools:
        """The documents that hold most of what was asked, by the weight of the words."""
        return np.asarray((self.share >= weights.PARTIAL_SHARE) & self.any, dtype=np.bool_)

    @property
    def any(self) -> Bools:
        """The documents that hold a required word."""
        return np.asarray(self.matched.any(axis=0), dtype=np.bool_)

    def answers(self, alive: Bools, current: Bools) -> Bools:
        """What is found: the full answers, and where these are no page of hits, what most nearly is.

        That is what holds most of what was asked, and the best of what has any word of it, or words like it.
        What lacks the only word that was asked for is no answer where others have it. Only the `current` documents
        make a page: events that are over are not shown.
        """
        found = self.full & alive
        if int((found & current).sum()) >= weights.ENOUGH:
            return found
        found |= self.partial & alive
        if len(self.matched) > 1 or not (found & current).any():
            others = np.flatnonzero((self.any | self.alike()) & alive & current)
            found[others[self._are_best(others)]] = True
        return found

    def _are_best(self, documents: NDArray[np.intp]) -> Bools:
        """Which of these are a page of the best; equals of the last one, too, whatever their numbers."""
        scores = self.scores[documents]
        if len(scores) <= weights.ENOUGH:
            return np.ones(len(scores), dtype=np.bool_)
        return np.asarray(scores >= np.partition(scores, -weights.ENOUGH)[-weights.ENOUGH], dtype=np.bool_)


class Ranker:
    """Scores the documents of one generation."""

    def __init__(self, store: PostingStore, size: int, count: int, priors: Floats | None = None) -> None:
        """`size` counts document numbers, `count` the documents that were not deleted.

        `priors` are factors of the score, one for each document number (see index.priors).
        """
        self._store = store
        self._size = size
        self._finder = Finder(store, size, count)
        self._priors = priors

    def rank(self, query: Query) -> Ranking:
        """Score every document for a query that has words."""
        evidence = [self._finder.of_word(word) for word in query.words]
        scores = np.zeros(self._size, dtype=np.float32)
        for word, found in zip(query.words, evidence, strict=True):
            scores += np.float32(word.weight) * found.scores
        for first, second in pairwise(range(min(len(evidence), weights.MOST_IN_DETAIL))):
            words = query.words[first], query.words[second]
            self._finder.add_joined(scores, words, (evidence[first], evidence[second]))
            self._finder.add_near(scores, words)
        worth = np.array([w.weight * e.idf for w, e in zip(query.words, evidence, strict=True)], dtype=np.float32)
        worth /= max(float(worth.sum()), 1e-9)
        share, title = self._coverage(worth, [e.matched for e in evidence]), [e.in_title for e in evidence]
        of_title = self._share_of_titles(title)
        scored = np.flatnonzero(scores > 0)
        coverage = (share[scored] + np.float32(weights.COVERAGE_FLOOR)) ** np.float32(weights.COVERAGE_POWER)
        says_it = self._coverage(worth, title)[scored] * of_title[scored]
        scores[scored] *= coverage * (1 + np.float32(weights.TITLE_COVERAGE) * says_it)
        if self._priors is not None:
            scores *= self._priors
        required = [evidence[number] for number in query.required_numbers]
        return Ranking(scores, np.array([e.matched for e in required]), share, of_title, partial(self._alike, required))

    def _coverage(self, worth: Floats, found: list[Bools]) -> Floats:
        """How much of the query each document has, by the worth of its words."""
        share = np.zeros(self._size, dtype=np.float32)
        for value, documents in zip(worth, found, strict=True):
            share += value * documents
        return share

    def _share_of_titles(self, in_title: list[Bools]) -> Floats:
        """How much of each document's title the words of the query are."""
        lengths, _ = self._store.lengths(self._finder.TITLE)
        count = np.zeros(self._size, dtype=np.float32)
        for found in in_title:
            count += found
        return np.minimum(count / np.maximum(lengths, 1), 1)

    def _alike(self, required: list[Evidence]) -> Bools:
        alike = np.zeros(self._size, dtype=np.bool_)
        for found in required:
            for form in found.much_alike:
                alike[self._store.get(EXACT, form).documents] = True
        return alike
