"""One generation, opened: searches, completions, resources, passages. Shared by threads without a lock of its own."""

from __future__ import annotations

import time
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index.advice import Advice
from index.answer import Hit, PassageHit, SearchPage, Suggestion
from index.columns import Bools, Columns
from index.completing import Completions
from index.extracts import Extracts
from index.facets import count_facets
from index.folding_table import open_table
from index.generations import About
from index.matching import Matcher
from index.meaning import Meanings
from index.opening import open_generation
from index.postings import PostingStore
from index.priors import priors
from index.query import QueryAnalyzer
from index.querytext import read_query
from index.ranking import Ranker
from index.request import MAX_PAGE, SearchRequest, Sort
from index.selection import PLACE, Selection, Selector
from index.similar import similar


class GenerationSearcher:
    """Answers from the generation in `folder`; later generations do not change it.

    Raises IndexMissingError where the generation cannot be read.
    """

    def __init__(self, folder: Path, about: About, vocabulary: Vocabulary) -> None:
        self.generation = folder.name
        self.about = about
        self._vocabulary = vocabulary
        opened = open_generation(folder, about)
        self._close = weakref.finalize(self, opened.close)
        segments = opened.segments
        self._stored = opened.stored
        self._columns = columns = Columns([s.columns for s in segments], [s.alive for s in segments])
        self._store = PostingStore(segments)
        meanings = Meanings(self._store, open_table(folder.parent), segments)
        ranker = Ranker(self._store, columns.size, columns.count, priors(columns, datetime.now(PLACE).year))
        self._analyzer = QueryAnalyzer(vocabulary, meanings.lemmas)
        matcher = Matcher(self._store, columns, self._analyzer.every_form)
        self._selector = Selector(columns, self._analyzer, matcher, ranker, vocabulary)
        self._completions = Completions(segments, columns, matcher, vocabulary)
        self._advice = Advice(meanings, self._selector, vocabulary)

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
        selection = self._selector.select(request)
        size = request.page_size
        pages = min(max(-(-selection.total // size), 1), MAX_PAGE)
        page = min(max(request.page, 1), pages)
        chosen = selection.order[(page - 1) * size : page * size]
        extracts = Extracts(selection.query, self._store, self._mask(chosen))
        hits = tuple(self._hit(int(number), selection, extracts) for number in chosen)
        first_partial = selection.best_partial
        return SearchPage(
            query=request.text,
            total=selection.total,
            full=selection.full,
            complete=selection.complete,
            page=page,
            pages=pages,
            relaxed=first_partial is not None,
            left_out=() if first_partial is None else selection.missing(first_partial),
            did_you_mean=self._advice.did_you_mean(request, selection),
            searched_also=self._advice.searched_also(selection),
            hits=hits,
            facets=count_facets(self._columns, request, selection.found, selection.masks, self._vocabulary.label),
            took_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    def count(self, request: SearchRequest) -> int:
        """How many hits the request has."""
        return self._selector.select(request).total

    def suggest(self, request: SearchRequest, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of the request's text that have hits under its filters: topics, phrases, titles."""
        shown = self._columns.alive.copy()
        for mask in self._selector.masks(request).values():
            shown &= mask
        return self._completions.complete(request.text, shown, limit)

    def similar(self, resource_id: str, limit: int = 5) -> tuple[Resource, ...]:
        """The resources most like one, without their texts; past events are left out."""
        number = self._columns.number_of(resource_id)
        if number is None:
            return ()
        resource, _ = self._stored.read(number)
        past = self._selector.past()
        likely = [int(other) for other in similar(resource, number, self._store, self._columns) if not past[other]]
        return tuple(replace(self._stored.read(other)[0], text="", passages=()) for other in likely[:limit])

    def coming(self, request: SearchRequest, limit: int = 100) -> tuple[Resource, ...]:
        """The events under a request whose day is known and not over, the first to end first; without texts."""
        numbers = self._selector.coming(request)[:limit]
        return tuple(replace(self._stored.read(number)[0], text="", passages=()) for number in numbers)

    def among(self, request: SearchRequest, ids: Iterable[str]) -> tuple[Resource, ...]:
        """Which resources of these ids answer a request in full, the last added first; no past events, no texts."""
        wanted = self._mask([number for number in map(self._columns.number_of, ids) if number is not None])
        wanted &= ~self._selector.past()
        selection = self._selector.select(replace(request, sort=Sort.ADDED))
        full = selection.order[: selection.full]
        return tuple(replace(self._stored.read(int(n))[0], text="", passages=()) for n in full[wanted[full]])

    def seen(self) -> Iterator[tuple[str, datetime | None]]:
        """The id of each resource, and when it was first seen, to the minute, where that is known."""
        return self._columns.seen()

    def resource(self, resource_id: str) -> Resource | None:
        """A resource of this generation."""
        number = self._columns.number_of(resource_id)
        return None if number is None else self._stored.read(number)[0]

    def passages(self, resource_id: str, text: str, limit: int = 5) -> tuple[PassageHit, ...]:
        """The passages of a resource that answer a query text best, in the order they stand."""
        number = self._columns.number_of(resource_id)
        query = self._analyzer.of(read_query(text, self._vocabulary))
        if number is None or not query.words:
            return ()
        resource, places = self._stored.read(number)
        return Extracts(query, self._store, self._mask([number])).passages(number, resource, places, limit)

    def close(self) -> None:
        """Give the files back; done by itself when the last one who holds the searcher lets go of it."""
        self._close()

    def _mask(self, documents: Sequence[int] | NDArray[np.intp]) -> Bools:
        mask = np.zeros(self._columns.size, dtype=np.bool_)
        mask[documents] = True
        return mask

    def _hit(self, number: int, selection: Selection, extracts: Extracts) -> Hit:
        resource, places = self._stored.read(number)
        title, extract = extracts.of(number, resource, places)
        return Hit(
            resource=replace(resource, text="", passages=()),
            title_html=title,
            snippet=extract.html,
            passage=extract.passage,
            score=selection.score(number),
            missing=selection.missing(number),
            is_from_text=extract.is_from_text,
        )
