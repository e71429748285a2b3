"""The catalogue as the site writes to it: opened for one short transaction, with little patience."""

from __future__ import annotations

from dataclasses import dataclass

from aardekast.errors import CatalogueError, InboxError
from aardekast.letters import Letter, Reception

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
        from sqlalchemy.exc import SQLAlchemyError

        from aardekast.catalogue import Catalogue

        try:
            catalogue = Catalogue.open(self.url, patience=self.patience)
            try:
                return catalogue.receive(letter)
            finally:
                catalogue.close()
        except (SQLAlchemyError, CatalogueError) as fault:
            raise InboxError(f"The catalogue takes nothing in just now: {fault}") from fault
