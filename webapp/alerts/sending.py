"""Who gets a mail now: those whose day has come and whose search finds what was not shown to visitors before.

Each mail is noted as sent right after the server took it over. A run that is killed in between sends that one mail
twice, with the same Message-ID; nothing is ever lost. What fails for the moment is due again at the next run.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from enum import Enum

from flask import Flask

from aardekast.alerts import Alert, AlertBook
from aardekast.errors import AddressRejectedError, InboxError, MailError, MailServerError
from aardekast.mailing import Mailer
from aardekast.resource import Resource
from index import Searcher, SearchRequest
from webapp.alerts import mails
from webapp.alerts.desk import Desk
from webapp.alerts.searches import read_again
from webapp.site import site

MOST_FAULTS = 3  # of the server, one after another: then it is the server's, and the run ends
LONGEST = 1800.0  # seconds of a run; the rest is still due at the next

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Round:
    """What a run did, in mails.

    `ended`: alerts whose address was refused too often. `unreadable`: alerts whose search names what the vocabulary has
    no more; they send nothing. `faults`: what the mail server said, each once. `is_away`: it took nothing at the
    end. `is_whole` is False where the run ended before its end.
    """

    asked: int = 0
    sent: int = 0
    rejected: int = 0
    ended: int = 0
    failed: int = 0
    forgotten: int = 0
    unreadable: int = 0
    is_away: bool = False
    is_whole: bool = True
    faults: list[str] = field(default_factory=list)


def send_round(
    app: Flask,
    desk: Desk,
    searcher: Searcher,
    now: datetime,
    *,
    stopping: Callable[[], bool] = lambda: False,
    told: Callable[[str], None] = lambda _said: None,
    dry_run: bool = False,
) -> Round:
    """Send what is due at a moment; `told` is told of each mail in a line. A dry run sends and keeps nothing."""
    with desk.book() as book, desk.sender.mailer() as mailer:
        run = _Run(app, desk, book, mailer, stopping)
        if not dry_run:
            run.done.forgotten = book.forget_unconfirmed()
            run.ask_back()
        due = [alert for alert in book.confirmed() if alert.is_due(now)]
        random.shuffle(due)  # so that those on whom a server hangs do not stand before the same others each time
        found = _News(searcher, book.first_shown(searcher.seen(), keep=not dry_run), due)
        for alert in due:
            run.tell_news(alert, found, told, dry_run=dry_run)
            if not run.done.is_whole:
                break
    return run.done


def ask_back(app: Flask, desk: Desk) -> None:
    """Send the confirmation mails that wait; what cannot be sent now waits on. Never raises for the server's sake."""
    try:
        with desk.book() as book, desk.sender.mailer() as mailer:
            run = _Run(app, desk, book, mailer, lambda: False)
            run.ask_back()
        faults = run.done.faults
    except InboxError as fault:
        faults = [str(fault)]
    for said in faults:
        log.warning("Confirmation mails wait: %s", said)


class _News:
    """What is new to whom: each search is asked once, however many follow it."""

    def __init__(self, searcher: Searcher, since: Mapping[str, datetime], due: Sequence[Alert]) -> None:
        oldest = min((alert.told_until for alert in due if alert.told_until), default=None)
        self._searcher, self._since = searcher, since
        self._fresh = [name for name, moment in since.items() if oldest and moment > oldest]
        self._found: dict[str, tuple[Resource, ...]] = {}

    def of(self, alert: Alert, wanted: SearchRequest) -> list[Resource]:
        """The materials, those added last first."""
        if alert.search not in self._found:
            self._found[alert.search] = self._searcher.among(wanted, self._fresh) if self._fresh else ()
        until = alert.told_until
        return [one for one in self._found[alert.search] if until is not None and self._since[one.id] > until]


class _Fate(Enum):
    """What became of a mail."""

    TAKEN = "taken"
    REJECTED = "rejected"
    FAILED = "failed"


class _Run:
    """One connection, and what came of it so far."""

    def __init__(self, app: Flask, desk: Desk, book: AlertBook, mailer: Mailer, stopping: Callable[[], bool]) -> None:
        self._app, self._desk, self._book, self._mailer = app, desk, book, mailer
        self._stopping, self._started, self._in_a_row = stopping, time.monotonic(), 0
        with app.app_context():
            self._vocabulary = site().vocabulary
        self.done = Round()

    def ask_back(self) -> None:
        """Send the confirmation mails that wait."""
        for asked in self._book.take_asked():
            wanted = read_again(asked.search, self._vocabulary)
            if wanted is None:
                self.done.unreadable += 1
                continue
            with mails.speaking(self._app, self._desk, asked.language):
                message = mails.confirmation(self._desk, asked, wanted)
            fate = _Fate.FAILED if self._is_over() else self._deliver(asked, message)
            if fate is _Fate.FAILED:
                self._book.ask_later(asked)
            self.done.asked += fate is _Fate.TAKEN

    def tell_news(self, alert: Alert, news: _News, told: Callable[[str], None], *, dry_run: bool) -> None:
        """Send one alert its mail, where there is anything new."""
        wanted = read_again(alert.search, self._vocabulary)
        found = news.of(alert, wanted) if wanted else []
        self.done.unreadable += wanted is None
        if wanted is None or not found or self._is_over():
            return
        if not dry_run:
            if self._book.alert(alert.id) is None:  # it was left meanwhile
                return
            with mails.speaking(self._app, self._desk, alert.language):
                message = mails.news(self._desk, alert, wanted, found)
            if self._deliver(alert, message) is not _Fate.TAKEN:
                return
            self._book.note_sent(alert.id)
        self.done.sent += 1
        told(f"Alert {alert.id}: {len(found)} new for {alert.search or 'everything'}")

    def _is_over(self) -> bool:
        """Whether nothing more is to be sent: we were asked to stop, it took too long, or the server is away."""
        late = time.monotonic() - self._started > LONGEST
        if self._stopping() or late or self._in_a_row >= MOST_FAULTS:
            self.done.is_whole = False
        return not self.done.is_whole

    def _deliver(self, alert: Alert, message: EmailMessage) -> _Fate:
        self.done.is_away = False
        try:
            self._mailer.send(message, alert.address)
        except AddressRejectedError:
            self._in_a_row = 0
            self.done.rejected += 1
            self.done.ended += self._book.note_refused(alert.id)
            return _Fate.REJECTED
        except MailError as fault:
            self.done.is_away = isinstance(fault, MailServerError)
            self._in_a_row = self._in_a_row + 1 if self.done.is_away else 0
            self.done.failed += 1
            self.done.faults += [] if str(fault) in self.done.faults else [str(fault)]
            return _Fate.FAILED
        self._in_a_row = 0
        return _Fate.TAKEN
