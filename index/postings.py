"""Postings as arrays: decoded from Whoosh when a term is first asked for, then kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from index.alike import AlikeForms
from index.schema import EXACT, LEMMA, PART, title_of
from index.stored import Bools, Floats, Ints

# Room for a position in the low bits of a key: longer texts than a million words stand on its last position.
POSITION_BITS = 20
_LAST_POSITION = (1 << POSITION_BITS) - 1
# Kept in memory: postings of 8 bytes, and about as much as 40 of them for the objects around each term. 4 million
# are at the most 32 MB for the postings and as much for the positions, in a process that has seen every word.
_KEPT_POSTINGS = 4_000_000
_TERM_COST = 40


class Postings(NamedTuple):
    """The documents that hold a term, in order, and how often each does."""

    documents: Ints
    frequencies: Floats


Value = TypeVar("Value")
NO_KEYS = np.empty(0, dtype=np.int64)
NONE = Postings(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class _Kept(Generic[Value]):
    """What was asked for last, up to a size; `length` says how many postings a value has."""

    def __init__(self, length: Callable[[Value], int]) -> None:
        self._length = length
        self._values: OrderedDict[tuple[str, str], Value] = OrderedDict()
        self._size = 0

    def get(self, name: tuple[str, str]) -> Value | None:
        value = self._values.get(name)
        if value is not None:
            self._values.move_to_end(name)
        return value

    def keep(self, name: tuple[str, str], value: Value) -> Value:
        self._values[name] = value
        self._size += self._length(value) + _TERM_COST
        while self._size > _KEPT_POSTINGS and len(self._values) > 1:
            _, dropped = self._values.popitem(last=False)
            self._size -= self._length(dropped) + _TERM_COST
        return value


class PostingStore:
    """The postings of one generation. Safe to share between threads: Whoosh's reader is only used under a lock."""

    def __init__(self, reader: IndexReader, alive: Bools) -> None:
        self._reader = reader
        self._alive = alive
        self._lock = threading.Lock()
        self._postings = _Kept[Postings](lambda found: len(found.documents))
        self._keys = _Kept[NDArray[np.int64]](len)
        self._lengths: dict[str, tuple[Floats, float]] = {}
        self._alike: AlikeForms | None = None

    def has(self, field: str, term: str) -> bool:
        """Whether any document holds the term."""
        with self._lock:
            return (field, term) in self._reader

    def get(self, field: str, term: str) -> Postings:
        """The postings of a term; NONE where no document holds it."""
        with self._lock:
            found = self._postings.get((field, term))
            if found is None:
                if (field, term) not in self._reader:
                    return NONE  # not kept: what nobody wrote is without number
                found = self._postings.keep((field, term), self._decode(field, term))
            return found

    def weighted(self, field: str, terms: Sequence[tuple[str, float]]) -> Postings:
        """The documents that hold any of the terms; the frequency is the sum of each term's times its weight."""
        found = [(self.get(field, term), weight) for term, weight in terms]
        if not found:
            return NONE
        documents = np.concatenate([postings.documents for postings, _ in found])
        frequencies = np.concatenate([postings.frequencies * np.float32(weight) for postings, weight in found])
        different, places = np.unique(documents, return_inverse=True)
        return Postings(different, np.bincount(places, frequencies, len(different)).astype(np.float32))

    def alike(self, form: str) -> list[tuple[str, float]]:
        """The exact forms of the index most like this one, with their likeness (see AlikeForms)."""
        with self._lock:
            if self._alike is None:
                self._alike = AlikeForms(list(self._reader.field_terms(EXACT)))
        return self._alike.alike(form)

    def keys(self, field: str, term: str) -> NDArray[np.int64]:
        """Each occurrence of a term as document * 2**20 + position, in order; the field must keep positions."""
        with self._lock:
            found = self._keys.get((field, term))
            if found is None:
                if (field, term) not in self._reader:
                    return NO_KEYS
                found = self._keys.keep((field, term), self._decode_keys(field, term))
            return found

    def lengths(self, field: str) -> tuple[Floats, float]:
        """How many words of each document the field speaks of, and the mean over the documents that have any."""
        with self._lock:
            if field not in self._lengths:
                lengths = self._count_terms(field)
                if not field.startswith(EXACT):
                    # Lemmas of one word count once, and words without parts count too.
                    is_title = field.endswith(title_of(""))
                    every, lemmas = (title_of(EXACT), title_of(LEMMA)) if is_title else (EXACT, LEMMA)
                    if field.startswith((LEMMA, PART)):
                        lengths = np.minimum(self._count_terms(every), self._count_terms(lemmas))
                present = lengths[(lengths > 0) & self._alive]
                self._lengths[field] = lengths, float(present.mean()) if len(present) else 1.0
            return self._lengths[field]

    def _count_terms(self, field: str) -> Floats:
        read = self._reader.doc_field_length
        return np.array([read(number, field, 0) for number in range(self._reader.doc_count_all())], dtype=np.float32)

    def _decode(self, field: str, term: str) -> Postings:
        matcher = self._reader.postings(field, term)
        documents, frequencies = [], []
        while matcher.is_active():
            documents.append(matcher.id())
            frequencies.append(matcher.weight())
            matcher.next()
        return Postings(np.array(documents, dtype=np.int32), np.array(frequencies, dtype=np.float32))

    def _decode_keys(self, field: str, term: str) -> NDArray[np.int64]:
        matcher = self._reader.postings(field, term)
        keys: list[int] = []
        while matcher.is_active():
            base = matcher.id() << POSITION_BITS
            keys.extend(base + min(position, _LAST_POSITION) for position in matcher.value_as("positions"))
            matcher.next()
        return np.array(keys, dtype=np.int64)


def merge_keys(parts: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The occurrences of any of several terms, in order."""
    if len(parts) == 1:
        return parts[0]
    return np.unique(np.concatenate(parts)) if parts else NO_KEYS


def near(first: NDArray[np.int64], second: NDArray[np.int64], window: int) -> Postings:
    """The documents where an occurrence of one stands within `window` words of one of the other, and how often."""
    if not len(first) or not len(second):
        return NONE
    after = np.searchsorted(second, first)
    before = np.abs(first - second[np.maximum(after - 1, 0)])
    behind = np.abs(first - second[np.minimum(after, len(second) - 1)])
    distance = np.minimum(np.where(before == 0, window + 1, before), np.where(behind == 0, window + 1, behind))
    documents, counts = np.unique(first[distance <= window] >> POSITION_BITS, return_counts=True)
    return Postings(documents.astype(np.int32), counts.astype(np.float32))
