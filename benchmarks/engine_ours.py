"""Our own index, asked by the layer that the product searches with: postings, occurrences and columns as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from recombined import Question
from whoosh.index import open_dir

from aardekast.curated import load_vocabulary
from aardekast.language.text import written_words
from aardekast.resource import Resource
from aardekast.settings import Settings
from index import Published, ResourceList, engine_at
from index.columns import Bools, Columns, Floats
from index.generations import Generations
from index.inversion import POSITION_BITS
from index.postings import Postings, PostingStore
from index.publishing import WORD_CACHE
from index.schema import EXACT, title_of
from index.segment import Keys, open_segments
from index.weights import MOST_BEGINNING
from index.wordcache import WordCache

TOP = 10
FACETS = ("audience", "topic", "kind")
_TITLE = 2  # a word of a title is one of the text too: three times in all
_K1, _B = 1.2, 0.75
Counts = dict[str, dict[str, int]]


def fill_word_cache(resources: Sequence[Resource], folder: Path) -> None:
    """Analyse the words of the resources beforehand."""
    folder.mkdir(parents=True, exist_ok=True)
    words: set[str] = set()
    for resource in resources:
        words.update(written_words(resource.title), written_words(resource.text))
    with WordCache(folder / WORD_CACHE) as analyses:
        analyses(sorted(words))


@dataclass
class KnownVersions(ResourceList):
    """Resources whose versions are known before they are published, as the catalogue knows them."""

    def __post_init__(self) -> None:
        self._versions = super().versions()

    def versions(self) -> dict[str, str]:
        """As they were at first."""
        return self._versions


class Ours:
    """Aardekast."""

    name = "Aardekast"

    def __init__(self) -> None:
        self._vocabulary = load_vocabulary(Settings.load({}))

    def build(self, resources: KnownVersions, folder: Path) -> Published:
        """Publish a generation."""
        return engine_at(folder, self._vocabulary).update(resources)

    def open(self, folder: Path) -> Asked:
        """Open the newest generation."""
        return Asked(Generations(folder).require())


class Asked:
    """One generation, opened by the layer below the ranking."""

    def __init__(self, folder: Path) -> None:
        with open_dir(str(folder), readonly=True).reader() as reader:
            segments = open_segments(folder, reader)
        self._store = PostingStore(segments)
        self._columns = Columns([s.columns for s in segments], [s.alive for s in segments])

    def __call__(self, question: Question) -> tuple[int, Counts]:
        """The ten best, how many there are, and the counts of three facets."""
        scores = np.zeros(self._columns.size, dtype=np.float32)
        matched = self._matched(question, scores)
        numbers = np.flatnonzero(matched)
        if len(numbers) > TOP:
            best = numbers[np.argpartition(-scores[numbers], TOP)[:TOP]]
            best[np.argsort(-scores[best])]
        facets = {name: self._columns.facets[name] for name in FACETS}
        return len(numbers), {
            name: {str(v): n for v, n in zip(facet.values, facet.counts(matched).tolist(), strict=True) if n}
            for name, facet in facets.items()
        }

    def _matched(self, question: Question, scores: Floats) -> Bools:
        if question.kind == "phrase":
            return self._add(
                EXACT, _per_document(self._store.phrase([[(EXACT, word)] for word in question.words])), scores
            ) | self._add(
                title_of(EXACT),
                _per_document(self._store.phrase([[(title_of(EXACT), word)] for word in question.words])),
                scores,
            )
        if question.kind == "prefix":
            found = (
                self._add(field, self._store.starting_with(field, question.words[0], MOST_BEGINNING), scores)
                for field in (EXACT, title_of(EXACT))
            )
            return np.logical_or(*found)
        masks = []
        for word in question.words:
            masks.append(self._add(EXACT, self._store.get(EXACT, word), scores))
            self._add(title_of(EXACT), self._store.get(title_of(EXACT), word), scores)
        return (np.logical_and if question.kind == "all" else np.logical_or).reduce(masks)

    def _add(self, field: str, found: Postings, scores: Floats) -> Bools:
        """Add the BM25 of some postings; where they are."""
        mask = np.zeros(self._columns.size, dtype=np.bool_)
        mask[found.documents] = True
        lengths, mean = self._store.lengths(field)
        count = len(found.documents)
        idf = np.log1p((self._columns.count - count + 0.5) / (count + 0.5))
        norm = _K1 * (1 - _B + _B / mean * lengths[found.documents])
        weight = idf * (_K1 + 1) * (1 if field == EXACT else _TITLE)
        scores[found.documents] += np.float32(weight) * found.frequencies / (found.frequencies + norm)
        return mask


def _per_document(starts: Keys) -> Postings:
    documents, counts = np.unique(starts >> POSITION_BITS, return_counts=True)
    return Postings(documents.astype(np.int32), counts.astype(np.float32))
