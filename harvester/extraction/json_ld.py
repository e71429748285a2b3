"""JSON-LD of a page as plain nodes, read as forgivingly as WordPress plug-ins write it.

Comments, trailing commas, line breaks and odd escapes in strings, several objects in a row, quotes as HTML entities:
a browser never complains of any of these, so nobody mends them.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

MOST_NODES = 2_000  # of a page; a shop lists some hundred
Node = Mapping[str, Any]

# What has no end goes to that of the text: to look for it from each place anew takes minutes for 100 kB.
_STRING = r'"(?:[^"\\]++|\\.)*+(?:"|\Z|\\\Z)'
_NOISE = re.compile(
    rf"(?P<string>{_STRING})|/\*.*?(?:\*/|\Z)|(?<!:)//[^\n]*|<!--|-->|<!\[CDATA\[|\]\]>|^\s*;|;\s*$", re.DOTALL
)
_TRAILING_COMMA = re.compile(rf"(?P<string>{_STRING})|,(?=\s*[}}\]])", re.DOTALL)
_ODD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_TYPOGRAPHIC = str.maketrans(dict.fromkeys("“”„‟″", '"'))  # what an editor for texts makes of quotes
_BETWEEN = re.compile(r"[\s,;]*")  # values in a row
_PARTS = ("@graph", "mainEntity")  # properties whose nodes speak of the page as a whole, too


def nodes_of(tree: HtmlElement) -> list[Node]:
    """The nodes of all scripts of a page, those of graphs among them, with what they name by an id put in its place."""
    found: list[Node] = []
    waiting: list[Any] = [thing for text in scripts_of(tree) for thing in read(text)]
    count = 0
    while waiting and count < MOST_NODES:
        thing = waiting.pop(0)
        count += 1
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            found.append(thing)
            waiting.extend(thing[name] for name in _PARTS if name in thing)
    named = {node["@id"]: node for node in reversed(found) if isinstance(node.get("@id"), str) and len(node) > 1}
    return [{name: _resolved(value, named) for name, value in node.items()} for node in found]


def read(text: str) -> list[Any]:
    """The values of a script; empty where nothing in it can be read."""
    for attempt in (_as_it_is, _mended, _unescaped):
        try:
            values = attempt(text)
        except (ValueError, RecursionError):
            continue
        if values:
            return values
    return []


def scripts_of(tree: HtmlElement) -> Iterator[str]:
    """The texts of the scripts of a page that are JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json":
            yield (script.text or "").strip().lstrip("\ufeff")


def _as_it_is(text: str) -> list[Any]:
    return [json.loads(text, strict=False)]


def _mended(text: str) -> list[Any]:
    """What can be read of several values in a row, but MOST_NODES; raises ValueError where the first cannot."""
    text = _TRAILING_COMMA.sub(_kept_string, _NOISE.sub(_kept_string, text)).strip()
    decoder, place = json.JSONDecoder(strict=False), 0
    values: list[Any] = []
    while place < len(text) and len(values) < MOST_NODES:
        try:
            value, place = decoder.raw_decode(text, place)
        except ValueError:
            if not values:
                raise
            return values
        values.append(value)
        between = _BETWEEN.match(text, place)
        place = between.end() if between is not None else place
    return values


def _unescaped(text: str) -> list[Any]:
    if '"' not in text:
        text = html.unescape(text).translate(_TYPOGRAPHIC)
    return _mended(text)


def _kept_string(match: re.Match[str]) -> str:
    """A string stays, but for escapes that JSON does not know; all else that matched goes."""
    return _ODD_ESCAPE.sub("", match["string"]) if match["string"] else " "


def _resolved(value: Any, named: Mapping[str, Node]) -> Any:
    """What is only an id, as the node of that id: so Yoast writes authors and publishers."""
    if isinstance(value, list):
        return [_resolved(one, named) for one in value]
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return named.get(value["@id"], value)
    return value
