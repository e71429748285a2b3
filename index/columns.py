"""What is known of each document beside its words, as arrays: ids, facets, orders, days."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aardekast.vocabulary import EVENT_KIND
from index.answer import SuggestionKind
from index.arrays import Arrays
from index.completion import Entry, build_completer
from index.terms import TermList, WordTerms, pack_terms

Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Value = str | int | None

FACETS = ("audience", "topic", "kind", "language", "year", "county", "format", "publisher")
NAMED = (*FACETS, "author")  # what documents are filtered by
LISTS = (*NAMED, "keyword")
_FEW_VALUES = 64  # of a facet: its documents are counted by bits, 8 kB for each value of 64,000 documents
_MINUTE_BITS = 32  # of a newness; above them stands the day it was published
_MINUTES = (1 << _MINUTE_BITS) - 1
NEVER = np.iinfo(np.int32).max  # the day on which what is no event is over


class FacetColumn:
    """The values of one facet: pairs of document and code, and what each code means; a code for 'unknown' is None."""

    def __init__(self, documents: Ints, codes: Ints, values: tuple[Value, ...], size: int) -> None:
        self.documents = documents
        self.codes = codes
        self.values = values
        self._holders = _holders(documents, codes, len(values), size) if len(values) <= _FEW_VALUES else None

    def matching(self, wanted: Bools, size: int) -> Bools:
        """The documents that have a wanted code; `wanted` is by code."""
        mask = np.zeros(size, dtype=np.bool_)
        mask[self.documents[wanted[self.codes]]] = True
        return mask

    def counts(self, documents: Bools) -> Ints:
        """How many of these documents have each code."""
        if self._holders is not None:
            return np.asarray(np.bitwise_count(self._holders & _bits(documents)).sum(axis=1, dtype=np.int32))
        chosen = self.codes[documents[self.documents]]
        return np.bincount(chosen, minlength=len(self.values)).astype(np.int32)


def _holders(documents: Ints, codes: Ints, values: int, size: int) -> NDArray[np.uint64]:
    """For each code the documents that have it, a bit for each."""
    rows = np.zeros((values, size), dtype=np.bool_)
    rows[codes, documents] = True
    return _bits(rows)


def _bits(masks: Bools) -> NDArray[np.uint64]:
    """The last axis of masks as bits, in words of 64."""
    packed = np.packbits(masks, axis=-1)
    whole = np.zeros((*masks.shape[:-1], -(-packed.shape[-1] // 8) * 8), dtype=np.uint8)
    whole[..., : packed.shape[-1]] = packed
    return whole.view(np.uint64)


def build_columns(cards: Sequence[dict[str, Any]]) -> dict[str, NDArray[Any]]:
    """The arrays of one segment's documents, from their cards."""
    ids = [card["id"].encode() for card in cards]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    arrays: dict[str, NDArray[Any]] = pack_terms("ids", [ids[number] for number in order])
    arrays["ids.documents"] = np.array(order, dtype=np.int32)
    arrays["versions"] = np.array([card["version"].encode() for card in cards], dtype="S24")
    arrays["newness"] = np.array([_newness(card) for card in cards], dtype=np.int64)
    arrays["titles"] = np.array([_title(card["title"]) for card in cards], dtype=f"S{_TITLE_SIGNS}")
    arrays["ties"] = np.array([_tie(id_) for id_ in ids], dtype=np.uint64)
    arrays["over"] = np.array([_over(card) for card in cards], dtype=np.int32)
    for name in LISTS:
        arrays |= _pack_facet(name, cards)
    return arrays | build_completer("completions", [*_titles(cards), *_keywords(cards)])


def _titles(cards: Sequence[dict[str, Any]]) -> list[Entry]:
    return [Entry(card["title"], SuggestionKind.TITLE, card["id"]) for card in cards]


def _keywords(cards: Sequence[dict[str, Any]]) -> list[Entry]:
    counts = Counter(keyword for card in cards for keyword in card["keyword"])
    return [Entry(keyword, SuggestionKind.PHRASE, keyword.lower(), count) for keyword, count in counts.items()]


class Columns:
    """The columns of all segments of a generation; documents that were deleted are not alive."""

    def __init__(self, segments: Sequence[Arrays], alive: Sequence[Bools]) -> None:
        self._segments = segments
        self.bases = np.cumsum([0, *map(len, alive)]).tolist()
        self.alive = np.concatenate([*alive, np.empty(0, dtype=np.bool_)])
        self.size = len(self.alive)
        self.count = int(self.alive.sum())
        self._ids = [TermList(arrays, "ids") for arrays in segments]
        self.facets = {name: self._facet(name) for name in NAMED}
        over = self._joined("over", np.int32)
        self._events = np.flatnonzero(over != NEVER).astype(np.int32)
        self._ends = over[self._events]

    def number_of(self, resource_id: str) -> int | None:
        """The document of a resource."""
        for base, ids, arrays in zip(self.bases, self._ids, self._segments, strict=False):
            place = ids.find(resource_id)
            if place is not None:
                number: int = base + int(arrays["ids.documents"][place])
                if self.alive[number]:
                    return number
        return None

    def versions(self) -> dict[str, tuple[int, str]]:
        """The document and the version of each resource, by id."""
        found = {}
        for base, ids, arrays in zip(self.bases, self._ids, self._segments, strict=False):
            versions = arrays["versions"].tolist()
            for place, number in enumerate(arrays["ids.documents"].tolist()):
                if self.alive[base + number]:
                    found[ids.text(place)] = (base + number, versions[number].decode())
        return found

    def are_over(self, day: str) -> Ints:
        """The events that are over on a day (2026-11-22)."""
        return self._events[self._ends < int(day.replace("-", ""))]

    def coming(self, day: str) -> Ints:
        """The events that are not over on a day (2026-11-22), the first to end first."""
        numbers = np.flatnonzero(self._ends >= int(day.replace("-", "")))
        return self._events[numbers[np.argsort(self._ends[numbers], kind="stable")]]

    def seen(self) -> Iterator[tuple[str, datetime | None]]:
        """The id of each resource, and the minute it was first seen where that is known."""
        minutes = (self._joined("newness", np.int64) & _MINUTES).tolist()
        for base, ids, arrays in zip(self.bases, self._ids, self._segments, strict=False):
            for place, number in enumerate(arrays["ids.documents"].tolist()):
                if self.alive[base + number]:
                    minute = minutes[base + number]
                    yield ids.text(place), datetime.fromtimestamp(minute * 60, UTC) if minute else None

    @cached_property
    def by_newest(self) -> Ints:
        """The rank of each document from the newest; what has no day comes after, by the day it was first seen."""
        return _ranks(-self._joined("newness", np.int64), self._joined("ties", np.uint64))

    @cached_property
    def by_added(self) -> Ints:
        """The rank of each document from the one first seen last; what came in the same minute by its newness."""
        newness = self._joined("newness", np.int64)
        return _ranks(-(newness & _MINUTES), -newness, self._joined("ties", np.uint64))

    @cached_property
    def by_title(self) -> Ints:
        """The rank of each document by its title, in the order of the Estonian alphabet."""
        return _ranks(self._joined("titles", f"S{_TITLE_SIGNS}"), self._joined("ties", np.uint64))

    def _joined(self, name: str, kind: Any) -> NDArray[Any]:
        return np.concatenate([np.empty(0, dtype=kind), *(arrays[name] for arrays in self._segments)])

    def _facet(self, name: str) -> FacetColumn:
        """The facet over all segments: each has codes of its own."""
        codes: dict[Value, int] = {}
        documents, found = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.int32)]
        for base, arrays in zip(self.bases, self._segments, strict=False):
            values = json.loads(arrays[f"{name}.values"].tobytes())
            common = np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.int32)
            documents.append(arrays[f"{name}.documents"] + np.int32(base))
            found.append(common[arrays[f"{name}.codes"]])
        return FacetColumn(np.concatenate(documents), np.concatenate(found), tuple(codes), self.size)


def _ranks(*keys: NDArray[Any]) -> Ints:
    """The rank of each document by the first key, equals by the next."""
    ranks = np.empty(len(keys[0]), dtype=np.int32)
    ranks[np.lexsort(keys[::-1])] = np.arange(len(ranks), dtype=np.int32)
    return ranks


def _pack_facet(name: str, cards: Sequence[dict[str, Any]]) -> dict[str, NDArray[Any]]:
    of_cards = [list(dict.fromkeys(card[name])) for card in cards]
    values, counts, codes = WordTerms().extended(of_cards)
    packed = json.dumps(list(values), ensure_ascii=False).encode("utf-8", "replace")
    return {
        f"{name}.documents": np.repeat(np.arange(len(cards), dtype=np.int32), counts),
        f"{name}.codes": codes,
        f"{name}.values": np.frombuffer(packed, dtype=np.uint8),
    }


def _newness(card: dict[str, Any]) -> int:
    """Grows with the day it was published, to the precision known, then with the minute it was first seen."""
    seen = card["first_seen"]
    minutes = int(datetime.fromisoformat(seen).timestamp()) // 60 if seen else 0
    return _day(card["published"], unknown="0") << _MINUTE_BITS | minutes


def _over(card: dict[str, Any]) -> int:
    """The day an event is over, as yyyymmdd; what is not known of it counts as late as it may be."""
    is_event = EVENT_KIND in card["kind"] and bool(card["over"])
    return _day(card["over"], unknown="9") if is_event else NEVER


def _day(known: str | None, unknown: str) -> int:
    """A year, month or day as a number of eight digits, the unknown digits filled; 0 where nothing is known."""
    digits = (known or "").replace("-", "")[:8]
    return int(digits.ljust(8, unknown)) if digits.isdigit() else 0


_TITLE_SIGNS = 48
# Estonian order: š after s, z and ž after that, õäöü at the end after w.
_ALPHABET = {sign: number for number, sign in enumerate("0123456789abcdefghijklmnopqrsšzžtuvwõäöüxy", start=1)}


def _title(title: str) -> bytes:
    return bytes(map(_ALPHABET.__getitem__, filter(_ALPHABET.__contains__, title.lower())))[:_TITLE_SIGNS]


def _tie(id_: bytes) -> int:
    """An order among equals that does not depend on when they were written."""
    return int.from_bytes(hashlib.blake2b(id_, digest_size=8).digest(), "little")
