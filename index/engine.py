"""The seam: what the rest of the product knows of an index, and all that another engine would have to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from aardekast.resource import Resource
from index.answer import PassageHit, Published, SearchPage, Suggestion
from index.collection import Collection
from index.request import SearchRequest


class Searcher(Protocol):
    """One published state of an index; what is published later does not change it. Shared by threads.

    None of its methods raises for what a visitor typed, or for an id that it does not hold.
    """

    @property
    def generation(self) -> str:
        """Which state it is: another one has another name."""

    @property
    def published_at(self) -> datetime:
        """When it was published."""

    @property
    def size(self) -> int:
        """How many resources can be found."""

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of hits; a page past the last is the last."""

    def count(self, request: SearchRequest) -> int:
        """How many hits the request has."""

    def suggest(self, request: SearchRequest, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of the request's text that have hits under its filters: topics, phrases, titles."""

    def similar(self, resource_id: str, limit: int = 5) -> tuple[Resource, ...]:
        """The resources most like one, without their texts; past events are left out."""

    def coming(self, request: SearchRequest, limit: int = 100) -> tuple[Resource, ...]:
        """The events under a request whose day is known and not over, the first to end first; without texts."""

    def among(self, request: SearchRequest, ids: Iterable[str]) -> tuple[Resource, ...]:
        """Which resources of these ids answer a request in full, the last added first; no past events, no texts."""

    def seen(self) -> Iterable[tuple[str, datetime | None]]:
        """The id of each resource, and when it was first seen, to the minute, where that is known."""

    def resource(self, resource_id: str) -> Resource | None:
        """A resource with its text."""

    def passages(self, resource_id: str, text: str, limit: int = 5) -> tuple[PassageHit, ...]:
        """The passages of a resource that answer a query text best, in the order they stand."""

    def close(self) -> None:
        """Give back what it holds open; done by itself when nobody holds it any more."""


class Engine(Protocol):
    """An index somewhere."""

    def build(self, collection: Collection) -> Published:
        """Index every resource anew and publish that. Waits while another process publishes."""

    def update(self, collection: Collection) -> Published:
        """Write what changed since the last time, everything where that cannot be used, and publish it."""

    def open(self) -> Searcher:
        """The newest published state, held open between calls. Raises IndexMissingError while there is none."""
