"""What visitors search for, without who: normalised, and without what looks like a person's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

KEPT_FOR = timedelta(days=90)

_EMAIL = re.compile(r"[^\s@]+\s?(@|\(at\)|\[at\])\s?[^\s@]+\.[^\s@]{2,}", re.IGNORECASE)
_YEARS = re.compile(r"\b(1[0-9]|20)[0-9]{2}(\s*(\.\.|[-–,/])\s*|\s+)(1[0-9]|20)[0-9]{2}\b")
_PERSONAL_CODE = re.compile(r"(?<![0-9])[1-8](?:[ .\-]?[0-9]){10}(?![0-9])")
# Estonian numbers have 7 or 8 digits, with a country code of up to three digits at most 12 (ITU E.164 allows 15).
_PHONE = re.compile(r"(?<![0-9])(?:\+|00)?[0-9](?:[ .\-()/]{0,2}[0-9]){6,14}(?![0-9])")
_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """One search: the normalised query text, its filters as in the query string, and what it found."""

    query: str
    filters: str
    hits: int
    took_ms: float
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryCount:
    """A query text, how often it was searched, and how many hits it had the last time it had no filters."""

    query: str
    searches: int
    hits: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSummary:
    """The searches since a day: how many, their median and p95 in ms, the most frequent and those without hits."""

    days: int
    searches: int
    median_ms: float | None
    p95_ms: float | None
    frequent: tuple[QueryCount, ...]
    without_hits: tuple[QueryCount, ...]


class SearchKeeper(Protocol):
    """Where searches are kept."""

    def keep_searches(self, searches: Sequence[Searched]) -> None:
        """Keep them. Raises InboxError when that cannot be done now."""
        ...


def normalised(text: str) -> str:
    """The text in small letters, its spaces single, its signs composed (NFC)."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def is_personal(text: str) -> bool:
    """Whether it looks like it holds an e-mail address, a phone number or an Estonian personal code.

    Rather too often than too seldom: such a query is dropped as a whole. Ranges of years are no phone numbers.
    """
    if _EMAIL.search(text) or any(is_personal_code(found[0]) for found in _PERSONAL_CODE.finditer(text)):
        return True
    return _PHONE.search(_YEARS.sub(" ", text)) is not None


def is_personal_code(text: str) -> bool:
    """Whether its eleven digits are an Estonian personal code (isikukood, EVS 585): a day of birth and a checksum."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    if len(digits) != 11 or not (1 <= digits[3] * 10 + digits[4] <= 12 and 1 <= digits[5] * 10 + digits[6] <= 31):
        return False
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
        if rest < 10:
            return rest == digits[10]
    return digits[10] == 0
