"""Rows written as they are: as objects of a session they would take several times as long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from aardekast.catalogue.tables import Base


def insert_rows(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows that no session holds; all have the same columns. What they refer to must be flushed."""
    if rows:
        session.connection().execute(insert(Base.metadata.tables[table.__tablename__]), rows)
