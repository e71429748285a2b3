"""What is shown of a document for a query: its marked title, the best snippet, the passages that answer."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

import numpy as np

from aardekast.language.text import count_words
from aardekast.resource import Passage, Resource
from index.answer import PassageHit, PassageLink
from index.columns import Bools
from index.occurrences import OccurrenceFinder, Occurrences
from index.postings import PostingStore
from index.query import Query
from index.schema import PLACE_EVERY
from index.session import BREAK
from index.snippets import NO_EXCERPT, Excerpt, Found, best_excerpt, find_words, marked

_LONG_DESCRIPTION = 1_500
_LONGEST_PASSAGE = 20_000
_EACH_MORE = 1e-4  # of a word of the query: among equals, the stretch with more of them
_WINDOW = 25  # words, about two thirds of a snippet


@dataclass(frozen=True, slots=True)
class Extract:
    """A snippet as safe HTML, and the deep link of its passage where it is from the text."""

    html: str = ""
    passage: PassageLink | None = None
    is_from_text: bool = False


class Extracts:
    """The extracts of one query. Reads some hundred characters of a text, however long it is."""

    def __init__(self, query: Query, store: PostingStore, within: Bools) -> None:
        """`within` are the documents that will be asked for."""
        self._weights = [word.weight for word in query.words]
        self._finder = OccurrenceFinder(store, query, within)

    def of(self, document: int, resource: Resource, places: dict[str, Any]) -> tuple[str, Extract]:
        """The title as safe HTML, and the best snippet: of the card where that holds as much as the text does."""
        found = self._finder.of(document)
        title = marked(resource.title, find_words(resource.title, found, 0))
        if not resource.may_show_snippet:
            return title, Extract()
        from_card = self._from_card(resource, found)
        from_text = self._from_text(resource, found.between(places["first"]), places)
        if from_card.html and from_card.weight >= from_text.weight:
            return title, Extract(from_card.html)
        passage = passage_at(resource, from_text.place) if from_text.weight else None
        return title, Extract(from_text.html, passage, is_from_text=True)

    def passages(self, document: int, resource: Resource, places: dict[str, Any], limit: int) -> tuple[PassageHit, ...]:
        """The passages with a deep link that hold most different words of the query, in the order they stand."""
        if not resource.may_show_snippet or not resource.passages:
            return ()
        found = self._finder.of(document).between(places["first"])
        best: list[tuple[float, int, PassageHit]] = []
        for number, passage in enumerate(resource.passages):
            link = link_of(resource, passage)
            inside = self._inside(resource, number, found, places) if link else []
            if link and inside:
                text = resource.text[passage.offset : self._end_of_passage(resource, number)]
                excerpt = best_excerpt(text, inside, self._weights)
                best.append((-excerpt.weight, number, PassageHit(label=link.label, url=link.url, snippet=excerpt.html)))
        return tuple(hit for _, _, hit in sorted(sorted(best, key=lambda b: b[:2])[:limit], key=lambda b: b[1]))

    def _from_card(self, resource: Resource, found: Occurrences) -> Excerpt:
        if not resource.description:
            return NO_EXCERPT
        position = count_words(resource.title)
        position += BREAK if position else 0
        description = resource.description[:_LONG_DESCRIPTION]
        return best_excerpt(description, find_words(description, found, position), self._weights)

    def _from_text(self, resource: Resource, found: Occurrences, places: dict[str, Any]) -> Excerpt:
        return best_excerpt(resource.text, self._words_around(resource, found, places), self._weights)

    def _words_around(self, resource: Resource, found: Occurrences, places: dict[str, Any]) -> list[Found]:
        """The found words of the stretch of a text that holds most different words of the query, and of some around."""
        if not len(found.positions):
            return []
        number = self._best_start(found)
        first, last = found.positions[number] - places["first"], found.positions[number] - places["first"] + _WINDOW
        offsets = places["offsets"]
        start = max(0, int(first) // PLACE_EVERY - 1)
        end = int(last) // PLACE_EVERY + 2
        stretch = offsets[start], offsets[end] if end < len(offsets) else None
        position = places["first"] + start * PLACE_EVERY
        inside = found.between(position, places["first"] + end * PLACE_EVERY)
        return find_words(resource.text, inside, position, *stretch)

    def _best_start(self, found: Occurrences) -> int:
        """The first occurrence of the window of words that holds most of the query."""
        if len(found.positions) == 1:
            return 0
        starts, ends = found.positions, found.positions + _WINDOW
        values = (np.searchsorted(starts, ends) - np.arange(len(starts))) * _EACH_MORE
        for number in np.unique(found.numbers):
            of_word = found.numbers == number
            held = found.positions[of_word]
            has = np.searchsorted(held, starts) < np.searchsorted(held, ends)
            values[has] += self._weights[number] * found.shares[of_word][0]
        return int(np.argmax(values))

    def _inside(self, resource: Resource, number: int, found: Occurrences, places: dict[str, Any]) -> list[Found]:
        """The found words of a passage, by its own characters."""
        passage, end = resource.passages[number], self._end_of_passage(resource, number)
        block = max(0, bisect_right(places["offsets"], passage.offset) - 1)
        first = places["first"] + block * PLACE_EVERY
        behind = places["first"] + bisect_right(places["offsets"], end) * PLACE_EVERY
        inside = found.between(first, behind)
        if not len(inside.positions):
            return []
        words = find_words(resource.text, inside, first, places["offsets"][block], end)
        shift = passage.offset
        return [w._replace(start=w.start - shift, end=w.end - shift) for w in words if w.start >= shift]

    def _end_of_passage(self, resource: Resource, number: int) -> int:
        following = resource.passages[number + 1 : number + 2]
        end = following[0].offset if following else len(resource.text)
        return min(end, resource.passages[number].offset + _LONGEST_PASSAGE)


def passage_at(resource: Resource, offset: int) -> PassageLink | None:
    """The deep link of the passage that holds this place of the text."""
    number = bisect_right([passage.offset for passage in resource.passages], offset) - 1
    return link_of(resource, resource.passages[number]) if number >= 0 else None


def link_of(resource: Resource, passage: Passage) -> PassageLink | None:
    """The deep link of a passage, where it has one."""
    if not passage.fragment:
        return None
    return PassageLink(label=passage.label, url=resource.url.partition("#")[0] + passage.fragment)
