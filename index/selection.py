"""Which documents are the hits of a request, and in what order, before any of them is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from aardekast.vocabulary import EVENT_KIND, Vocabulary
from index.columns import Bools, Columns
from index.facets import filter_masks
from index.matching import Matcher
from index.query import Query, QueryAnalyzer
from index.querytext import QueryText, read_query
from index.ranking import Ranker, Ranking
from index.request import SearchRequest, Sort

PLACE = ZoneInfo("Europe/Tallinn")  # an event is over by the calendar of the place


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The documents that answer a request.

    `found` are those of the query text, whatever the filters; `masks` says for each filter which documents pass it;
    `order` are those that pass them all, best first.
    """

    said: QueryText
    query: Query
    ranking: Ranking | None
    found: Bools
    masks: dict[str, Bools]
    order: NDArray[np.intp]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.order)

    @property
    def full(self) -> int:
        """How many of them are full answers, which stand first."""
        return self.total if self.ranking is None else int(self.ranking.full[self.order].sum())

    @property
    def complete(self) -> int:
        """How many of them hold every word."""
        return self.total if self.ranking is None else int(self.ranking.complete[self.order].sum())

    @property
    def best_partial(self) -> int | None:
        """The partial answer with the best score, whatever the order; None where all answer in full."""
        partial = self.order[self.full :]
        if self.ranking is None or not len(partial):
            return None
        return int(partial[np.argmax(self.ranking.scores[partial])])

    def score(self, number: int) -> float:
        """The score of a document; 0 where nothing was asked."""
        return float(self.ranking.scores[number]) if self.ranking is not None else 0.0

    def missing(self, number: int) -> tuple[str, ...]:
        """The words of the query that this document lacks."""
        if self.ranking is None:
            return ()
        rows = zip(self.query.required, self.ranking.matched, strict=True)
        return tuple(word.typed for word, row in rows if not row[number])


class Selector:
    """Selects from the documents of one generation."""

    def __init__(
        self, columns: Columns, analyzer: QueryAnalyzer, matcher: Matcher, ranker: Ranker, vocabulary: Vocabulary
    ) -> None:
        self._columns = columns
        self._analyzer = analyzer
        self._matcher = matcher
        self._ranker = ranker
        self._vocabulary = vocabulary

    def select(self, request: SearchRequest) -> Selection:
        """The hits of a request; never raises for what a visitor typed."""
        said = read_query(request.text, self._vocabulary)
        query = self._analyzer.of(said)
        ranking = self._ranker.rank(query) if query.words else None
        found = self._matcher.allowed(said)
        if ranking is not None:
            found &= ranking.answers(found, found & self._current(request, said))
        elif request.text.strip() and not said:
            found &= False  # what was typed has no word in it
        masks = self.masks(request, said)
        shown = found.copy()
        for mask in masks.values():
            shown &= mask
        order = self._order(request, said, ranking, shown)
        return Selection(said=said, query=query, ranking=ranking, found=found, masks=masks, order=order)

    def masks(self, request: SearchRequest, said: QueryText | None = None) -> dict[str, Bools]:
        """For each restricted facet the documents that pass; past events pass only where events are asked for."""
        masks = filter_masks(self._columns, request)
        masks["kind"] = masks.get("kind", self._columns.alive) & self._current(request, said)
        return masks

    def _current(self, request: SearchRequest, said: QueryText | None) -> Bools:
        """All but past events, or all where events are asked for."""
        asks_for_events = EVENT_KIND in (*request.kinds, *(said.kinds if said else ()))
        return self._columns.alive if asks_for_events else ~self.past()

    def past(self) -> Bools:
        """Events that are over."""
        over = np.zeros(self._columns.size, dtype=np.bool_)
        over[self._columns.are_over(_today())] = True
        return over

    def coming(self, request: SearchRequest) -> list[int]:
        """The events among the hits whose day is known and not over, the first to end first."""
        hits = np.zeros(self._columns.size, dtype=np.bool_)
        hits[self.select(replace(request, kinds=(EVENT_KIND,))).order] = True
        events = self._columns.coming(_today())
        return [int(number) for number in events[hits[events]]]

    def _order(
        self, request: SearchRequest, said: QueryText, ranking: Ranking | None, shown: Bools
    ) -> NDArray[np.intp]:
        """The shown documents: full answers before others, then by what was asked; equals by their newness."""
        numbers = np.flatnonzero(shown)
        newness = self._columns.by_newest[numbers]
        if request.sort is Sort.ADDED:
            keys: tuple[NDArray[np.generic], ...] = (self._columns.by_added[numbers],)
        elif request.sort is Sort.TITLE:
            keys = (self._columns.by_title[numbers],)
        elif request.sort is Sort.NEWEST or ranking is None:
            keys = (newness,)
        else:
            keys = (newness, -ranking.scores[numbers], ~self._matcher.as_typed(said)[numbers])
        if ranking is not None:
            keys = (*keys, ~ranking.full[numbers])
        return numbers[np.lexsort(keys)]


def _today() -> str:
    return datetime.now(PLACE).date().isoformat()
