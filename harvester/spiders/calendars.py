"""Which answers are calendars."""

from __future__ import annotations

from scrapy.http import Response

from harvester.extraction.kinds import media_type

TYPE = "text/calendar"


def is_calendar(page: Response) -> bool:
    """Whether it is iCalendar, by its first line or as its server says."""
    declared = media_type((page.headers.get("Content-Type") or b"").decode("latin-1"))
    return page.body.lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:VCALENDAR") or declared == TYPE
