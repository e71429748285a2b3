"""Which answers are calendars, and at which address an event stands."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from scrapy.http import Response
from w3lib.url import add_or_replace_parameters

from aardekast.addresses import canonical_key, fault_of
from harvester.extraction.calendar_values import CalendarEvent
from harvester.extraction.kinds import media_type

_TYPE = "text/calendar"
_LONGEST_UID = 200


def is_calendar(page: Response) -> bool:
    """Whether it is iCalendar, by its first line or as its server says."""
    declared = media_type((page.headers.get("Content-Type") or b"").decode("latin-1"))
    return page.body.lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:VCALENDAR") or declared == _TYPE


def addresses_of(events: Sequence[CalendarEvent], calendar: str) -> list[str]:
    """An address of its own for each event, the same at every visit.

    That of its page; without one, or where several events name the same, that of the calendar or page with the UID.
    The days of a series have theirs too, by the day that the rule says. Sites do not mind what they do not know.
    """
    pages = {(event.uid, canonical_key(event.url)) for event in events if _is_page(event.url)}
    shared = Counter(key for _, key in pages)
    return [_address(event, calendar, shared) for event in events]


def _address(event: CalendarEvent, calendar: str, shared: Counter[str]) -> str:
    uid = event.uid if len(event.uid) <= _LONGEST_UID else hashlib.sha256(event.uid.encode()).hexdigest()
    has_page = _is_page(event.url)
    added = {} if has_page and shared[canonical_key(event.url)] == 1 else {"uid": uid}
    if event.day is not None:
        added["kuupaev"] = event.day
    url = event.url if has_page else calendar
    return add_or_replace_parameters(url, added) if added else url


def _is_page(url: str) -> bool:
    """Whether it can be the page of one event: the front page of a site is that of none."""
    return fault_of(url) is None and bool(urlsplit(url).path.strip("/") or urlsplit(url).query)
