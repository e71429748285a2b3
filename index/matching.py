"""Which documents fulfil what a query text says beside its plain words: phrases, words of the title, filters, minus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aardekast.language.estonian import query_lemmas
from index import weights
from index.columns import Bools, Columns, Value
from index.facets import is_in_years
from index.inversion import POSITION_BITS
from index.postings import PostingStore
from index.querytext import Conditions, Phrase, QueryText, Sought, is_named
from index.schema import EXACT, PART, title_of
from index.segment import Keys

EveryForm = Callable[[str], Sequence[tuple[str, str]]]


class Matcher:
    """Matches conditions in the documents of one generation. Each mask has a place for each document number."""

    def __init__(self, store: PostingStore, columns: Columns, every_form: EveryForm) -> None:
        """`every_form` gives the terms of a word in all its forms."""
        self._every_form = every_form
        self._store = store
        self._columns = columns

    def allowed(self, said: QueryText) -> Bools:
        """The documents that fulfil all that must hold: everything but the plain words and beginnings."""
        allowed = self._columns.alive.copy()
        for mask in self._required(said):
            allowed &= mask
        for mask in self._excluding(said.excluded):
            allowed &= ~mask
        return allowed

    def beginning_with(self, prefix: str, *, in_title: bool = False) -> Bools:
        """The documents that have a word with this beginning."""
        field = title_of(EXACT) if in_title else EXACT
        return self._mask(self._store.starting_with(field, prefix.lower(), weights.MOST_BEGINNING).documents)

    def as_typed(self, said: QueryText) -> Bools:
        """The documents that have every phrase exactly as it was typed."""
        mask = np.ones(self._columns.size, dtype=np.bool_)
        for phrase in said.phrases:
            keys = self._store.phrase([[(EXACT, word.lower())] for word in phrase])
            mask &= self._mask(keys >> POSITION_BITS)
        return mask

    def _required(self, said: QueryText) -> Iterator[Bools]:
        for phrase in said.phrases:
            yield self.with_phrase(phrase)
        yield from self._in_title(said.in_title)
        for filtered in self._filters(said):
            yield np.logical_or.reduce([*filtered])

    def _excluding(self, conditions: Conditions) -> Iterator[Bools]:
        for word in conditions.words:
            yield self._word(word, in_title=False)
        for prefix in conditions.prefixes:
            yield self.beginning_with(prefix)
        for phrase in conditions.phrases:
            yield self.with_phrase(phrase)
        yield from self._in_title(conditions.in_title, with_parts=False)
        for filtered in self._filters(conditions):
            yield from filtered

    def _in_title(self, sought: Sought, *, with_parts: bool = True) -> Iterator[Bools]:
        for word in sought.words:
            yield self._word(word, in_title=True, with_parts=with_parts)
        for prefix in sought.prefixes:
            yield self.beginning_with(prefix, in_title=True)
        for phrase in sought.phrases:
            yield self.with_phrase(phrase, in_title=True)

    def _filters(self, conditions: Conditions) -> Iterator[list[Bools]]:
        """For each filter the documents of each of its values."""
        for facet, wanted in (("topic", conditions.topics), ("kind", conditions.kinds)):
            if wanted:
                yield [self._facet(facet, slug.__eq__) for slug in wanted]
        for facet, names in (("author", conditions.authors), ("publisher", conditions.publishers)):
            if names:
                yield [self._facet(facet, partial(_is_named, name)) for name in names]
        if conditions.years:
            yield [self._facet("year", lambda value: is_in_years(value, conditions.years))]

    def _word(self, word: str, *, in_title: bool, with_parts: bool = False) -> Bools:
        """The documents that have a word in any of its forms."""
        mask = np.zeros(self._columns.size, dtype=np.bool_)
        parts = [(PART, lemma) for lemma in query_lemmas(word)] if with_parts else []
        for channel, term in [*self._every_form(word), *parts]:
            mask[self._store.get(title_of(channel) if in_title else channel, term).documents] = True
        return mask

    def with_phrase(self, phrase: Phrase, *, in_title: bool = False) -> Bools:
        """The documents where these words follow each other; of a single word, those that have this very form."""
        if len(phrase) == 1:
            field = title_of(EXACT) if in_title else EXACT
            return self._mask(self._store.get(field, phrase[0].lower()).documents)
        return self._mask(self.phrase_keys(phrase, in_title=in_title) >> POSITION_BITS)

    def phrase_keys(self, phrase: Phrase, *, in_title: bool = False) -> Keys:
        """Where the words of a phrase, each in any of its forms, follow each other: its first word's occurrences."""
        words = [list(self._every_form(word)) for word in phrase]
        if in_title:
            words = [[(title_of(channel), term) for channel, term in terms] for terms in words]
        return self._store.phrase(words)

    def _facet(self, name: str, is_wanted: Callable[[Value], bool]) -> Bools:
        column = self._columns.facets[name]
        codes = np.array([is_wanted(value) for value in column.values], dtype=np.bool_)
        return column.matching(codes, self._columns.size)

    def _mask(self, documents: NDArray[Any]) -> Bools:
        mask = np.zeros(self._columns.size, dtype=np.bool_)
        mask[documents] = True
        return mask


def _is_named(typed: str, value: Value) -> bool:
    return is_named(typed, str(value))
