"""What a feed says, whatever it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a feed. `minutes` is the length of a recording."""

    url: str
    title: str
    description: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A page of a feed. `unreadable` are the links of entries that are no addresses."""

    entries: tuple[Entry, ...]
    unreadable: tuple[str, ...] = ()
    is_recordings: bool = False
    next_page: str | None = None


def day_of(moment: object) -> str | None:
    """The day of an ISO 8601 moment, as it is written there: in the time of the site. None where it is none."""
    try:
        return date.fromisoformat(str(moment)[:10]).isoformat()
    except ValueError:
        return None  # WordPress writes 0000-00-00 for what was never dated
