"""The parts of resources that have deep links."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from aardekast.catalogue.copies import NOT_LOADED
from aardekast.catalogue.rows import insert_rows
from aardekast.catalogue.tables import PassageRow
from aardekast.resource import Passage

_FIELDS = ("offset", "heading", "page", "start", "fragment")


def add_passages(session: Session, resource_id: str, passages: Iterable[Passage]) -> None:
    """Those of a resource that has none."""
    rows = [
        {"resource_id": resource_id, "position": number, **{name: getattr(one, name) for name in _FIELDS}}
        for number, one in enumerate(passages)
    ]
    insert_rows(session, PassageRow, rows)


def keep_passages(session: Session, resource_id: str, passages: Iterable[Passage]) -> None:
    """In place of those that it has."""
    session.execute(delete(PassageRow).where(PassageRow.resource_id == resource_id), execution_options=NOT_LOADED)
    add_passages(session, resource_id, passages)


def kept_passages(session: Session, resource_id: str) -> tuple[Passage, ...]:
    """The passages of a resource in their order."""
    columns = (getattr(PassageRow, name) for name in _FIELDS)
    query = select(*columns).where(PassageRow.resource_id == resource_id).order_by(PassageRow.position)
    return tuple(Passage(**row._asdict()) for row in session.execute(query))
