"""Single values out of what pages declare: a text, names, an address, a day, a place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from harvester.extraction.document import language_code, words_of
from harvester.extraction.json_ld import Node

_TAGS = re.compile(r"<[^<>]*>")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def types_of(node: Node) -> list[str]:
    """The types of a node in lower case, without the address of their vocabulary."""
    types = node.get("@type")
    return [re.split(r"[/#:]", str(one))[-1].lower() for one in (types if isinstance(types, list) else [types])]


def listed(value: Any) -> list[Any]:
    """A value as the list that it may be."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def text(value: Any) -> str:
    """A string without the markup that some templates leave in it."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return words_of(html.unescape(_TAGS.sub(" ", html.unescape(value)))) if isinstance(value, str) else ""


def texts(value: Any) -> list[str]:
    """All strings of a value."""
    return [found for one in listed(value) if (found := text(one))]


def people(value: Any) -> list[str]:
    """The names of people: not of organisations, nor addresses that stand in place of names."""
    return [
        name for one in listed(value) if not _is_organisation(one) for name in texts(one) if not _ADDRESS.match(name)
    ]


def name_of(value: Any) -> str:
    """The name of the first that has one."""
    return next((name for name in texts(value) if not _ADDRESS.match(name)), "")


def link(value: Any) -> str:
    """The address that a value is or has, else its name."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return text(value.get("url") or value.get("@id") or value.get("name")) if isinstance(value, dict) else text(value)


def language(value: Any) -> str:
    """A language as it is declared; of one that is described, its code."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        codes = (text(value.get(name)) for name in ("alternateName", "@id", "name", "@value"))
        return next((code for code in codes if language_code(code)), "")
    return text(value)


def day(value: Any) -> str | None:
    """The day of a moment as it is written, in its own time zone; None where there is no such day."""
    written = text(value)
    if match := _ISO.match(written):
        parts = match.groups()
    elif match := _DOTTED.match(written):
        parts = match.groups()[::-1]
    else:
        return None
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return None


def place(value: Any) -> str | None:
    """The name of the place with its town, of several the first; what is held on the web has none."""
    return next(_places(value), None)


def _places(value: Any) -> Iterator[str]:
    for one in listed(value):
        if isinstance(one, str):
            if (name := text(one)) and not _ADDRESS.match(name):
                yield name
        elif isinstance(one, dict) and "virtuallocation" not in types_of(one):
            address = one if "postaladdress" in types_of(one) else one.get("address")
            address = address[0] if isinstance(address, list) and address else address
            street, town = _street_and_town(address)
            name = text(one.get("name")) or street
            if found := ", ".join(part for part in (name, town if town not in name else "") if part):
                yield found


def _street_and_town(address: Any) -> tuple[str, str]:
    if isinstance(address, dict):
        return text(address.get("streetAddress")), text(address.get("addressLocality"))
    return "", text(address)


def _is_organisation(person: Any) -> bool:
    return isinstance(person, dict) and any("organization" in one for one in types_of(person))
