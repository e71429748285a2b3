"""The hours of the day in which the curators let harvests run."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aardekast.settings import Hours

_ZONE = ZoneInfo("Europe/Tallinn")


def is_within(hours: Hours | None, now: datetime) -> bool:
    """Whether the moment lies within the hours, which may go over midnight; None are all hours."""
    if hours is None:
        return True
    hour, (first, last) = now.astimezone(_ZONE).hour, hours
    return first <= hour < last if first < last else hour >= first or hour < last
