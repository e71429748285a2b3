"""Records: what is public of each resource, and since when it is so. What others harvest from the site (OAI-PMH)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from aardekast.errors import CatalogueError, RecordsError
from aardekast.resource import Resource

PATIENCE = 2.0  # seconds that a request waits while another process writes
Place = tuple[datetime, str]  # of a record in the order of all: its datestamp, then its id


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A resource without its text, in the words of the vocabulary as it was then; None once visitors see it no more.

    `datestamp` is a whole second in UTC, and the same record never changes without another one. `sets` are those of
    what it was last, also when it is deleted. `labels` are Estonian, by facet and value.
    """

    id: str
    datestamp: datetime
    sets: tuple[str, ...] = ()
    resource: Resource | None = None
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where it stands in the order of all."""
        return self.datestamp, self.id

    def label(self, facet: str, value: str) -> str:
        """What a value of one of its facets is called."""
        return self.labels.get(facet, {}).get(value, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which records are asked for: those within both moments, of a set or of one below it, and after a place."""

    since: datetime | None = None
    until: datetime | None = None
    set: str = ""
    after: Place | None = None


class RecordReader(Protocol):
    """The records as they are at one moment."""

    @property
    def moment(self) -> datetime:
        """A whole second in UTC: every record here is of an earlier one, and whatever changes hence of none earlier."""

    @property
    def earliest(self) -> datetime:
        """The earliest datestamp; where there is no record, the moment."""

    def sets(self) -> Sequence[str]:
        """Those that some record is in."""

    def record(self, id_: str) -> Record | None:
        """One record, deleted or not."""

    def batch(self, wanted: Selection, limit: int) -> Sequence[Record]:
        """The first records of a selection by datestamp, then by id."""

    def count(self, wanted: Selection) -> int:
        """How many records a selection has."""


class Records(Protocol):
    """Where records are read."""

    def reading(self) -> AbstractContextManager[RecordReader]:
        """The records as they are now. Raises RecordsError where they cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class CatalogueRecords:
    """The records of the catalogue at a SQLAlchemy URL, opened for each reading: that takes 6 ms."""

    url: str
    patience: float = PATIENCE

    @contextmanager
    def reading(self) -> Iterator[RecordReader]:
        """The records as they are now. Raises RecordsError where there is no catalogue, or it is busy or away."""
        from sqlalchemy.exc import SQLAlchemyError

        from aardekast.catalogue import Catalogue

        try:
            if not Catalogue.is_at(self.url):
                raise RecordsError("There is no catalogue yet. Run 'aardekast index' first.")
            catalogue = Catalogue.open(self.url, patience=self.patience)
            try:
                with catalogue.records() as reader:
                    yield reader
            finally:
                catalogue.close()
        except (SQLAlchemyError, CatalogueError) as fault:
            raise RecordsError(f"The catalogue cannot be read just now: {fault}") from fault
