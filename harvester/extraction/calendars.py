"""Events of a calendar (iCalendar, RFC 5545), read one by one: a broken one costs only itself."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Event

from harvester.extraction.calendar_times import Moment, Times, moment_of, moments_of, times_of
from harvester.extraction.calendar_values import Calendar, CalendarEvent, EventError, RawCalendar
from harvester.extraction.recurrences import Patience, moments_of_rule

LONG_OVER = timedelta(days=31)  # what ended before is not taken any more; what was taken stays, as past
FAR_AWAY = timedelta(days=366)  # up to when the days of a series are told: it may have no end
MOST_EVENTS = 10_000  # components; the calendar of a university has some thousand
LONGEST = 20_000  # signs of a description
NOT_READ = "an event that cannot be read"


def read_calendar(raw: RawCalendar) -> Calendar:
    """What is to come, under way or not long over."""
    series, faults = defaultdict[str, list[Event]](list), list[tuple[str, str]]()
    for number, lines in enumerate(_components(raw.body)):
        if number == MOST_EVENTS:
            faults.append(("", f"has more than {MOST_EVENTS} events; the rest was not read"))
            break
        try:
            event = Event.from_ical("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")))
            assert isinstance(event, Event)
            series[_uid(event)].append(event)
        except Exception as fault:
            # The edge: icalendar raises what it likes on a bad component, which must not cost the others.
            faults.append((_name(lines), f"{NOT_READ} ({type(fault).__name__})"))
    events, patience = list[CalendarEvent](), Patience()
    for uid, components in series.items():
        try:
            events += _Series(uid, components, raw.today, patience).events()
        except EventError as fault:
            faults.append((uid, str(fault)))
        except Exception as fault:
            # The edge, as above.
            faults.append((uid, f"{NOT_READ} ({type(fault).__name__})"))
    if not re.search(rb"END:VCALENDAR\s*$", raw.body, re.IGNORECASE):
        faults.append(("", "breaks off"))
    return Calendar(events=tuple(sorted(events, key=lambda event: (event.starts, event.uid))), faults=tuple(faults))


class _Series:
    """The components of one UID: an event, perhaps with a rule, and single days of it that are otherwise."""

    def __init__(self, uid: str, components: list[Event], today: date, patience: Patience) -> None:
        self._uid = uid
        self._patience = patience
        self._window = today - LONG_OVER, today + FAR_AWAY
        self._masters = [one for one in components if moment_of(one, "RECURRENCE-ID") is None]
        self._changed = [one for one in components if moment_of(one, "RECURRENCE-ID") is not None]

    def events(self) -> Iterator[CalendarEvent]:
        """Raises EventError."""
        newest = max(map(_sequence, self._masters), default=0)
        # Some programs give all days of a series one UID and say nothing of a series.
        masters = {times_of(one).first: one for one in self._masters if _sequence(one) == newest}
        for first, master in masters.items():
            yield from self._of_master(master, first.date() if len(masters) > 1 else None)
        if not masters:
            yield from self._of_changed(None)

    def _of_master(self, master: Event, day: date | None) -> Iterator[CalendarEvent]:
        times = times_of(master)
        if not any(name in master for name in ("RRULE", "RDATE")):
            yield from self._event(master, times, times.first, day)
            return
        changed = {self._place(times, moment_of(one, "RECURRENCE-ID")) for one in self._changed}
        left_out = {self._place(times, moment) for moment in moments_of(master, "EXDATE")}
        days_out = {moment for moment in moments_of(master, "EXDATE") if not isinstance(moment, datetime)}
        for first in self._firsts(master, times):
            is_out = first in left_out or first.date() in days_out
            if not is_out and first not in changed:
                yield from self._event(master, times, first, first.date())
        yield from self._of_changed(master)

    def _of_changed(self, master: Event | None) -> Iterator[CalendarEvent]:
        """The days that are otherwise; what is not said of them is as of the others."""
        for one in self._changed:
            times = times_of(one)
            was = moment_of(one, "RECURRENCE-ID")
            day = self._place(times_of(master) if master is not None else times, was).date()
            for event in self._event(one, times, times.first, day):
                is_off = event.is_cancelled or (master is not None and _is(master, "STATUS", "CANCELLED"))
                yield replace(event, is_cancelled=is_off, url=event.url or (_text(master, "URL") if master else ""))

    def _firsts(self, master: Event, times: Times) -> list[datetime]:
        """When the days of the series begin, by its own clock, in their order."""
        earliest = datetime.combine(self._window[0], time.min) - times.length - timedelta(days=1)
        latest = datetime.combine(self._window[1], time.max)
        found = {times.first, *(self._place(times, moment) for moment in moments_of(master, "RDATE"))}
        rules = master.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            found.update(moments_of_rule(_rule(rule, times), times.first, (earliest, latest), self._patience))
        return sorted(first for first in found if earliest <= first <= latest)

    def _place(self, times: Times, moment: Moment | None) -> datetime:
        """A moment by the clock of the series; a day alone means the hour at which the series begins."""
        assert moment is not None
        local = times.clock.local(moment)
        if times.is_whole_days:
            return datetime.combine(local.date(), time.min)
        return local if isinstance(moment, datetime) else datetime.combine(local.date(), times.first.time())

    def _event(self, event: Event, times: Times, first: datetime, day: date | None) -> Iterator[CalendarEvent]:
        """The event at a moment of its clock, where that is in the window."""
        starts, last = times.days(first)
        if last < self._window[0] or (day is not None and starts > self._window[1]):
            return
        yield CalendarEvent(
            uid=self._uid,
            starts=starts.isoformat(),
            ends=last.isoformat() if last > starts else None,
            hours=times.hours(first),
            day=day.isoformat() if day is not None else None,
            title=" ".join(_text(event, "SUMMARY").split()),
            description=_text(event, "DESCRIPTION"),
            place=_text(event, "LOCATION"),
            url=_text(event, "URL"),
            categories=tuple(_categories(event)),
            is_cancelled=_is(event, "STATUS", "CANCELLED"),
            is_private=_is(event, "CLASS", "PRIVATE") or _is(event, "CLASS", "CONFIDENTIAL"),
        )


def _components(body: bytes) -> Iterator[list[str]]:
    """The lines of each event, unfolded, without those of what is in it (alarms)."""
    lines: list[str] | None = None
    inner = 0
    for line in _unfolded(body.decode("utf-8-sig", "replace")):
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            if lines is not None:  # the end of the one before is missing
                yield lines
            lines, inner = [], 0
        elif mark == "END:VEVENT":
            if lines is not None:
                yield lines
            lines = None
        elif mark.startswith("BEGIN:"):
            inner += 1
        elif mark.startswith("END:"):
            inner -= 1
        elif lines is not None and inner <= 0:
            lines.append(line)


def _unfolded(text: str) -> Iterator[str]:
    """The lines of a text; what begins with a space goes on with the line before."""
    held: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in (" ", "\t"):
            held.append(line[1:])
            continue
        if held:
            yield "".join(held)
        held = [line]
    yield "".join(held)


def _uid(event: Event) -> str:
    """Its own, else what it says in few letters."""
    said = _text(event, "UID")
    written = repr([_text(event, name) for name in ("SUMMARY", "LOCATION")]) + repr(moment_of(event, "DTSTART"))
    return said or hashlib.blake2b(written.encode(), digest_size=8).hexdigest()


def _name(lines: list[str]) -> str:
    return next((line.partition(":")[2] for line in lines if line.upper().startswith("UID")), "")


def _text(event: Event, name: str) -> str:
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) and value else value or "").strip()[:LONGEST]


def _is(event: Event, name: str, word: str) -> bool:
    return _text(event, name).upper() == word


def _sequence(event: Event) -> int:
    text = _text(event, "SEQUENCE")
    return int(text) if text.isdecimal() else 0


def _categories(event: Event) -> Iterator[str]:
    values = event.get("CATEGORIES", [])
    for listed in values if isinstance(values, list) else [values]:
        yield from (str(one).strip() for one in getattr(listed, "cats", []) if str(one).strip())


def _rule(rule: Any, times: Times) -> str:
    """The rule as it is written, its end by the clock of the series."""
    until = rule.get("UNTIL")
    until = until[0] if isinstance(until, list) and until else until
    parts = [part for part in rule.to_ical().decode().split(";") if not part.startswith("UNTIL=")]
    if isinstance(until, date):
        end = times.clock.local(until)
        if not isinstance(until, datetime):
            end = datetime.combine(end.date(), time.max)
        parts.append(f"UNTIL={end:%Y%m%dT%H%M%S}")
    return ";".join(parts)
