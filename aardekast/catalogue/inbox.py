"""The catalogue as the site writes to it: opened for one short transaction at a time, with little patience."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from aardekast.catalogue import Catalogue
from aardekast.errors import CatalogueError, InboxError
from aardekast.letters import Letter, Reception
from aardekast.searches import Searched

PATIENCE = 2.0  # seconds that a visitor waits while another process writes


@dataclass(frozen=True, slots=True)
class CatalogueInbox:
    """Letters and searches of visitors, kept in the catalogue at a SQLAlchemy URL."""

    url: str
    patience: float = PATIENCE

    def receive(self, letter: Letter) -> Reception:
        """Keep a letter. Raises InboxError when the database is busy, full or away."""
        with self._opened() as catalogue:
            return catalogue.receive(letter)

    def keep_searches(self, searches: Sequence[Searched]) -> None:
        """Keep what was searched, and delete what is too old. Raises InboxError."""
        with self._opened() as catalogue:
            catalogue.keep_searches(searches)

    @contextmanager
    def _opened(self) -> Iterator[Catalogue]:
        try:
            catalogue = Catalogue.open(self.url, patience=self.patience)
            try:
                yield catalogue
            finally:
                catalogue.close()
        except (SQLAlchemyError, CatalogueError) as fault:
            raise InboxError(f"The catalogue takes nothing in just now: {fault}") from fault
