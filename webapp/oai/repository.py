"""The repository that `create_app` was given, and the names that its records have for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from aardekast.records import Records
from webapp.site import site

EXTENSION = "aardekast.repository"


@dataclass(frozen=True, slots=True)
class Repository:
    """Records under a domain, which stands in all their identifiers and outlives every address of the site."""

    records: Records
    domain: str

    def identifier(self, id_: str) -> str:
        """`oai:kogukonnaveeb.ee:kriisiplaan`, by the guidelines for OAI identifiers."""
        return f"oai:{self.domain}:{id_}"

    def id_of(self, identifier: str) -> str:
        """The id in an identifier of ours; empty for others."""
        prefix = self.identifier("")
        return identifier.removeprefix(prefix) if identifier.startswith(prefix) else ""

    @property
    def email(self) -> str:
        """Whom a harvester may write to; where the owner names nobody, who every domain must have (RFC 5321, 4.5.1)."""
        return site().owner.email or f"postmaster@{self.domain}"


def repository() -> Repository:
    """The repository of the site that answers this request."""
    return cast("Repository", current_app.extensions[EXTENSION])
