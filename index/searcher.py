"""One generation, opened: searches, resources, passages. Shared by threads without a lock of its own."""

from __future__ import annotations

import time
import weakref
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex, open_dir
from whoosh.reading import IndexReader

from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import weights
from index.answer import Hit, PassageHit, SearchPage
from index.facets import count_facets, filter_masks
from index.generations import About
from index.postings import PostingStore
from index.query import Query, QueryAnalyzer
from index.ranking import Ranker, Ranking
from index.request import MAX_PAGE, SearchRequest, Sort
from index.schema import resource_from
from index.snippets import Marker, best_excerpt, link_of, marked, passage_at
from index.stored import Bools, read_columns

EVENT_KIND = "koolitus"


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
        self._ranker = Ranker(PostingStore(self._reader, self._columns.alive), self._columns.size, self._columns.count)

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
        marker = Marker(answer.query)
        hits = tuple(self._hit(int(number), answer, marker) for number in chosen)
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
        return None if number is None else self._stored(number)

    def passages(self, resource_id: str, text: str, limit: int = 5) -> tuple[PassageHit, ...]:
        """The passages of a resource that answer a query text best, in the order they stand."""
        resource, query = self.resource(resource_id), self._analyzer.parse(text)
        if resource is None or not resource.may_show_snippet or not query.words:
            return ()
        marker = Marker(query)
        ends = [passage.offset for passage in resource.passages[1:]] + [len(resource.text)]
        found = []
        for passage, end in zip(resource.passages, ends, strict=False):
            excerpt = best_excerpt(resource.text[passage.offset : end], marker, resource.language)
            link = link_of(resource, passage)
            if excerpt.weight > 0 and link is not None:
                found.append((excerpt.weight, PassageHit(label=link.label, url=link.url, snippet=excerpt.html)))
        best = sorted(range(len(found)), key=lambda number: -found[number][0])[:limit]
        return tuple(found[number][1] for number in sorted(best))

    def close(self) -> None:
        """Give the files back; done by itself when the last one who holds the searcher lets go of it."""
        self._close()

    def _answer(self, request: SearchRequest) -> Answer:
        query = self._analyzer.parse(request.text)
        ranking = self._ranker.rank(query) if query.words else None
        masks = filter_masks(self._columns, request)
        found = self._columns.alive & ~self._past(request)
        if ranking is not None:
            passing = found.copy()
            for mask in masks.values():
                passing &= mask
            found &= _matches(ranking, passing)
        elif request.text.strip():
            found &= False  # what was typed has no word in it
        shown = found.copy()
        for mask in masks.values():
            shown &= mask
        order = self._order(request, ranking, shown)
        return Answer(query=query, ranking=ranking, found=found, masks=masks, order=order)

    def _past(self, request: SearchRequest) -> Bools:
        """Events that are over, unless events were asked for."""
        over = np.zeros(self._columns.size, dtype=np.bool_)
        if EVENT_KIND not in request.kinds:
            today = date.today().isoformat()  # noqa: DTZ011 - an event is over by the calendar of the place
            for number, last in enumerate(self._columns.over):
                over[number] = last is not None and last < today[: len(last)]
        return over

    def _order(self, request: SearchRequest, ranking: Ranking | None, shown: Bools) -> NDArray[np.intp]:
        """The shown documents: all words before some, then by what was asked; equals by their newness."""
        numbers = np.flatnonzero(shown)
        newness = self._columns.by_newest[numbers]
        if request.sort is Sort.TITLE:
            keys: tuple[NDArray[np.generic], ...] = (self._columns.by_title[numbers],)
        elif request.sort is Sort.NEWEST or ranking is None:
            keys = (newness,)
        else:
            keys = (newness, -ranking.scores[numbers])
        if ranking is not None:
            keys = (*keys, ~ranking.complete[numbers])
        return numbers[np.lexsort(keys)]

    def _stored(self, number: int) -> Resource:
        with self._reading:
            stored = self._reader.stored_fields(number)
        return resource_from(stored["resource"])

    def _hit(self, number: int, answer: Answer, marker: Marker) -> Hit:
        resource = self._stored(number)
        snippet, passage, is_from_text = "", None, False
        if resource.may_show_snippet:
            from_card = best_excerpt(resource.description, marker)
            from_text = best_excerpt(resource.text, marker, resource.language)
            if from_card.html and from_card.weight >= from_text.weight:
                snippet = from_card.html
            else:
                snippet, is_from_text = from_text.html, True
                passage = passage_at(resource, from_text.start) if from_text.weight else None
        return Hit(
            resource=replace(resource, text="", passages=()),
            title_html=marked(resource.title, marker, resource.language),
            snippet=snippet,
            passage=passage,
            score=answer.score(number),
            missing=answer.missing(number),
            is_from_text=is_from_text,
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
        """How many of them hold every word."""
        return self.total if self.ranking is None else int(self.ranking.complete[self.order].sum())

    def score(self, number: int) -> float:
        """The score of a document; 0 where nothing was asked."""
        return float(self.ranking.scores[number]) if self.ranking is not None else 0.0

    def missing(self, number: int) -> tuple[str, ...]:
        """The words of the query that this document lacks."""
        if self.ranking is None:
            return ()
        rows = zip(self.query.required, self.ranking.matched, strict=True)
        return tuple(word.typed for word, row in rows if not row[number])


def _matches(ranking: Ranking, passing: Bools) -> Bools:
    """All words where that gives a page of hits under the filters in force, else most words too.

    Where even that is not a page, the best of what has any word, or words like it, fill it.
    """
    found = ranking.complete
    if int((found & passing).sum()) < weights.ENOUGH:
        found = found | ranking.partial
    lacking = weights.ENOUGH - int((found & passing).sum())
    if lacking > 0:
        others = np.flatnonzero((ranking.any | ranking.alike) & passing & ~found)
        found[others[np.argsort(-ranking.scores[others], kind="stable")[:lacking]]] = True
    return found


def _close(reader: IndexReader, index: FileIndex) -> None:
    reader.close()
    index.close()
