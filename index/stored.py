"""The resources as Whoosh stores them."""

from __future__ import annotations

from bisect import bisect_right
from threading import Lock
from typing import Any

from whoosh.reading import IndexReader

from aardekast.resource import Resource
from index.schema import read_stored
from index.segment import segment_readers


class StoredDocuments:
    """Reads single documents of a generation."""

    def __init__(self, reader: IndexReader) -> None:
        leaves = segment_readers(reader)
        self._columns = [leaf.column_reader("resource") for leaf in leaves]
        self._bases = [0]
        for leaf in leaves:
            self._bases.append(self._bases[-1] + leaf.doc_count_all())
        self._reading = Lock()  # Whoosh reads a column through one file position

    def read(self, number: int) -> tuple[Resource, dict[str, Any]]:
        """The resource of a document, and the places of its words."""
        segment = bisect_right(self._bases, number) - 1
        with self._reading:
            stored = self._columns[segment][number - self._bases[segment]]
        return read_stored(stored)
