"""The catalogue as the site writes to it: opened for one short transaction, with little patience."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aardekast.alerts import AlertBook
from aardekast.errors import CatalogueError, InboxError
from aardekast.letters import Letter, Reception

if TYPE_CHECKING:
    from aardekast.catalogue import Catalogue

PATIENCE = 2.0  # seconds that a visitor waits while another process writes


@dataclass(frozen=True, slots=True)
class CatalogueInbox:
    """Letters of visitors, kept in the catalogue at a SQLAlchemy URL."""

    url: str
    patience: float = PATIENCE

    def receive(self, letter: Letter) -> Reception:
        """Keep a letter. Raises InboxError when the database is busy, full or away.

        What a database wants is loaded with the first letter: 30 MB that a site without letters does not need.
        """
        with _opened(self.url, self.patience) as catalogue:
            return catalogue.receive(letter)


@contextmanager
def opened_alerts(url: str, patience: float = PATIENCE) -> Iterator[AlertBook]:
    """The saved searches in the catalogue at a SQLAlchemy URL. Raises InboxError as the inbox does."""
    with _opened(url, patience) as catalogue:
        yield catalogue.alerts


@contextmanager
def _opened(url: str, patience: float) -> Iterator[Catalogue]:
    from sqlalchemy.exc import SQLAlchemyError

    from aardekast.catalogue import Catalogue

    try:
        catalogue = Catalogue.open(url, patience=patience)
        try:
            yield catalogue
        finally:
            catalogue.close()
    except (SQLAlchemyError, CatalogueError) as fault:
        raise InboxError(f"The catalogue takes nothing in just now: {fault}") from fault
