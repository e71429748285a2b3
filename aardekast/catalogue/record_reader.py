"""The records of the catalogue as others read them: one state of it, in the order of their datestamps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from aardekast.catalogue.record_card import record_of
from aardekast.catalogue.records import SECOND
from aardekast.catalogue.tables import RecordRow, RecordSetRow
from aardekast.records import Record, Selection


class CatalogueRecordReader:
    """The records in a session that sees one state; `now` was read before the session began."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        first, last = session.execute(select(func.min(RecordRow.datestamp), func.max(RecordRow.datestamp))).one()
        now = now.replace(microsecond=0)
        # A record is stamped with a second to come, and none is ever stamped with that one again.
        self.moment: datetime = now if last is None else max(now, last + SECOND)
        self.earliest: datetime = first or self.moment

    def sets(self) -> list[str]:
        """Those that some record is in."""
        return list(self._session.scalars(select(RecordSetRow.name).distinct().order_by(RecordSetRow.name)))

    def record(self, id_: str) -> Record | None:
        """One record, deleted or not."""
        return next(iter(self._records(select(RecordRow).where(RecordRow.id == id_))), None)

    def batch(self, wanted: Selection, limit: int) -> list[Record]:
        """The first records of a selection by datestamp, then by id."""
        order = (RecordRow.datestamp, RecordRow.id)
        return self._records(select(RecordRow).where(*_conditions(wanted)).order_by(*order).limit(limit))

    def count(self, wanted: Selection) -> int:
        """How many records a selection has."""
        return self._session.scalar(select(func.count()).select_from(RecordRow).where(*_conditions(wanted))) or 0

    def _records(self, query: Select[RecordRow]) -> list[Record]:
        rows = self._session.scalars(query).all()
        sets = self._sets_of([row.id for row in rows])
        return [record_of(row.id, row.datestamp, tuple(sets[row.id]), row.card) for row in rows]

    def _sets_of(self, ids: Sequence[str]) -> defaultdict[str, list[str]]:
        sets: defaultdict[str, list[str]] = defaultdict(list)
        query = select(RecordSetRow).where(RecordSetRow.record_id.in_(ids)).order_by(RecordSetRow.name)
        for row in self._session.scalars(query):
            sets[row.record_id].append(row.name)
        return sets


def _conditions(wanted: Selection) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(RecordRow.datestamp >= wanted.since)
    if wanted.until is not None:
        found.append(RecordRow.datestamp <= wanted.until)
    if wanted.set:
        is_in = or_(RecordSetRow.name == wanted.set, RecordSetRow.name.startswith(f"{wanted.set}:", autoescape=True))
        found.append(RecordRow.id.in_(select(RecordSetRow.record_id).where(is_in)))
    if wanted.after is not None:
        datestamp, id_ = wanted.after
        is_later_of_the_same = and_(RecordRow.datestamp == datestamp, RecordRow.id > id_)
        found.append(or_(RecordRow.datestamp > datestamp, is_later_of_the_same))
    return found
