"""The letters of visitors in the catalogue, until the curators decide them; then their e-mail address is deleted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aardekast.catalogue.identity import is_withdrawn, owner_of
from aardekast.catalogue.reading import is_visible
from aardekast.catalogue.storable import storable
from aardekast.catalogue.tables import LetterRow, ResourceRow
from aardekast.errors import InboxError, UnknownLetterError
from aardekast.letters import Decision, Letter, LetterKind, Reception, WaitingLetter

MOST_WAITING = 2_000  # far more than curators can read; beyond it a machine is writing
_ID = re.compile(r"L([0-9]{1,9})")
_FIELDS = ("url", "title", "resource_kind", "resource_id", "reason", "text", "email")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A letter as it was when it was decided, without its e-mail address."""

    id: str
    letter: Letter


def is_letter_id(text: str) -> bool:
    """Whether this names a letter and not a resource."""
    return _ID.fullmatch(text) is not None


def receive(session: Session, letter: Letter, now: datetime) -> Reception:
    """Keep a letter; the same one that waits already is kept once. Raises InboxError when too many wait."""
    if letter.kind is LetterKind.SUGGESTION:
        known = _known(session, letter.url)
        if known is not None:
            return known
    waiting = LetterRow.decision.is_(None)
    digest = _digest(letter)
    same = session.scalars(select(LetterRow).where(waiting, LetterRow.digest == digest).limit(1)).first()
    if same is not None:
        same.email = same.email or storable(letter.email)
        return Reception(is_kept=True)
    if (session.scalar(select(func.count()).select_from(LetterRow).where(waiting)) or 0) >= MOST_WAITING:
        raise InboxError(f"{MOST_WAITING} letters wait already; 'aardekast review' decides them.")
    values = {name: storable(value) for name, value in asdict(letter).items()}
    session.add(LetterRow(**values, digest=digest, received=now))
    return Reception(is_kept=True)


def waiting_letters(session: Session) -> list[WaitingLetter]:
    """What waits, oldest first."""
    rows = session.scalars(select(LetterRow).where(LetterRow.decision.is_(None)).order_by(LetterRow.id))
    return [WaitingLetter(id=f"L{row.id}", letter=_letter(row), received=row.received) for row in rows]


def decide(session: Session, decision: Decision, ids: Sequence[str], now: datetime) -> list[Decided]:
    """Decide letters and delete their e-mail addresses. Raises UnknownLetterError for one that does not wait."""
    rows = [(name, _waiting(session, name)) for name in dict.fromkeys(ids)]
    for _, row in rows:
        row.decision, row.decided, row.email = decision, now, ""
        row.digest = ""  # the same may be sent again
    return [Decided(id=name, letter=_letter(row)) for name, row in rows]


def _waiting(session: Session, name: str) -> LetterRow:
    match = _ID.fullmatch(name)
    row = session.get(LetterRow, int(match[1])) if match else None
    if row is None or row.decision is not None:
        raise UnknownLetterError(f"No letter '{name}' is waiting; 'aardekast review' lists what waits.")
    return row


def _known(session: Session, url: str) -> Reception | None:
    if is_withdrawn(session, [url]):
        return Reception(is_kept=False, is_withdrawn=True)
    row = owner_of(session, url)
    if row is None:
        return None
    shown = session.scalar(select(ResourceRow.id).where(ResourceRow.id == row.id, is_visible()))
    return Reception(is_kept=False, resource_id=shown) if shown else None


def _letter(row: LetterRow) -> Letter:
    return Letter(kind=LetterKind(row.kind), **{name: getattr(row, name) for name in _FIELDS})


def _digest(letter: Letter) -> str:
    """Of what was written, whoever wrote it."""
    return hashlib.blake2b(repr(replace(letter, email="")).encode("utf-8", "replace"), digest_size=16).hexdigest()
