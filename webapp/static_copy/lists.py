"""Which lists a copy has, and what stands on each of their pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from aardekast.resource import Resource
from aardekast.vocabulary import EVENT_KIND, Vocabulary
from webapp.contents import Contents
from webapp.static_copy.addresses import LISTED

ALL = "koik"
PER_PAGE = 100  # materials; such a page weighs some 60 kB
VALUES: dict[str, Callable[[Resource], Sequence[str]]] = {
    "topic": lambda resource: resource.topics,
    "kind": lambda resource: (resource.kind,),
    "audience": lambda resource: resource.audiences,
    "county": lambda resource: resource.counties,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a facet and how many materials have it; its label depends on the language."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """All materials of a value of a facet, the newest first; of `ALL`, every material."""

    facet: str
    slug: str
    resources: tuple[Resource, ...]

    @property
    def name(self) -> str:
        """The folder that its pages lie in."""
        return LISTED.get(self.facet, ALL)

    @property
    def pages(self) -> int:
        """How many pages it takes."""
        return max(1, -(-len(self.resources) // PER_PAGE))

    def on(self, page: int) -> tuple[Resource, ...]:
        """What stands on a page, from 1."""
        return self.resources[(page - 1) * PER_PAGE : page * PER_PAGE]


def newest_first(resources: Sequence[Resource]) -> list[Resource]:
    """By the day they were published, then by title and id; those without a day last."""
    by_title = sorted(resources, key=lambda resource: (resource.title, resource.id))
    return sorted(by_title, key=lambda resource: resource.published or "", reverse=True)


def listings(contents: Contents) -> list[Listing]:
    """Every list: each value of the vocabulary that has materials, in the order of the curators, then all of them."""
    resources = newest_first(contents.resources)
    found = [
        Listing(facet, slug, tuple(of_one))
        for facet in LISTED
        for slug, of_one in _by_value(facet, resources, contents.vocabulary)
    ]
    return [*found, Listing("", ALL, tuple(resources))]


def entries(found: Sequence[Listing], facet: str) -> tuple[Entry, ...]:
    """The values of a facet, in the order of the lists."""
    return tuple(Entry(listing.slug, len(listing.resources)) for listing in found if listing.facet == facet)


def events(resources: Sequence[Resource]) -> list[Resource]:
    """Events that have a day, the last first: nobody knows when a copy will be opened."""
    dated = [resource for resource in resources if resource.kind == EVENT_KIND and resource.starts]
    by_title = sorted(dated, key=lambda resource: (resource.title, resource.id))
    return sorted(by_title, key=lambda resource: resource.starts or "", reverse=True)


def _by_value(
    facet: str, resources: Sequence[Resource], vocabulary: Vocabulary
) -> Iterator[tuple[str, list[Resource]]]:
    having: defaultdict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        for value in dict.fromkeys(VALUES[facet](resource)):
            having[value].append(resource)
    yield from ((slug, having[slug]) for slug in vocabulary.terms(facet) if slug in having)
