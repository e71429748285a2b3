"""Related resources: by the words that tell a resource from others, and by its topics."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from aardekast.language.estonian import analyse
from aardekast.language.snowball import STEMMED, stem
from aardekast.language.stopwords import STOP_WORDS
from aardekast.language.text import spelling, written_words
from aardekast.resource import Resource
from index.columns import Columns, Floats, Ints
from index.postings import PostingStore
from index.schema import LEMMA, stem_channel

TITLE, KEYWORDS = 3, 2  # times that a word there counts
WORDS = 300  # of a text: what it is about is said by then, and more only take time
TERMS = 25  # the most telling ones; more only add noise
TOPIC = 0.2  # of a score of one; at .5 storm warnings stood above texts on naabrivalve because of a topic
LEAST = 0.08  # of the score that the resource itself would have; below that they have little in common


def similar(resource: Resource, document: int, store: PostingStore, columns: Columns) -> Ints:
    """The documents like this one, the most alike first."""
    terms = _telling(resource, store, columns)
    total = sum(weight for _, _, weight in terms) or 1.0
    scores = np.zeros(columns.size, dtype=np.float32)
    for channel, term, weight in terms:
        found = store.get(channel, term)
        scores[found.documents] += np.float32(weight / total) * found.frequencies / (found.frequencies + 1)
    scores *= np.float32(2)  # a word that stands once counts half
    scores += np.float32(TOPIC) * _shared_topics(resource, columns)
    scores[~columns.alive] = 0
    scores[document] = 0
    likely = np.flatnonzero(scores >= LEAST)
    return likely[np.lexsort((columns.by_newest[likely], -scores[likely]))].astype(np.int32)


def _telling(resource: Resource, store: PostingStore, columns: Columns) -> list[tuple[str, str, float]]:
    """The terms that a resource has more of than others do: channel, term, weight."""
    counts: Counter[tuple[str, str]] = Counter()
    about = f"{' '.join(resource.keywords)} "
    for text, language, times in (
        (resource.title, "et", TITLE),
        (about, "et", KEYWORDS),
        (resource.description, "et", 1),
        (resource.text, resource.language, 1),
    ):
        for written in written_words(text)[:WORDS]:
            for term in _terms(spelling(written), language):
                counts[term] += times
    weighed = []
    for (channel, lemma), count in counts.items():
        documents = store.size(channel, lemma)
        if documents > 1:  # a word of no other document leads nowhere
            weighed.append((channel, lemma, (1 + math.log(count)) * math.log(columns.count / documents + 0.5)))
    return sorted(weighed, key=lambda entry: (-entry[2], entry[1]))[:TERMS]


def _terms(word: str, language: str) -> list[tuple[str, str]]:
    if word.lower() in STOP_WORDS or not any(map(str.isalpha, word)):
        return []
    if language in STEMMED:
        return [(stem_channel(language), stem(word, language))]
    return [(LEMMA, lemma) for lemma in analyse(word).lemmas[:1]]


def _shared_topics(resource: Resource, columns: Columns) -> Floats:
    """How much of the topics of both a document shares with the resource: a rare one more than a common one."""
    column = columns.facets["topic"]
    rarity = np.log(columns.count / np.maximum(column.counts(columns.alive), 1) + 1)
    is_own = np.array([value in resource.topics for value in column.values], dtype=np.float64)
    own = float((rarity * is_own).sum())
    each = rarity[column.codes]
    shared = np.bincount(column.documents, each * is_own[column.codes], columns.size)
    theirs = np.bincount(column.documents, each, columns.size)
    union = own + theirs - shared
    return np.asarray(shared / np.maximum(union, 1e-9), dtype=np.float32)
