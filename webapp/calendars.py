"""Events as iCalendar (RFC 5545), each a whole day or several: hours are not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask import url_for
from icalendar import Calendar, Event

from aardekast.resource import Resource, day_of
from webapp.identity import name_of
from webapp.wording import web_address

PRODUCT = "-//Kogukonnaveeb//Aardekast//ET"
EVERY = timedelta(hours=12)  # how often a calendar asks again; sources are harvested once a day at most


def calendar_of(events: Sequence[Resource], name: str, key: str, published_at: datetime) -> bytes:
    """The events whose day is known. `key` tells calendars apart, `published_at` is the date of all this."""
    calendar = Calendar.new(name=name, prodid=PRODUCT, method="PUBLISH", uid=name_of("kalender", key))
    calendar.add("REFRESH-INTERVAL", EVERY, {"VALUE": "DURATION"})
    for event in events:
        first = day_of(event.starts)
        if first is not None:
            calendar.add_component(_event(event, first, published_at))
    written: bytes = calendar.to_ical()
    return written


def _event(event: Resource, first: date, published_at: datetime) -> Event:
    last = day_of(event.ends) or first
    page = url_for("pages.resource", resource_id=event.id, _external=True)
    written: Event = Event.new(
        uid=name_of("materjal", event.id),
        stamp=published_at,
        summary=event.title,
        description="\n\n".join(part for part in (event.description, page) if part),
        start=first,
        end=max(first, last) + timedelta(days=1),  # the day after the last
        location=event.place,
        url=web_address(event.url) or page,
    )
    if event.keywords:
        written.add("CATEGORIES", list(event.keywords))
    return written
