"""When and where an event or course is held, and whether it is; and the events that a page lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from harvester.extraction.declared_values import day, link, listed, place, text, types_of
from harvester.extraction.json_ld import MOST_NODES, Node

_CANCELLED, _POSTPONED = ("eventcancelled", "cancelled", "canceled"), ("eventpostponed", "postponed")
_ONLINE = "onlineeventattendancemode"
EVENTS = re.compile(r"(?!publicationevent|deliveryevent)\w*event|eventseries|festival|hackathon|course|courseinstance")
_PARTS = ("hasCourseInstance", "subEvent", "eventSchedule")  # the times at which a course or series is held


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """First and last day, of a series those of all its times; the place, None on the web."""

    starts: str | None = None
    ends: str | None = None
    place: str | None = None
    is_cancelled: bool = False


NOT_HELD = Held()  # what is no event


def held(event: Node) -> Held:
    """What an event says of itself. One that is put off without a new day has none."""
    status = _status(event)
    if status in _CANCELLED:
        return Held(is_cancelled=True)
    times = [event, *(part for name in _PARTS for part in listed(event.get(name)) if _is_held(part))]
    if status in _POSTPONED:
        times = []
    starts = sorted(found for time in times if (found := day(time.get("startDate"))))
    own_end = day(event.get("endDate")) if times else None
    ends = [own_end] if own_end else sorted(found for time in times[1:] if (found := _last(time)))
    first, last = next(iter(starts), None), next(reversed(ends), None)
    where = next((found for time in [event, *times] if (found := place(time.get("location")))), None)
    is_online = _mode(event) == _ONLINE
    return Held(
        starts=first, ends=last if first and last and last >= first else None, place=None if is_online else where
    )


def _last(time: Node) -> str | None:
    return day(time.get("endDate")) or day(time.get("startDate"))


def _is_held(part: Any) -> bool:
    return isinstance(part, dict) and _status(part) not in (*_CANCELLED, *_POSTPONED)


def _status(event: Node) -> str:
    return _last_word(event.get("eventStatus"))


def _mode(event: Node) -> str:
    return _last_word(event.get("eventAttendanceMode"))


def _last_word(value: Any) -> str:
    return link(value).rstrip("/").rpartition("/")[2].lower()


def addresses_of_events(nodes: list[Node]) -> Iterator[str]:
    """The addresses that events among these nodes, however deep in lists, have of their own."""
    waiting: list[Any] = list(nodes)
    count = 0
    while waiting and count < MOST_NODES:
        thing = waiting.pop(0)
        count += 1
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            if any(EVENTS.fullmatch(one) for one in types_of(thing)) and (url := text(thing.get("url"))):
                yield url
            waiting.extend(value for value in thing.values() if isinstance(value, dict | list))
