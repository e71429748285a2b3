"""The saved searches of visitors in the catalogue. What nobody confirmed, and what was left, leaves no row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Delete, delete, func, select
from sqlalchemy.orm import Session

from aardekast.alerts import ASKED_FOR, MOST_ASKED, MOST_FAILURES, MOST_OF_ADDRESS, Alert, Rhythm, Wish
from aardekast.catalogue.database import Database
from aardekast.catalogue.rows import insert_rows
from aardekast.catalogue.storable import storable
from aardekast.catalogue.tables import AlertRow, FirstShownRow
from aardekast.errors import InboxError
from aardekast.mailaddress import mailbox_of

MOST_WAITING = 5_000  # unconfirmed wishes of three days; beyond it a machine is writing
_DAY = timedelta(days=1)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class CatalogueAlerts:
    """The alerts of an open catalogue: an AlertBook."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wish(self, wish: Wish) -> None:
        """Keep a wish until it is confirmed; nothing tells whether it was, or is known already. Raises InboxError."""
        with self._database.writing() as session:
            now = _now()
            session.execute(_too_old(now))
            row = session.scalars(select(AlertRow).where(AlertRow.digest == _digest(wish))).first()
            if _is_asked_enough(session, wish, now) or (row is None and _has_enough(session, wish)):
                return
            if row is None:
                row = _new_row(wish, now)
                session.add(row)
            row.asks = row.asks + 1 if now - row.asked < _DAY else 1
            row.asked, row.to_ask = now, wish.rhythm

    def take_asked(self) -> list[Alert]:
        """What is to be asked back by mail, given to nobody else; one whose process dies now is asked no more."""
        with self._database.writing() as session:
            taken = []
            for row in session.scalars(select(AlertRow).where(AlertRow.to_ask.is_not(None)).order_by(AlertRow.id)):
                taken.append(_alert(row, row.to_ask))
                row.to_ask = None
        return taken

    def ask_later(self, asked: Alert) -> None:
        """Put what was taken back, unless it was wished for anew meanwhile."""
        with self._database.writing() as session:
            row = session.get(AlertRow, asked.id)
            if row is not None:
                row.to_ask = row.to_ask or asked.rhythm

    def alert(self, alert_id: int) -> Alert | None:
        """One alert, confirmed or not; not what is too old to be confirmed."""
        with self._database.reading() as session:
            row = session.get(AlertRow, alert_id)
            is_over = row is not None and row.confirmed is None and row.asked < _now() - ASKED_FOR
            return _alert(row) if row is not None and not is_over else None

    def confirm(self, alert_id: int, rhythm: Rhythm) -> Alert | None:
        """From now on mails go out in this rhythm. Confirmed twice, it is as confirmed once."""
        with self._database.writing() as session:
            session.execute(_too_old(_now()))
            row = session.get(AlertRow, alert_id)
            if row is None:
                return None
            row.confirmed, row.rhythm, row.failures = row.confirmed or _now(), rhythm, 0
            return _alert(row)

    def leave(self, alert_id: int) -> None:
        """Delete all that is known of an alert."""
        with self._database.writing() as session:
            session.execute(delete(AlertRow).where(AlertRow.id == alert_id))

    def confirmed(self) -> list[Alert]:
        """All that mails may go to, in the order of their ids."""
        with self._database.reading() as session:
            rows = session.scalars(select(AlertRow).where(AlertRow.confirmed.is_not(None)).order_by(AlertRow.id))
            return [_alert(row) for row in rows]

    def note_sent(self, alert_id: int) -> None:
        """A mail was taken over by the server just now."""
        with self._database.writing() as session:
            row = session.get(AlertRow, alert_id)
            if row is not None:
                row.last_sent, row.failures = _now(), 0

    def note_refused(self, alert_id: int) -> bool:
        """The address was refused for good; at the third time, and where it was never confirmed, the row goes."""
        with self._database.writing() as session:
            row = session.get(AlertRow, alert_id)
            if row is None:
                return True
            row.failures += 1
            row.last_refused = _now()
            has_ended = row.confirmed is None or row.failures >= MOST_FAILURES
            if has_ended:
                session.delete(row)
            return has_ended

    def first_shown(self, seen: Iterable[tuple[str, datetime | None]], *, keep: bool = True) -> Mapping[str, datetime]:
        """When each of these was first shown: just now, where it was not known yet, which is kept.

        Asked for the first time, nothing is known of any: then it is the moment that each was first seen.
        """
        with self._database.reading() as session:
            known = {row.resource_id: row.since for row in session.scalars(select(FirstShownRow))}
        now = _now()
        found = {name: known.get(name, now if known else moment or _LONG_AGO) for name, moment in seen}
        if keep:
            rows = [{"resource_id": name, "since": since} for name, since in found.items() if name not in known]
            with self._database.writing() as session:
                insert_rows(session, FirstShownRow, rows)
        return found

    def forget_unconfirmed(self) -> int:
        """Delete what nobody confirmed in time; how many."""
        with self._database.writing() as session:
            return len(session.scalars(_too_old(_now()).returning(AlertRow.id)).all())


def _too_old(now: datetime) -> Delete:
    return delete(AlertRow).where(AlertRow.confirmed.is_(None), AlertRow.asked < now - ASKED_FOR)


def _is_asked_enough(session: Session, wish: Wish, now: datetime) -> bool:
    """Whether this mailbox was asked often enough for a day."""
    lately = select(func.sum(AlertRow.asks)).where(
        AlertRow.mailbox == mailbox_of(wish.address), AlertRow.asked > now - _DAY
    )
    return (session.scalar(lately) or 0) >= MOST_ASKED


def _has_enough(session: Session, wish: Wish) -> bool:
    """Whether this mailbox has as many as it may. Raises InboxError when too much waits in all."""
    count = select(func.count()).select_from(AlertRow)
    if (session.scalar(count.where(AlertRow.confirmed.is_(None))) or 0) >= MOST_WAITING:
        raise InboxError(f"{MOST_WAITING} alerts wait to be confirmed already.")
    of_mailbox = count.where(AlertRow.mailbox == mailbox_of(wish.address))
    return (session.scalar(of_mailbox) or 0) >= MOST_OF_ADDRESS


def _new_row(wish: Wish, now: datetime) -> AlertRow:
    return AlertRow(
        address=wish.address,
        mailbox=mailbox_of(wish.address),
        search=storable(wish.search),
        digest=_digest(wish),
        language=wish.language,
        rhythm=wish.rhythm,
        asked=now,
        asks=0,
        failures=0,
    )


def _alert(row: AlertRow, rhythm: str | None = None) -> Alert:
    return Alert(
        id=row.id,
        address=row.address,
        search=row.search,
        language=row.language,
        rhythm=Rhythm(rhythm or row.rhythm),
        confirmed=row.confirmed,
        last_sent=row.last_sent,
        last_refused=row.last_refused,
    )


def _digest(wish: Wish) -> str:
    """Of whom and what, however often."""
    named = repr((wish.address.lower(), wish.search, wish.language))
    return hashlib.blake2b(named.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC)
