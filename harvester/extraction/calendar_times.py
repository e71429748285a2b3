"""Moments of a calendar as Estonian days and hours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar.error import BrokenCalendarProperty

from harvester.extraction.calendar_values import EventError

HERE = ZoneInfo("Europe/Tallinn")
Moment = date | datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock by which an event counts: of its time zone, None of whole days.

    Times without a zone are those of the place, and a zone that nobody knows is mostly Outlook's own name for ours:
    both are taken for Estonian time.
    """

    zone: tzinfo | None

    def local(self, moment: Moment) -> datetime:
        """The moment by this clock, without a zone; of a day its beginning."""
        if not isinstance(moment, datetime):
            return datetime.combine(moment, time.min)
        return (moment.astimezone(self.zone or HERE) if moment.tzinfo else moment).replace(tzinfo=None)

    def here(self, local: datetime) -> datetime:
        """The Estonian time of a moment by this clock, without a zone."""
        if self.zone is None:
            return local
        return local.replace(tzinfo=self.zone).astimezone(HERE).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Times:
    """When an event is for the first time: local moments of its clock, the end not included."""

    clock: Clock
    first: datetime
    length: timedelta

    @property
    def is_whole_days(self) -> bool:
        """Whether it has no hours."""
        return self.clock.zone is None

    def days(self, first: datetime) -> tuple[date, date]:
        """The first and the last Estonian day, where it begins at this moment of its clock."""
        starts, ends = self.clock.here(first), self.clock.here(first + self.length)
        last = (ends - timedelta(microseconds=1)).date() if ends > starts else starts.date()
        return starts.date(), last

    def hours(self, first: datetime) -> str:
        """From when to when, as one says it in Estonian; empty of whole days."""
        if self.is_whole_days:
            return ""
        starts, ends = self.clock.here(first), self.clock.here(first + self.length)
        begin = f"kell {starts:%H.%M}"
        return f"{begin}–{ends:%H.%M}" if ends > starts and ends.date() == starts.date() else begin


def times_of(event: Any) -> Times:
    """When an event of icalendar is. Raises EventError where it does not say."""
    start = moment_of(event, "DTSTART")
    if start is None:
        raise EventError("says no day")
    clock = Clock((start.tzinfo or HERE) if isinstance(start, datetime) else None)
    first = clock.local(start)
    end, length = moment_of(event, "DTEND"), timedelta(days=1) if clock.zone is None else timedelta()
    if end is not None:
        length = clock.local(end) - first
    elif "DURATION" in event:
        with suppress(BrokenCalendarProperty):
            length = event["DURATION"].td
    return Times(clock, first, max(length, timedelta()))


def moment_of(event: Any, name: str) -> Moment | None:
    """A day or moment that an event says, None where it says none that can be read."""
    value = event.get(name)
    value = value[0] if isinstance(value, list) else value
    found = getattr(value, "dt", None)
    return found if isinstance(found, date) else None


def moments_of(event: Any, name: str) -> Iterator[Moment]:
    """The days and moments of an EXDATE or RDATE; of a period its beginning."""
    values = event.get(name, [])
    for listed in values if isinstance(values, list) else [values]:
        for one in getattr(listed, "dts", []):
            found = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            if isinstance(found, date):
                yield found
