"""Reservations of text and data mining (TDMRep, W3C community group report of 2024): /.well-known/tdmrep.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PLACE = "/.well-known/tdmrep.json"
MOST_RULES = 1000  # a file with more is no file of rules
RESERVED = "text and data mining is reserved (TDM)"


@dataclass(frozen=True, slots=True)
class Reservations:
    """What a host reserves: patterns of paths, the longest of those that fit counts, as in robots.txt."""

    rules: tuple[tuple[str, bool], ...] = ()

    def reserves(self, url: str) -> bool:
        """Whether the address is among what is reserved."""
        parts = urlsplit(url)
        place = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
        fitting = [(len(location), reserved) for location, reserved in self.rules if _fits(location, place)]
        return max(fitting, default=(0, False))[1]


def read_reservations(body: bytes) -> Reservations:
    """The rules of the file; what is no rule is left out."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return Reservations()
    rules = found if isinstance(found, list) else [found]
    return Reservations(
        tuple(
            (rule["location"], str(rule.get("tdm-reservation")) == "1")
            for rule in rules[:MOST_RULES]
            if isinstance(rule, dict) and isinstance(rule.get("location"), str)
        )
    )


def _fits(location: str, place: str) -> bool:
    """Whether the place begins as the location says; * stands for any signs, $ at the end for the end."""
    pattern, has_end = (location[:-1], True) if location.endswith("$") else (location, False)
    first, *others = (unquote(piece) for piece in pattern.split("*"))
    if not place.startswith(first):
        return False
    at = len(first)
    for piece in others[:-1] if has_end else others:
        at = place.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    last = others[-1] if others else ""
    return not has_end or (place.endswith(last) and len(place) - len(last) >= at if others else at == len(place))
