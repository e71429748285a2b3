"""What is shown of a document for a query: its marked title, the best snippet, the passages that answer."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from aardekast.resource import Passage, Resource
from index.answer import PassageHit, PassageLink
from index.places import PlaceFinder
from index.postings import PostingStore
from index.query import Query
from index.snippets import Excerpt, Marker, best_excerpt, marked

_START = 3_000  # characters that are looked at where no position of the index leads into the text
_LONG_DESCRIPTION = 1_500
_LONGEST_PASSAGE = 20_000


@dataclass(frozen=True, slots=True)
class Extract:
    """A snippet as safe HTML, and the deep link of its passage where it is from the text."""

    html: str = ""
    passage: PassageLink | None = None
    is_from_text: bool = False


class Extracts:
    """The extracts of one query. Reads some hundred characters of a text, however long it is."""

    def __init__(self, query: Query, store: PostingStore) -> None:
        self._words = query.words
        self._marker = Marker(query)
        self._places = PlaceFinder(store, query)

    def title(self, resource: Resource) -> str:
        """The title as safe HTML."""
        return marked(resource.title, self._marker, resource.language)

    def of(self, document: int, resource: Resource, places: dict[str, Any]) -> Extract:
        """The best snippet: of the card where that holds as many words of the query as the text does."""
        from_card = best_excerpt(resource.description[:_LONG_DESCRIPTION], self._marker)
        if not resource.may_show_snippet:
            return Extract()
        from_text, offset = self._from_text(document, resource, places)
        if from_card.html and from_card.weight >= from_text.weight:
            return Extract(from_card.html)
        passage = passage_at(resource, offset) if from_text.weight else None
        return Extract(from_text.html, passage, is_from_text=True)

    def passages(self, document: int, resource: Resource, places: dict[str, Any], limit: int) -> tuple[PassageHit, ...]:
        """The passages with a deep link that hold most different words of the query, in the order they stand."""
        if not resource.may_show_snippet or not resource.passages:
            return ()
        starts = [passage.offset for passage in resource.passages]
        held: defaultdict[int, set[int]] = defaultdict(set)
        for offset, word in self._places.offsets(document, places):
            # The offset is of a word up to PLACE_EVERY before: the passage may have begun in between.
            number = bisect_right(starts, offset) - 1
            for candidate in (number, number + 1):
                if 0 <= candidate < len(starts):
                    held[candidate].add(word)
        likely = sorted(held, key=lambda number: (-sum(self._words[n].weight for n in held[number]), number))
        found: dict[int, tuple[float, PassageHit]] = {}
        for number in likely[: 3 * limit]:
            end = starts[number + 1] if number + 1 < len(starts) else len(resource.text)
            hit = self._passage(resource, resource.passages[number], min(end, starts[number] + _LONGEST_PASSAGE))
            if hit is not None:
                found[number] = hit
        best = sorted(found, key=lambda number: (-found[number][0], number))[:limit]
        return tuple(found[number][1] for number in sorted(best))

    def _from_text(self, document: int, resource: Resource, places: dict[str, Any]) -> tuple[Excerpt, int]:
        """The best excerpt of the text and where it starts."""
        place = self._places.best(document, places)
        start, end = (place.start, place.end) if place else (0, _START)
        excerpt = best_excerpt(resource.text, self._marker, resource.language, start, end)
        return excerpt, excerpt.place

    def _passage(self, resource: Resource, passage: Passage, end: int) -> tuple[float, PassageHit] | None:
        excerpt = best_excerpt(resource.text[passage.offset : end], self._marker, resource.language)
        link = link_of(resource, passage)
        if not excerpt.weight or link is None:
            return None
        return excerpt.weight, PassageHit(label=link.label, url=link.url, snippet=excerpt.html)


def passage_at(resource: Resource, offset: int) -> PassageLink | None:
    """The deep link of the passage that holds this place of the text."""
    number = bisect_right([passage.offset for passage in resource.passages], offset) - 1
    return link_of(resource, resource.passages[number]) if number >= 0 else None


def link_of(resource: Resource, passage: Passage) -> PassageLink | None:
    """The deep link of a passage, where it has one."""
    if not passage.fragment:
        return None
    return PassageLink(label=passage.label, url=resource.url.partition("#")[0] + passage.fragment)
