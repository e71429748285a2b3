"""What the index answers: a page of hits with the counts of its facets."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aardekast.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageLink:
    """The deep link of the passage that a snippet was taken from, as `lk 12` or its heading."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageHit:
    """A passage of one resource that matches a query; `snippet` is safe HTML with the found words in `<mark>`."""

    label: str
    url: str
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A resource that answers the query.

    `title_html` and `snippet` are safe HTML: found words in `<mark>`, everything else escaped. `missing` names
    the words of the query that stand nowhere in it. `text` is left out of `resource`. `is_from_text` tells a snippet of
    the material, in its own language, from one of its card.
    """

    resource: Resource
    title_html: str
    snippet: str
    passage: PassageLink | None
    score: float
    missing: tuple[str, ...] = ()
    is_from_text: bool = False

    def as_json(self) -> dict[str, Any]:
        """The hit as the API gives it (docs: design of the JSON)."""
        shown = self.resource
        return {
            "id": shown.id,
            "url": shown.url,
            "title": shown.title,
            "snippet": self.snippet,
            "passage": {"label": self.passage.label, "url": self.passage.url} if self.passage else None,
            "kind": shown.kind,
            "audience": list(shown.audiences),
            "topics": list(shown.topics),
            "language": shown.language,
            "publisher": shown.publisher,
            "published": shown.published,
            "status": str(shown.status),
            "score": round(self.score, 4),
            "translations": [
                {"id": other.id, "url": other.url, "title": other.title, "language": other.language}
                for other in shown.translations
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet: how many hits have it, whatever else of the same facet is chosen."""

    value: str | int | None
    label: str
    count: int
    chosen: bool

    def as_json(self) -> dict[str, Any]:
        """The value as the API gives it."""
        return {"value": self.value, "label": self.label, "count": self.count, "chosen": self.chosen}


class SuggestionKind(StrEnum):
    """What a completion of the query text is."""

    TITLE = "title"
    TOPIC = "topic"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A completion of what was typed so far; `value` is the id of the resource or the slug of the topic it names."""

    text: str
    kind: SuggestionKind
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of hits.

    `full` of the `total` hits answer in full and stand before those that do in part (`relaxed`): they have all words of
    the query, as `complete` hits do, or most of them under a title made of these. `left_out` names the words that the
    best of the partial answers lacks. `searched_also` are words that were searched beside
    those typed: expansions, other spellings.
    """

    query: str
    total: int
    full: int
    complete: int
    page: int
    pages: int
    took_ms: float
    relaxed: bool = False
    left_out: tuple[str, ...] = ()
    did_you_mean: str | None = None
    searched_also: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The page as the API and `aardekast search --json` give it."""
        return {
            "query": self.query,
            "total": self.total,
            "page": self.page,
            "pages": self.pages,
            "took_ms": self.took_ms,
            "relaxed": self.relaxed,
            "left_out": list(self.left_out),
            "did_you_mean": self.did_you_mean,
            "hits": [hit.as_json() for hit in self.hits],
            "facets": {name: [value.as_json() for value in values] for name, values in self.facets.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publishing did; `is_new` is False where the index was up to date already."""

    generation: str
    documents: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    seconds: float = 0.0
    is_new: bool = True
    was_rebuilt: bool = False

    @property
    def written(self) -> int:
        """Documents that were analysed."""
        return self.added + self.changed
