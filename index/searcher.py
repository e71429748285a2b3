"""One generation, opened: searches, resources, passages. Shared by threads without a lock of its own."""

from __future__ import annotations

import time
import weakref
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex, open_dir
from whoosh.reading import IndexReader

from aardekast.resource import Resource
from aardekast.vocabulary import EVENT_KIND, Vocabulary
from index.answer import Hit, PassageHit, SearchPage
from index.extracts import Extracts
from index.facets import count_facets, filter_masks
from index.generations import About
from index.postings import PostingStore
from index.priors import priors
from index.query import Query, QueryAnalyzer
from index.ranking import Ranker, Ranking
from index.request import MAX_PAGE, SearchRequest, Sort
from index.schema import resource_from
from index.stored import Bools, read_columns

PLACE = ZoneInfo("Europe/Tallinn")  # an event is over by the calendar of the place


class Searcher:
    """Answers from the generation in `folder`; later generations do not change it."""

    def __init__(self, folder: Path, about: About, vocabulary: Vocabulary) -> None:
        self.generation = folder.name
        self.about = about
        self._vocabulary = vocabulary
        index = open_dir(str(folder), readonly=True)
        self._reader = index.reader()
        self._close = weakref.finalize(self, _close, self._reader, index)
        self._reading = Lock()  # Whoosh's stored fields are read through one file position
        self._columns = read_columns(self._reader)
        self._analyzer = QueryAnalyzer(vocabulary)
        self._store = PostingStore(self._reader, self._columns.alive)
        kinds, years = (self._columns.values_of(facet) for facet in ("kind", "year"))
        worth = priors(kinds, years, datetime.now(PLACE).year)
        self._ranker = Ranker(self._store, self._columns.size, self._columns.count, worth)

    @property
    def size(self) -> int:
        """How many resources can be found."""
        return self._columns.count

    @property
    def published_at(self) -> datetime:
        """When this generation was published."""
        return self.about.moment

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of hits; a page past the last is the last. Never raises for what a visitor typed."""
        started = time.perf_counter()
        answer = self._answer(request)
        size = request.page_size
        pages = min(max(-(-answer.total // size), 1), MAX_PAGE)
        page = min(max(request.page, 1), pages)
        chosen = answer.order[(page - 1) * size : page * size]
        extracts = Extracts(answer.query, self._store)
        hits = tuple(self._hit(int(number), answer, extracts) for number in chosen)
        first_partial = answer.order[answer.complete] if answer.complete < answer.total else None
        return SearchPage(
            query=request.text,
            total=answer.total,
            complete=answer.complete,
            page=page,
            pages=pages,
            relaxed=first_partial is not None,
            left_out=() if first_partial is None else answer.missing(int(first_partial)),
            hits=hits,
            facets=count_facets(self._columns, request, answer.found, answer.masks, self._vocabulary.label),
            took_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    def count(self, request: SearchRequest) -> int:
        """How many hits the request has."""
        return self._answer(request).total

    def resource(self, resource_id: str) -> Resource | None:
        """A resource of this generation."""
        number = self._columns.by_id.get(resource_id)
        return None if number is None else resource_from(self._stored(number)["resource"])

    def passages(self, resource_id: str, text: str, limit: int = 5) -> tuple[PassageHit, ...]:
        """The passages of a resource that answer a query text best, in the order they stand."""
        number, query = self._columns.by_id.get(resource_id), self._analyzer.parse(text)
        if number is None or not query.words:
            return ()
        stored = self._stored(number)
        return Extracts(query, self._store).passages(number, resource_from(stored["resource"]), stored["places"], limit)

    def close(self) -> None:
        """Give the files back; done by itself when the last one who holds the searcher lets go of it."""
        self._close()

    def _answer(self, request: SearchRequest) -> Answer:
        query = self._analyzer.parse(request.text)
        ranking = self._ranker.rank(query) if query.words else None
        masks = filter_masks(self._columns, request)
        if EVENT_KIND not in request.kinds:  # a restriction of the kind, which the counts of kinds ignore
            masks["kind"] = masks.get("kind", self._columns.alive) & ~self._past()
        found = self._columns.alive.copy()
        if ranking is not None:
            found &= ranking.answers(found)
        elif request.text.strip():
            found &= False  # what was typed has no word in it
        shown = found.copy()
        for mask in masks.values():
            shown &= mask
        order = self._order(request, ranking, shown)
        return Answer(query=query, ranking=ranking, found=found, masks=masks, order=order)

    def _past(self) -> Bools:
        """Events that are over, which are left out unless events are asked for."""
        over = np.zeros(self._columns.size, dtype=np.bool_)
        today = datetime.now(PLACE).date().isoformat()
        for number, last in self._columns.events:
            over[number] = last < today[: len(last)]
        return over

    def _order(self, request: SearchRequest, ranking: Ranking | None, shown: Bools) -> NDArray[np.intp]:
        """The shown documents: full answers before others, then by what was asked; equals by their newness."""
        numbers = np.flatnonzero(shown)
        newness = self._columns.by_newest[numbers]
        if request.sort is Sort.TITLE:
            keys: tuple[NDArray[np.generic], ...] = (self._columns.by_title[numbers],)
        elif request.sort is Sort.NEWEST or ranking is None:
            keys = (newness,)
        else:
            keys = (newness, -ranking.scores[numbers])
        if ranking is not None:
            keys = (*keys, ~ranking.full[numbers])
        return numbers[np.lexsort(keys)]

    def _stored(self, number: int) -> dict[str, Any]:
        with self._reading:
            stored: dict[str, Any] = self._reader.stored_fields(number)
        return stored

    def _hit(self, number: int, answer: Answer, extracts: Extracts) -> Hit:
        stored = self._stored(number)
        resource = resource_from(stored["resource"])
        extract = extracts.of(number, resource, stored["places"])
        return Hit(
            resource=replace(resource, text="", passages=()),
            title_html=extracts.title(resource),
            snippet=extract.html,
            passage=extract.passage,
            score=answer.score(number),
            missing=answer.missing(number),
            is_from_text=extract.is_from_text,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The documents that answer a request, before any of them is read.

    `found` are those of the query text, whatever the filters; `order` those that pass them, best first.
    """

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
    def complete(self) -> int:
        """How many of them are full answers, which stand first."""
        return self.total if self.ranking is None else int(self.ranking.full[self.order].sum())

    def score(self, number: int) -> float:
        """The score of a document; 0 where nothing was asked."""
        return float(self.ranking.scores[number]) if self.ranking is not None else 0.0

    def missing(self, number: int) -> tuple[str, ...]:
        """The words of the query that this document lacks."""
        if self.ranking is None:
            return ()
        rows = zip(self.query.required, self.ranking.matched, strict=True)
        return tuple(word.typed for word, row in rows if not row[number])


def _close(reader: IndexReader, index: FileIndex) -> None:
    reader.close()
    index.close()
