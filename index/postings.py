"""Postings as arrays: decoded from Whoosh when a term is first asked for, then kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from index.stored import Bools, Floats, Ints

# Room for a position in the low bits of a key: longer texts than a million words stand on its last position.
_POSITION_BITS = 20
_LAST_POSITION = (1 << _POSITION_BITS) - 1
# Postings kept in memory, by their number; 8 bytes each, so about 64 MB for a process that has seen every word.
_KEPT_POSTINGS = 8_000_000


class Postings(NamedTuple):
    """The documents that hold a term, in order, and how often each does."""

    documents: Ints
    frequencies: Floats


NONE = Postings(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class PostingStore:
    """The postings of one generation. Safe to share between threads: Whoosh's reader is only used under a lock."""

    def __init__(self, reader: IndexReader, alive: Bools) -> None:
        self._reader = reader
        self._alive = alive
        self._lock = threading.Lock()
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._keys: OrderedDict[tuple[str, str], NDArray[np.int64]] = OrderedDict()
        self._size = 0
        self._lengths: dict[str, tuple[Floats, float]] = {}

    def get(self, field: str, term: str) -> Postings:
        """The postings of a term; NONE where no document holds it."""
        name = (field, term)
        with self._lock:
            found = self._postings.get(name)
            if found is None:
                found = self._decode(field, term)
                self._keep(name, found)
            else:
                self._postings.move_to_end(name)
        return found

    def keys(self, field: str, term: str) -> NDArray[np.int64]:
        """Each occurrence of a term as document * 2**20 + position, in order; the field must keep positions."""
        name = (field, term)
        with self._lock:
            found = self._keys.get(name)
            if found is None:
                found = self._decode_keys(field, term)
                self._keys[name] = found
                while sum(map(len, self._keys.values())) > _KEPT_POSTINGS:
                    self._keys.popitem(last=False)
        return found

    def lengths(self, field: str) -> tuple[Floats, float]:
        """The length of the field in each document, in terms, and its mean over those that have it."""
        with self._lock:
            if field not in self._lengths:
                read = self._reader.doc_field_length
                numbers = range(self._reader.doc_count_all())
                lengths = np.array([read(number, field, 0) for number in numbers], dtype=np.float32)
                present = lengths[(lengths > 0) & self._alive]
                self._lengths[field] = lengths, float(present.mean()) if len(present) else 1.0
            return self._lengths[field]

    def _decode(self, field: str, term: str) -> Postings:
        if (field, term) not in self._reader:
            return NONE
        matcher = self._reader.postings(field, term)
        documents, frequencies = [], []
        while matcher.is_active():
            documents.append(matcher.id())
            frequencies.append(matcher.weight())
            matcher.next()
        return Postings(np.array(documents, dtype=np.int32), np.array(frequencies, dtype=np.float32))

    def _decode_keys(self, field: str, term: str) -> NDArray[np.int64]:
        if (field, term) not in self._reader:
            return np.empty(0, dtype=np.int64)
        matcher = self._reader.postings(field, term)
        keys: list[int] = []
        while matcher.is_active():
            base = matcher.id() << _POSITION_BITS
            keys.extend(base + min(position, _LAST_POSITION) for position in matcher.value_as("positions"))
            matcher.next()
        return np.array(keys, dtype=np.int64)

    def _keep(self, name: tuple[str, str], found: Postings) -> None:
        self._postings[name] = found
        self._size += len(found.documents) + 1
        while self._size > _KEPT_POSTINGS:
            _, dropped = self._postings.popitem(last=False)
            self._size -= len(dropped.documents) + 1


def merge_keys(parts: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The occurrences of any of several terms, in order."""
    if len(parts) == 1:
        return parts[0]
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)


def near(first: NDArray[np.int64], second: NDArray[np.int64], window: int) -> Postings:
    """The documents where an occurrence of one stands within `window` words of one of the other, and how often."""
    if not len(first) or not len(second):
        return NONE
    after = np.searchsorted(second, first)
    before = np.abs(first - second[np.maximum(after - 1, 0)])
    behind = np.abs(first - second[np.minimum(after, len(second) - 1)])
    distance = np.minimum(np.where(before == 0, window + 1, before), np.where(behind == 0, window + 1, behind))
    documents, counts = np.unique(first[distance <= window] >> _POSITION_BITS, return_counts=True)
    return Postings(documents.astype(np.int32), counts.astype(np.float32))
