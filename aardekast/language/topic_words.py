"""What speaks of each topic: the words that the vocabulary gives it, and those learnt from the curated cards.

A text is a vector of terms of length one: its lemmas and compound parts by how often they stand there and how rare
they are among the cards, and one term for each topic whose words of the vocabulary stand in it. The weight of each
term for each topic is a ridge regression of the cards' topics (regularised least-squares classification), which
starts from what the vocabulary says, so that a topic without cards, or no cards at all, is no special case.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from aardekast.language.estonian import CACHE, analyse
from aardekast.language.phrases import Phrases
from aardekast.language.stopwords import QUESTION_WORDS, STOP_WORDS
from aardekast.language.text import spelling, written_words
from aardekast.language.weighing import MAX_WORDS, weighted
from aardekast.vocabulary import Vocabulary

# Measured leave-one-out on title and description of the cards: precision where recall is .60, against the chosen value.
GROWTH = 0.65  # n words weigh n^GROWTH. .5 the same, .8 -.03, 1 -.05; but made-up pages of 800 words need repetitions
SPOKEN = 4.0  # the vocabulary's words against one rare word: 3 +.02, but it leaves no answer without cards
# What a text of nothing but the vocabulary's words scores before anything is learnt: .75 with any number of cards,
# twice that with none. With 255 cards 0 to 1 differ by .03; with none .75 gives recall .11, 1.5 .37 at precision .71.
START = 0.75
PART = 0.5  # a compound part against a whole word
RIDGE = 0.3  # .15 to .6 the same within .01
FEWEST_LETTERS = 3
FEWEST_CARDS = 2  # a word of one card says more of that card than of its topics; 1 +.01
UNSEEN = 100  # texts more that count as read, so that words are rare where there are few cards or none

_SPOKEN = ":"  # starts the terms of the vocabulary; no lemma has it
Matrix = NDArray[np.float32]


class Card(Protocol):
    """A described material: what topics are learnt from."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def description(self) -> str:
        """What it is about."""

    @property
    def keywords(self) -> Sequence[str]:
        """Free words."""

    @property
    def topics(self) -> Sequence[str]:
        """Slugs of the vocabulary."""


class Read(NamedTuple):
    """A text as counts of its terms, and which words of the vocabulary stood in it for each topic, by weight."""

    terms: Mapping[str, float]
    spoken: Mapping[str, Counter[str]]


class TopicWords:
    """How much each term speaks of each topic. Not changed once made: safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary, cards: Iterable[Card] = ()) -> None:
        """Learn from the cards; the same cards in the same order give the same weights."""
        self.topics = tuple(vocabulary.topics)
        self._phrases = Phrases((term.slug, word) for term in vocabulary.topics.values() for word in term.words)
        examples = [card for card in cards if any(topic in vocabulary.topics for topic in card.topics)]
        read = [self.read(card.title, (), _text_of(card)).terms for card in examples]
        texts_with = Counter(term for terms in read for term in terms)
        self._rarity_of_unseen = math.log(len(read) + UNSEEN + 1)
        self._rarity = {term: self._rarity_of_unseen - math.log(texts + 1) for term, texts in texts_with.items()}
        self._rarity |= dict.fromkeys(map(_spoken_term, self.topics), SPOKEN)
        learnt = (term for term, texts in texts_with.items() if texts >= FEWEST_CARDS)
        terms = dict.fromkeys([*map(_spoken_term, self.topics), *learnt])
        self._rows = {term: row for row, term in enumerate(terms)}
        self._weights: Matrix = np.zeros((len(terms), len(self.topics)), dtype=np.float32)
        np.fill_diagonal(self._weights, START * (1 + UNSEEN / (UNSEEN + len(read))))
        if read:
            wanted = np.array([[topic in card.topics for topic in self.topics] for card in examples], dtype=np.float32)
            self._learn(np.stack([self._dense(terms) for terms in read]), wanted)

    def read(self, title: str, headings: Sequence[str], text: str) -> Read:
        """The terms of a text."""
        counts: dict[str, float] = {}
        spoken: dict[str, Counter[str]] = {}
        for part, weight in weighted(title, headings, text):
            found = [spelling(word) for word in written_words(part)[:MAX_WORDS]]
            for word, times in Counter(found).items():
                for term, share in _terms_of(word):
                    counts[term] = counts.get(term, 0) + weight * times * share
            for _, phrase in self._phrases.found_in(found):
                spoken.setdefault(phrase.value, Counter())[phrase.text] += weight
        for topic, evidence in spoken.items():
            counts[_spoken_term(topic)] = sum(evidence.values())
        return Read(counts, spoken)

    def scores(self, terms: Mapping[str, float]) -> Matrix:
        """How much the terms speak of each topic, in the order of `topics`; a card on that topic is to give 1."""
        rows, values = self._vector(terms)
        return values @ self._weights[rows]

    def shares(self, terms: Mapping[str, float], topic: str) -> dict[str, float]:
        """How much of a topic's score came from each learnt term, those that spoke against it left out."""
        column = self.topics.index(topic)
        rows, values = self._vector(terms)
        by_row = dict(zip(rows, values * self._weights[rows, column], strict=True))
        found = {term: float(by_row.get(self._rows.get(term, -1), 0)) for term in terms if not term.startswith(_SPOKEN)}
        return {term: share for term, share in found.items() if share > 0}

    def _learn(self, vectors: Matrix, wanted: Matrix) -> None:
        likeness = vectors @ vectors.T + RIDGE * np.eye(len(vectors), dtype=np.float32)
        self._weights += vectors.T @ np.linalg.solve(likeness, wanted - vectors @ self._weights)

    def _vector(self, terms: Mapping[str, float]) -> tuple[list[int], Matrix]:
        """The rows of the known terms and their values; the unknown ones make these smaller."""
        rarity, unseen = self._rarity, self._rarity_of_unseen
        values = {term: count**GROWTH * rarity.get(term, unseen) for term, count in terms.items()}
        length = math.sqrt(sum(value * value for value in values.values())) or 1.0
        known = [term for term in values if term in self._rows]
        return [self._rows[term] for term in known], np.array([values[t] / length for t in known], dtype=np.float32)

    def _dense(self, terms: Mapping[str, float]) -> Matrix:
        rows, values = self._vector(terms)
        dense: Matrix = np.zeros(len(self._rows), dtype=np.float32)
        dense[rows] = values
        return dense


def _text_of(card: Card) -> str:
    return f"{card.description}\n{' '.join(card.keywords)}"


def _spoken_term(topic: str) -> str:
    return _SPOKEN + topic


@lru_cache(maxsize=CACHE)
def _terms_of(word: str) -> tuple[tuple[str, float], ...]:
    """The terms of a word with their shares: an ambiguous word's lemmas share it."""
    found = analyse(word)
    share = len(found.lemmas) ** -0.5
    terms = [(lemma, share) for lemma in found.lemmas if _is_term(lemma)]
    return (*terms, *((part, PART) for part in found.parts if _is_term(part)))


def _is_term(lemma: str) -> bool:
    return len(lemma) >= FEWEST_LETTERS and lemma.isalpha() and lemma not in STOP_WORDS and lemma not in QUESTION_WORDS
