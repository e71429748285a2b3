"""What a generation holds of its documents beside their words, read out of Whoosh once when it is opened."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from aardekast.vocabulary import EVENT_KIND

Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

FACETS = ("audience", "topic", "kind", "language", "year", "county", "format", "publisher")


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The values of one facet: pairs of document and code, and what each code means; a code for 'unknown' is None."""

    documents: Ints
    codes: Ints
    values: tuple[str | int | None, ...]

    def matching(self, wanted: Bools, size: int) -> Bools:
        """The documents that have a wanted code; `wanted` is by code."""
        mask = np.zeros(size, dtype=np.bool_)
        mask[self.documents[wanted[self.codes]]] = True
        return mask

    def counts(self, documents: Bools) -> Ints:
        """How many of these documents have each code."""
        chosen = self.codes[documents[self.documents]]
        return np.bincount(chosen, minlength=len(self.values)).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry for each document number; documents that were deleted are not alive.

    `events` are the documents that are over some day, with that day.
    """

    alive: Bools
    ids: tuple[str, ...]
    by_id: dict[str, int]
    facets: dict[str, FacetColumn]
    by_newest: Ints
    by_title: Ints
    events: tuple[tuple[int, str], ...]

    @property
    def size(self) -> int:
        """Document numbers, the deleted included."""
        return len(self.ids)

    @property
    def count(self) -> int:
        """Documents that can be found."""
        return int(self.alive.sum())

    def values_of(self, facet: str) -> list[Any]:
        """One value of the facet for each document number, None where it has none."""
        found: list[Any] = [None] * self.size
        column = self.facets[facet]
        for document, code in zip(column.documents, column.codes, strict=True):
            found[document] = column.values[code]
        return found


def stamps(index: FileIndex) -> dict[str, str]:
    """The stamp of each resource that the index holds, by id."""
    with index.reader() as reader:
        cards = _cards(reader)
    return {card["id"]: card["stamp"] for card in cards if card is not None}


def read_columns(reader: IndexReader) -> Columns:
    """All columns of a generation."""
    cards = _cards(reader)
    alive = np.array([card is not None for card in cards], dtype=np.bool_)
    ids = tuple(card["id"] if card else "" for card in cards)
    return Columns(
        alive=alive,
        ids=ids,
        by_id={id_: number for number, id_ in enumerate(ids) if id_},
        facets={name: _facet(name, cards) for name in FACETS},
        by_newest=_order(cards, _newness, reverse=True),
        by_title=_order(cards, _title, reverse=False),
        events=tuple((n, card["over"]) for n, card in enumerate(cards) if card and _is_event(card)),
    )


def _cards(reader: IndexReader) -> list[dict[str, Any] | None]:
    if not reader.doc_count_all():
        return []
    column = reader.column_reader("card")
    return [
        None if reader.is_deleted(number) else json.loads(column[number]) for number in range(reader.doc_count_all())
    ]


def _is_event(card: dict[str, Any]) -> bool:
    return EVENT_KIND in card["kind"] and bool(card["over"])


def _facet(name: str, cards: list[dict[str, Any] | None]) -> FacetColumn:
    codes: dict[str | int | None, int] = {}
    documents, found = [], []
    for number, card in enumerate(cards):
        for value in _values(name, card) if card else ():
            documents.append(number)
            found.append(codes.setdefault(value, len(codes)))
    return FacetColumn(np.array(documents, dtype=np.int32), np.array(found, dtype=np.int32), tuple(codes))


def _values(name: str, card: dict[str, Any]) -> list[str | int | None]:
    return [card["year"]] if name == "year" else list(dict.fromkeys(card[name]))


def _order(cards: list[dict[str, Any] | None], key: Callable[[dict[str, Any]], Any], *, reverse: bool) -> Ints:
    """The rank of each document in an order, equals by their ids; deleted ones come last."""
    present = [(card["id"], key(card), number) for number, card in enumerate(cards) if card is not None]
    present.sort(key=lambda entry: entry[0])
    present.sort(key=lambda entry: entry[1], reverse=reverse)
    ranks = np.full(len(cards), len(cards), dtype=np.int32)
    ranks[[number for _, _, number in present]] = np.arange(len(present), dtype=np.int32)
    return ranks


def _newness(card: dict[str, Any]) -> tuple[str, str]:
    """By the day it was published; what has none comes after, by the day it was first seen."""
    return card["published"] or "", card["first_seen"]


# Estonian order: š after s, z and ž after that, õäöü at the end after w.
_ALPHABET = {sign: number for number, sign in enumerate("0123456789abcdefghijklmnopqrsšzžtuvwõäöüxy")}


def _title(card: dict[str, Any]) -> list[int]:
    return [_ALPHABET[sign] for sign in card["title"].lower() if sign in _ALPHABET]
