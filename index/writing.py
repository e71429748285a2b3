"""Documents into segments by Whoosh's writer, and small segments into larger ones."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Segment
from whoosh.index import FileIndex
from whoosh.reading import IndexReader, SegmentReader
from whoosh.writing import SegmentWriter

from index.arrays import write_arrays
from index.codec import ArrayCodec
from index.columns import build_columns
from index.inversion import LAST_POSITION, POSITION_BITS, pack_run
from index.lexicon import Analyses
from index.schema import LANGUAGES, Entry, document_of, read_card, text_field, title_field
from index.segment import COLUMNS, PostingSet, Segment, open_segment, segment_readers
from index.session import WordNumbers

# Megabytes of packed words that Whoosh's writer may hold before it sorts a run to disk: 40,000 documents of 800 words.
_WRITER_MB = 256
# Segments of one size class (each eight times the one before) are merged when there are so many of them: each document
# is written about once for each class, and a search looks into a dozen segments at the most.
_MERGED = 6
_SMALLEST = 500  # documents; smaller segments are all of one class
_MOST_DELETED = 0.4  # of the documents of a segment; above that it is written anew without them


class ArrayWriter(SegmentWriter):
    """Whoosh's writer, with segments merged as arrays: no Python for each posting."""

    def __init__(self, index: FileIndex, analyses: Analyses) -> None:
        self._numbers = {language: WordNumbers() for language in LANGUAGES}
        # Compound segments are copied to the heap by every reader (research on the engine): left as files.
        super().__init__(index, codec=ArrayCodec(self._numbers, analyses), compound=False, limitmb=_WRITER_MB)

    def add(self, entry: Entry) -> None:
        """Add a document."""
        self.add_document(**document_of(entry, self._numbers))

    def commit(self, mergetype: Any = None, optimize: bool | None = None, merge: bool | None = None) -> None:
        """Write the new segment, merged with those that `mergetype` says (_merge_small where it is left out)."""
        super().commit(mergetype=mergetype or merge_small, optimize=optimize, merge=merge)

    def add_reader(self, reader: SegmentReader) -> None:
        """Take in the documents of another segment that were not deleted."""
        first = self.docnum
        moved = self.write_per_doc(set(self.schema.names()), reader)
        segment = open_segment(Path(self.storage.folder), reader, base=0)
        places = np.full(segment.size, -1, dtype=np.int64)
        places[segment.alive] = np.arange(first, self.docnum) if moved is None else sorted(moved.values())
        for language, lexicon in segment.lexicons.items():
            numbers = self._numbers[language]
            session = np.array(list(map(numbers.number, lexicon.words.texts())), dtype=np.uint32)
            for field, postings in (
                (text_field(language), segment.texts[language]),
                (title_field(language), segment.titles[language]),
            ):
                self._add_words(field, postings, session, places)
        self._added = True

    def _add_words(
        self, field: str, postings: PostingSet, session: NDArray[np.uint32], places: NDArray[np.int64]
    ) -> None:
        """Turn postings back into the words of each document."""
        keys, counts = postings.all_keys()
        numbers = np.repeat(session, counts)
        order = np.argsort(keys)
        keys, numbers = keys[order], numbers[order]
        documents, positions = keys >> POSITION_BITS, (keys & LAST_POSITION).astype(np.uint32)
        firsts = np.flatnonzero(np.diff(documents, prepend=-1))
        for start, end in zip(firsts, np.append(firsts[1:], len(keys)), strict=True):
            place = int(places[documents[start]])
            if place >= 0:
                self.pool.add((field, b"", place, 1.0, pack_run(numbers[start:end], positions[start:end])))


def merge_small(writer: ArrayWriter, segments: Sequence[W3Segment]) -> list[W3Segment]:
    """Whoosh's merge policy, ours: which segments stay; the others go into the writer's new one."""
    classes: defaultdict[int, list[W3Segment]] = defaultdict(list)
    for segment in segments:
        classes[_size_class(segment)].append(segment)
    merged = {s.segment_id() for alike in classes.values() if len(alike) >= _MERGED for s in alike}
    merged |= {s.segment_id() for s in segments if s.deleted_count() > _MOST_DELETED * s.doc_count_all()}
    for segment in segments:
        if segment.segment_id() in merged and segment.doc_count():
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return [segment for segment in segments if segment.segment_id() not in merged]


def write_columns(folder: Path, reader: IndexReader) -> list[Segment]:
    """Write the columns of the segments that have none yet, from what is stored; gives those segments."""
    written = []
    for leaf in segment_readers(reader):
        path = folder / leaf.segment().make_filename(COLUMNS)
        if not path.exists():
            write_arrays(path, build_columns(list(map(read_card, leaf.column_reader("resource")))))
            written.append(open_segment(folder, leaf, base=0))
    return written


def _size_class(segment: W3Segment) -> int:
    return max(0, math.ceil(math.log(max(segment.doc_count(), 1) / _SMALLEST, 8)))
