"""How Whoosh writes our segments: its stored columns as they come, its postings as arrays.

Whoosh gives the field writer one item for each field of a document, its words packed; nothing in Python is done
for each posting. Whoosh's own queries do not run over these segments: what matches and how well is index/postings.py
and index/ranking.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldWriter, PerDocumentReader, TermsReader
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage

from index.arrays import write_arrays
from index.inversion import Run, invert, unpack_run
from index.lexicon import Analyses, build_lexicon, build_spellings
from index.schema import LANGUAGES, text_field, title_field
from index.segment import WORDS
from index.session import WordNumbers

Item = tuple[str, bytes, int, float, bytes]


class ArrayCodec(W3Codec):
    """Written by one session that numbers words and knows their analyses; read by no one but index/segment.py."""

    def __init__(self, numbers: dict[str, WordNumbers] | None = None, analyses: Analyses | None = None) -> None:
        super().__init__()
        self._numbers = numbers
        self._analyses = analyses

    def __reduce__(self) -> tuple[type[ArrayCodec], tuple[()]]:
        return ArrayCodec, ()  # Whoosh pickles it into its table of contents; the session ends with the writer

    def field_writer(self, storage: FileStorage, segment: W3Segment) -> ArrayFieldWriter:
        assert self._numbers is not None
        assert self._analyses is not None
        path = Path(storage.folder) / segment.make_filename(WORDS)
        return ArrayFieldWriter(path, self._numbers, self._analyses)

    def terms_reader(self, storage: FileStorage, segment: W3Segment) -> NoTermsReader:
        return NoTermsReader()


class ArrayFieldWriter(FieldWriter):
    """Writes the lexicons and postings of one segment."""

    is_closed = False

    def __init__(self, path: Path, numbers: dict[str, WordNumbers], analyses: Analyses) -> None:
        self._path = path
        self._numbers = numbers
        self._analyses = analyses

    def add_postings(self, schema: Any, lengths: PerDocumentReader, items: Iterable[Item]) -> None:
        runs: defaultdict[str, list[Run]] = defaultdict(list)
        for field, _, document, _, packed in items:
            runs[field].append(unpack_run(document, packed))
        arrays: dict[str, NDArray[Any]] = {}
        for language in LANGUAGES:
            arrays |= self._arrays(language, runs[text_field(language)], runs[title_field(language)], lengths)
        write_arrays(self._path, arrays)

    def _arrays(
        self, language: str, texts: list[Run], titles: list[Run], lengths: PerDocumentReader
    ) -> dict[str, NDArray[Any]]:
        """The lexicon of a language and its two sets of postings; the words of a title are words of the text too."""
        words, ranks = self._numbers[language].ordered([run.words for run in texts])
        size = lengths.doc_count_all()
        arrays = (
            build_lexicon(language, words, self._analyses)
            | invert(text_field(language), texts, ranks, len(words), size)
            | invert(title_field(language), titles, ranks, len(words), size)
        )
        return arrays | build_spellings(language, arrays, np.diff(arrays[f"{text_field(language)}.starts"]))

    def close(self) -> None:
        self.is_closed = True


class NoTermsReader(TermsReader):
    """What Whoosh sees of our postings: nothing."""

    def __contains__(self, term: object) -> bool:
        return False

    def indexed_field_names(self) -> Iterator[str]:
        return iter(())
