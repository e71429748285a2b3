"""What is indexed, as the index sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from aardekast.resource import Resource
from index.schema import version_of


class Collection(Protocol):
    """The catalogue, or anything else that has resources and says when they changed."""

    @property
    def revision(self) -> int:
        """Grows with every change."""

    def versions(self) -> Mapping[str, str]:
        """For each resource that visitors may find 24 signs of ASCII that change whenever it does, by id."""

    def visible_resources(self, ids: Sequence[str] | None = None) -> Iterable[Resource]:
        """All that visitors may find, or those of them with these ids."""


@dataclass
class ResourceList:
    """Resources in memory: what tools and benchmarks index."""

    resources: Sequence[Resource]
    revision: int = 1

    def versions(self) -> dict[str, str]:
        """By all that is shown of each."""
        return {resource.id: version_of(resource) for resource in self.resources}

    def visible_resources(self, ids: Sequence[str] | None = None) -> Iterator[Resource]:
        """All of them, or those with these ids."""
        wanted = None if ids is None else frozenset(ids)
        return (resource for resource in self.resources if wanted is None or resource.id in wanted)
