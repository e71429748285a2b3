"""One segment of a generation, opened: lexicons and postings by language, the columns of its documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader, SegmentReader

from index.arrays import Arrays, open_arrays, runs
from index.columns import Bools
from index.inversion import POSITION_BITS
from index.lexicon import Lexicon, Numbers
from index.schema import LANGUAGES, text_field, title_field

Keys = NDArray[np.int64]
_FEW_WORDS = 32  # are copied stretch by stretch, which is faster than by the number of each element


WORDS, COLUMNS = ".arrays", ".columns"  # what Whoosh's name of a segment is followed by


class Segment:
    """The arrays of one segment; `base` is the number of its first document in the generation."""

    def __init__(self, words: Path, columns: Path, base: int, deleted: NDArray[np.int64], size: int) -> None:
        arrays = open_arrays(words)
        self.columns = open_arrays(columns)
        self.base = base
        self.size = size
        self.alive = np.ones(size, dtype=np.bool_)
        self.alive[deleted] = False
        self.has_deleted = bool(len(deleted))
        self.lexicons = {
            language: lexicon for language in LANGUAGES if len((lexicon := Lexicon(arrays, language)).words)
        }
        self.texts = {language: PostingSet(arrays, text_field(language)) for language in LANGUAGES}
        self.titles = {language: PostingSet(arrays, title_field(language)) for language in LANGUAGES}


class PostingSet:
    """The postings of one field: for each word of its lexicon the documents that hold it, how often and where."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.lengths = arrays[f"{name}.lengths"]
        self._starts = arrays[f"{name}.starts"]
        self._documents = arrays[f"{name}.documents"]
        self._frequencies = arrays[f"{name}.frequencies"]
        self._first_positions = arrays[f"{name}.first_positions"]
        self._positions = arrays[f"{name}.positions"]

    def sizes(self, words: Numbers) -> NDArray[np.int64]:
        """In how many documents each of these words stands."""
        return np.asarray(self._starts[words + 1] - self._starts[words])

    def of(self, words: Numbers) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:
        """Documents and frequencies of these words, one word after the other."""
        documents, frequencies = _stretches(self._starts, words, self._documents, self._frequencies)
        return documents, frequencies

    def all_keys(self) -> tuple[Keys, NDArray[np.int64]]:
        """Every occurrence of every word, one word after the other, and how many each word has."""
        keys = np.repeat(self._documents, self._frequencies).astype(np.int64) << POSITION_BITS
        return keys + self._positions, np.diff(self._first_positions)

    def keys(self, words: Numbers, within: Bools | None = None) -> Keys:
        """Every occurrence of these words as document * 2**20 + position, one word after the other.

        `within` says for each document of the segment whether its occurrences are wanted; None wants all.
        """
        documents, frequencies = self.of(words)
        if within is None:
            (positions,) = _stretches(self._first_positions, words, self._positions)
        else:
            chosen = np.flatnonzero(within[documents])
            starts = self._position_starts(words, frequencies)[chosen]
            documents, frequencies = documents[chosen], frequencies[chosen]
            positions = self._positions[runs(starts, starts + frequencies)]
        keys: Keys = (np.repeat(documents, frequencies).astype(np.int64) << POSITION_BITS) + positions
        return keys

    def _position_starts(self, words: Numbers, frequencies: NDArray[np.uint16]) -> NDArray[np.int64]:
        """Where the positions of each posting of these words begin."""
        before = np.cumsum(frequencies, dtype=np.int64) - frequencies
        sizes = self.sizes(words)
        of_words = np.append(before, 0)[np.cumsum(sizes) - sizes]
        starts: NDArray[np.int64] = before + np.repeat(self._first_positions[words] - of_words, sizes)
        return starts


def _stretches(starts: NDArray[np.int64], words: Numbers, *arrays: NDArray[Any]) -> Iterator[NDArray[Any]]:
    """What each array has of these words, one word after the other."""
    if len(words) > _FEW_WORDS:
        here = runs(starts[words], starts[words + 1])
        return (array[here] for array in arrays)
    bounds = list(zip(starts[words].tolist(), starts[words + 1].tolist(), strict=True))
    if len(bounds) == 1:
        return (array[bounds[0][0] : bounds[0][1]] for array in arrays)
    return (np.concatenate([array[:0], *(array[start:end] for start, end in bounds)]) for array in arrays)


def open_segments(folder: Path, reader: IndexReader) -> list[Segment]:
    """The segments of an index that Whoosh reads. Raises IndexMissingError where a file is missing or cut short."""
    segments, base = [], 0
    for leaf in segment_readers(reader):
        segments.append(open_segment(folder, leaf, base))
        base += leaf.doc_count_all()
    return segments


def open_segment(folder: Path, reader: SegmentReader, base: int) -> Segment:
    """The segment that one of Whoosh's readers reads."""
    name = reader.segment()
    deleted = np.array(sorted(name.deleted_docs()), dtype=np.int64)
    words, columns = folder / name.make_filename(WORDS), folder / name.make_filename(COLUMNS)
    return Segment(words, columns, base, deleted, reader.doc_count_all())


def segment_readers(reader: IndexReader) -> list[SegmentReader]:
    """Whoosh's readers of the single segments; none where the index is empty."""
    return [leaf for leaf, _ in reader.leaf_readers() if isinstance(leaf, SegmentReader)]
