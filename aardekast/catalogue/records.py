"""The records that others harvest, brought up to what visitors see: what changed is stamped, what went is deleted.

A harvester asks for what changed since its last visit, so a record must never be stamped with a moment that somebody
was answered for before it could be seen. Hence all that changed at once is stamped at the end of its transaction, with
a second that is still to come and that no record had before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from aardekast.catalogue.reading import visible_resources
from aardekast.catalogue.record_card import card_of, fingerprint_of, sets_of, wording_of
from aardekast.catalogue.rows import insert_rows
from aardekast.catalogue.tables import RecordRow, RecordSetRow, RecordStateRow
from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary

SECOND = timedelta(seconds=1)
LEAD = timedelta(seconds=0.5)  # within which a commit that has only to be written is done
_UNSTAMPED = datetime.max.replace(microsecond=0, tzinfo=UTC)  # of rows that the transaction has yet to stamp
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """What the records were made of: the revision of the catalogue and the wording of the vocabulary."""

    revision: int
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What must be written, for each record by its id.

    `again` are new versions of resources of which nothing public changed.
    """

    before: Standing
    now: Standing
    written: Sequence[Mapping[str, Any]]
    sets: Sequence[Mapping[str, str]]
    again: Sequence[Mapping[str, str]]
    deleted: Sequence[str]

    @property
    def stamped(self) -> int:
        """How many records get a new datestamp."""
        return len(self.written) + len(self.deleted)


def compare(
    session: Session, revision: int, vocabulary: Vocabulary, versions: Callable[[Session], Mapping[str, str]]
) -> Changes | None:
    """What visitors see against the records; None when nothing changed at all. Reads only what did.

    `versions` gives those of the revision, which is the one that the session sees.
    """
    state = session.scalars(select(RecordStateRow)).one()
    before, now = Standing(state.revision, state.wording), Standing(revision, wording_of(vocabulary))
    if before == now:
        return None
    columns = (RecordRow.id, RecordRow.version, RecordRow.fingerprint, RecordRow.is_deleted)
    known = {row.id: row for row in session.execute(select(*columns))}
    wanted = versions(session)
    is_worded_anew = before.wording != now.wording
    unchanged = {id_ for id_, row in known.items() if not is_worded_anew and wanted.get(id_) == row.version}
    ids = wanted.keys() - unchanged
    written, sets, again = [], [], []
    for resource in visible_resources(session, ids) if ids else ():
        row = _row(resource, wanted[resource.id], vocabulary)
        held = known.get(resource.id)
        if held is not None and held.fingerprint == row["fingerprint"]:
            again.append({"id": resource.id, "version": row["version"]})
        else:
            written.append(row)
            sets += [{"record_id": resource.id, "name": name} for name in sets_of(resource)]
    # What is wanted and could not be had is seen no more either.
    seen = unchanged.union(row["id"] for row in (*written, *again))
    deleted = [id_ for id_, row in known.items() if not row.is_deleted and id_ not in seen]
    return Changes(before=before, now=now, written=written, sets=sets, again=again, deleted=deleted)


def keep(session: Session, changes: Changes, clock: Callable[[], datetime]) -> bool:
    """Write what changed and stamp it. False, and nothing is written, where another process was faster."""
    state = session.scalars(select(RecordStateRow).with_for_update()).one()
    if Standing(state.revision, state.wording) != changes.before:
        return False
    newest = session.scalar(select(func.max(RecordRow.datestamp)))  # it may be that of a row written anew
    for batch in _batches([row["id"] for row in changes.written]):
        session.execute(delete(RecordSetRow).where(RecordSetRow.record_id.in_(batch)))
        session.execute(delete(RecordRow).where(RecordRow.id.in_(batch)))
    insert_rows(session, RecordRow, changes.written)
    insert_rows(session, RecordSetRow, changes.sets)
    if changes.again:
        session.execute(update(RecordRow), changes.again)
    gone = {"is_deleted": True, "version": "", "fingerprint": "", "card": {}, "datestamp": _UNSTAMPED}
    for batch in _batches(changes.deleted):
        session.execute(update(RecordRow).where(RecordRow.id.in_(batch)).values(gone))
    state.revision, state.wording = changes.now.revision, changes.now.wording
    session.flush()
    if changes.stamped:
        _stamp(session, newest, clock)
    return True


def _stamp(session: Session, newest: datetime | None, clock: Callable[[], datetime]) -> None:
    """Nobody was answered for this second yet, and nobody will be before the commit; clocks that go back do no harm."""
    stamp = (clock() + LEAD).replace(microsecond=0) + SECOND
    if newest is not None:
        stamp = max(stamp, newest + SECOND)
    session.execute(update(RecordRow).where(RecordRow.datestamp == _UNSTAMPED).values(datestamp=stamp))


def _row(resource: Resource, version: str, vocabulary: Vocabulary) -> dict[str, Any]:
    card = card_of(resource, vocabulary)
    return {
        "id": resource.id,
        "version": version,
        "fingerprint": fingerprint_of(card),
        "datestamp": _UNSTAMPED,
        "is_deleted": False,
        "card": card,
    }


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
