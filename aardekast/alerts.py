"""Saved searches by e-mail: what a visitor wishes, what is kept of it, and when the next mail is due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

PLACE = ZoneInfo("Europe/Tallinn")  # whose days are counted
ASKED_FOR = timedelta(days=3)  # how long a wish waits to be confirmed; then nothing of it is left
MOST_OF_ADDRESS = 30  # alerts to one mailbox; who wants more wants a feed
MOST_ASKED = 5  # confirmation mails to one mailbox in a day, whoever asks for them
MOST_FAILURES = 3  # sendings in which the address was refused for good, before the alert ends


class Rhythm(StrEnum):
    """How often a mail may come, as the form sends it."""

    DAILY = "paev"
    WEEKLY = "nadal"
    MONTHLY = "kuu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a visitor asks for. `search` is the query string of a search, without order and page."""

    address: str
    search: str
    language: str
    rhythm: Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A saved search as it is kept; `confirmed` is None until its address was confirmed."""

    id: int
    address: str
    search: str
    language: str
    rhythm: Rhythm
    confirmed: datetime | None = None
    last_sent: datetime | None = None
    last_refused: datetime | None = None

    @property
    def told_until(self) -> datetime | None:
        """What was first shown after this moment is new to who gets the mails."""
        return self.last_sent or self.confirmed

    def is_due(self, now: datetime) -> bool:
        """Whether a mail may go out: at most one in a day, week or month of Estonia's calendar."""
        moments = [moment for moment in (self.told_until, self.last_refused) if moment is not None]
        return self.confirmed is not None and now.astimezone(PLACE).date() >= _next(self.rhythm, max(moments))


def _next(rhythm: Rhythm, moment: datetime) -> date:
    """The first day on which the next mail may go out."""
    day = moment.astimezone(PLACE).date()
    if rhythm is Rhythm.MONTHLY:
        year, month = divmod(day.year * 12 + day.month, 12)  # months from 0: this is the next one
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day + timedelta(days=1 if rhythm is Rhythm.DAILY else 7)


class AlertBook(Protocol):
    """Where alerts are kept. Each method is one transaction."""

    def wish(self, wish: Wish) -> None:
        """Keep a wish until it is confirmed, unless its mailbox has enough. Raises InboxError when too much waits."""
        ...

    def take_asked(self) -> list[Alert]:
        """What is to be asked back by mail, with the rhythm that was wished; it is given to nobody else."""
        ...

    def ask_later(self, asked: Alert) -> None:
        """Put what was taken back: its mail could not be sent."""
        ...

    def alert(self, alert_id: int) -> Alert | None:
        """One alert, confirmed or not."""
        ...

    def confirm(self, alert_id: int, rhythm: Rhythm) -> Alert | None:
        """From now on mails go out; None where nothing is left of the wish."""
        ...

    def leave(self, alert_id: int) -> None:
        """Delete all that is known of an alert."""
        ...

    def confirmed(self) -> list[Alert]:
        """All that mails may go to, in the order of their ids."""
        ...

    def note_sent(self, alert_id: int) -> None:
        """A mail was taken over by the server."""
        ...

    def note_refused(self, alert_id: int) -> bool:
        """The address was refused for good; whether that was once too often and the alert has ended."""
        ...

    def first_shown(self, seen: Iterable[tuple[str, datetime | None]], *, keep: bool = True) -> Mapping[str, datetime]:
        """When each resource that visitors can find now was first shown; `seen` as in Searcher.seen."""
        ...

    def forget_unconfirmed(self) -> int:
        """Delete what nobody confirmed in time; how many."""
        ...
