"""The days of a series (RFC 5545, 3.8.5), within limits: a rule may say "every second, for ever".

dateutil reads the rules. It counts from the first day on, whatever is asked for, and where nothing fits it goes on to
the year 9999, which takes five seconds. recurring-ical-events, which is made for this, has neither limits nor goes
together with dateutil 4.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

from dateutil.rrule import rrulestr

from harvester.extraction.calendar_values import EventError

MOST_DAYS = 800  # of a series in a window of thirteen months; more often than twice a day nobody is invited
# Seconds of processor time for one series, and for all of a calendar. A rule since 2020 takes some milliseconds, every
# day since 1900 a tenth of a second.
MOST_SECONDS, MOST_OF_ALL = 0.5, 3.0
_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY")
_TOO_OFTEN, _UNREADABLE = "recurs too often", "recurs by a rule that cannot be read"


class Patience:
    """How long the series of a calendar may still take. Only for the main thread of a process: it uses its timer."""

    def __init__(self, seconds: float = MOST_OF_ALL) -> None:
        self._left = seconds

    @contextmanager
    def of_one(self) -> Iterator[None]:
        """Raises EventError in the midst of what takes too long."""
        if self._left <= 0:
            raise EventError("recurs, as too much of the calendar does")
        begun, before = time.process_time(), signal.signal(signal.SIGVTALRM, _give_up)
        signal.setitimer(signal.ITIMER_VIRTUAL, min(MOST_SECONDS, self._left))
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
            self._left -= time.process_time() - begun


def moments_of_rule(
    rule: str, first: datetime, window: tuple[datetime, datetime], patience: Patience
) -> list[datetime]:
    """The moments of a series in a window, its ends included; all are local and without a zone.

    `rule` is the value of an RRULE, its UNTIL already as such a moment. Raises EventError.
    """
    parts = dict(part.upper().split("=", 1) for part in rule.split(";") if "=" in part)
    if parts.get("FREQ") in _OFTEN:
        raise EventError(_TOO_OFTEN)
    if not parts.get("INTERVAL", "1").isdecimal() or int(parts.get("INTERVAL", "1")) < 1:
        raise EventError(_UNREADABLE)
    try:
        with patience.of_one():
            return _in_window(parts, first, window)
    except (ValueError, TypeError, KeyError, OverflowError) as fault:
        raise EventError(_UNREADABLE) from fault


def _in_window(parts: dict[str, str], first: datetime, window: tuple[datetime, datetime]) -> list[datetime]:
    earliest, latest = window
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    if until is not None:
        latest = min(latest, datetime.fromisoformat(until))
    if latest < first:
        return []
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    found = []
    rest = rrulestr(f"{text};UNTIL={latest:%Y%m%dT%H%M%S}", dtstart=first)
    for moment in islice(rest, int(count) if count is not None else None):
        if moment >= earliest:
            found.append(moment)
        if len(found) > MOST_DAYS:
            raise EventError(_TOO_OFTEN)
    return found


def _give_up(_number: int, _frame: object) -> None:
    raise EventError("recurs by a rule that takes too long to follow")
