"""How long a host asks us to wait (RFC 9110, Retry-After)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

# A source's 200 pages take three minutes and more anyway; who wants us to wait longer is better asked in the next run.
MOST_WAIT = 60.0
_UNSAID = 10.0  # seconds after a 429 that names no time


def asked_wait(status: int, retry_after: str | None, now: datetime) -> float | None:
    """Seconds; None where the answer asks for no wait. A 503 does so only where it says how long."""
    if status not in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        return None
    seconds = _seconds((retry_after or "").strip(), now)
    return _UNSAID if seconds is None and status == HTTPStatus.TOO_MANY_REQUESTS else seconds


def _seconds(text: str, now: datetime) -> float | None:
    """Of a number or a date; what has passed is 0, None where it is neither."""
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
