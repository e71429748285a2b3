"""What goes into the reading of a calendar and what comes out: values that travel between processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class EventError(Exception):
    """Why an event cannot be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCalendar:
    """A calendar as it came, and the day on which it is read: what is long over or far away is left out."""

    body: bytes
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """An event, or one day of a series. The days are Estonian ones, `hours` as one says them, empty of whole days.

    `day` is the day of a series as its rule has it, which stays where that one day is moved; None of what is no series.
    """

    uid: str
    starts: str
    ends: str | None = None  # where it is another day
    hours: str = ""
    day: str | None = None
    title: str = ""
    description: str = ""
    place: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    is_cancelled: bool = False
    is_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The events in the order of their days, and for each component that could not be read its name and why."""

    events: tuple[CalendarEvent, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
