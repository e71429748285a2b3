"""Values by field and origin: written by whoever brings them, read by the order of their origins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from aardekast.catalogue.tables import FieldValueRow
from aardekast.resource import Origin

LISTS = frozenset({"authors", "audiences", "topics", "keywords", "counties"})
_EMPTY: tuple[Any, ...] = (None, "", (), [])
_RANK = {origin: rank for rank, origin in enumerate(Origin)}


def keep_values(session: Session, resource_id: str, origin: Origin, values: Mapping[str, Any]) -> bool:
    """Make `values` all that this origin says of the resource; empty ones are left out. Whether that changed any."""
    wanted = {field: _as_json(value) for field, value in values.items() if value not in _EMPTY}
    query = select(FieldValueRow).where(FieldValueRow.resource_id == resource_id, FieldValueRow.origin == origin)
    present = {row.field: row for row in session.scalars(query)}
    changed = False
    for field in present.keys() - wanted.keys():
        session.delete(present[field])
        changed = True
    for field, value in wanted.items():
        if field not in present:
            session.add(FieldValueRow(resource_id=resource_id, field=field, origin=origin, value=value))
            changed = True
        elif present[field].value != value:
            present[field].value = value
            changed = True
    return changed


def value_rows(resource_id: str, origin: Origin, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What an origin says of a resource of which it has said nothing, as rows; empty values are left out."""
    return [
        {"resource_id": resource_id, "field": field, "origin": origin, "value": _as_json(value)}
        for field, value in values.items()
        if value not in _EMPTY
    ]


def shown_values(rows: Iterable[FieldValueRow]) -> dict[str, Any]:
    """For each field the value of its highest origin, lists as tuples."""
    shown: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: _RANK[Origin(row.origin)]):
        shown.setdefault(row.field, tuple(row.value) if row.field in LISTS else row.value)
    return shown


def _as_json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
