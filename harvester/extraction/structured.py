"""What a page declares of itself for machines: JSON-LD of schema.org, citation_*, Dublin Core, OpenGraph.

Read before anything is guessed. What describes other things of the page (its site, its parts, teasers of other
pages) is told apart by its type.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from harvester.extraction.document import meta, metas, text_of, words_of

MOST_NODES = 2_000  # of a graph; a shop lists some hundred
_KINDS = {
    "scholarlyarticle": "teadusartikkel",
    "thesis": "teadusartikkel",
    "newsarticle": "uudis",
    "reportagenewsarticle": "uudis",
    "analysisnewsarticle": "uudis",
    "howto": "juhendmaterjal",
    "videoobject": "veebiettekanne",
    "event": "koolitus",
    "educationevent": "koolitus",
    "businessevent": "koolitus",
    "course": "koolitus",
    "courseinstance": "koolitus",
}
# The types that a page as a whole may be, the most telling first; a WebPage says least of all.
_MAIN = (
    re.compile(r"\w*event$|course|courseinstance"),
    re.compile(r"\w*article|blogposting|report|thesis|learningresource|creativework|howto|book|chapter"),
    re.compile(r"videoobject|audioobject|presentationdigitaldocument"),
    re.compile(r"webpage|itempage|faqpage"),
)
_EVENTS = _MAIN[0]
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)")
_TAGS = re.compile(r"<[^<>]*>")
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What was declared; `starts`, `ends` and `place` are of an event, `kind` is a slug of the vocabulary."""

    titles: tuple[str, ...] = ()
    description: str = ""
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()  # dates as they are written, the surest first
    language: str = ""
    kind: str | None = None
    licence: str | None = None
    starts: str | None = None
    ends: str | None = None
    place: str | None = None


def declared(tree: HtmlElement) -> Declared:
    """All that is declared of the page as a whole."""
    found = _of_page(tree)
    node = found[0] if found else {}
    event = node if _is(node, _EVENTS) else {}
    dates = (_text(one.get(name)) for one in found for name in ("datePublished", "uploadDate"))
    described = meta(tree, "description", "og:description", "dc.description", "dcterms.abstract")
    return Declared(
        titles=tuple(filter(None, (meta(tree, "citation_title"), *_titles(node), meta(tree, "og:title", "dc.title")))),
        description=_text(node.get("description")) or described,
        authors=tuple(metas(tree, "citation_author") or _names(node.get("author")) or metas(tree, "dc.creator")),
        published=tuple(filter(None, dates)),
        language=_text(node.get("inLanguage")) or meta(tree, "dc.language", "citation_language", "og:locale"),
        kind=_kind(node),
        licence=_link(node.get("license")) or meta(tree, "dcterms.license", "dc.rights") or _rel_licence(tree),
        starts=_day(event.get("startDate")),
        ends=_day(event.get("endDate")),
        place=_place(event.get("location")),
    )


def _of_page(tree: HtmlElement) -> list[Node]:
    """The nodes that speak of the page as a whole, the most telling first.

    Several of a type are a list of other things, and what has another name than the page is one of them.
    """
    shown = "".join(_plain(text_of(element)) for element in tree.iter("title", "h1")) + _plain(meta(tree, "og:title"))
    nodes = list(_nodes(tree))
    found = []
    for types in _MAIN:
        alike = [node for node in nodes if _is(node, types)]
        if len(alike) == 1 and all(_plain(title) in shown for title in list(_titles(alike[0]))[:1]):
            found.append(alike[0])
    return found


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    count = 0
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        with suppress(ValueError, RecursionError):
            # Line breaks inside of strings are a common fault of templates.
            waiting = [json.loads(script, strict=False)]
            while waiting and count < MOST_NODES:
                node = waiting.pop(0)
                count += 1
                if isinstance(node, list):
                    waiting.extend(node)
                elif isinstance(node, dict):
                    yield node
                    waiting.extend(node[name] for name in ("@graph", "mainEntity") if name in node)


def _types(node: Node) -> list[str]:
    types = node.get("@type")
    return [str(one).rpartition("/")[2].lower() for one in (types if isinstance(types, list) else [types])]


def _is(node: Node, types: re.Pattern[str]) -> bool:
    return any(types.fullmatch(one) for one in _types(node))


def _kind(node: Node) -> str | None:
    return next((_KINDS[one] for one in _types(node) if one in _KINDS), None)


def _titles(node: Node) -> Iterator[str]:
    yield from (title for name in ("headline", "name") if (title := _text(node.get(name))))


def _text(value: Any) -> str:
    """A string without the markup that some templates leave in it."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return words_of(html.unescape(_TAGS.sub(" ", html.unescape(value)))) if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    people = value if isinstance(value, list) else [value]
    return [name for person in people if not _is_organisation(person) and (name := _text(person))]


def _is_organisation(person: Any) -> bool:
    return isinstance(person, dict) and any("organization" in one for one in _types(person))


def _link(value: Any) -> str:
    return _text(value.get("url") or value.get("@id") or value.get("name")) if isinstance(value, dict) else _text(value)


def _rel_licence(tree: HtmlElement) -> str | None:
    hrefs = set(tree.xpath("//*[self::a or self::link][contains(concat(' ', @rel, ' '), ' license ')]/@href"))
    return hrefs.pop() if len(hrefs) == 1 else None


def _day(value: Any) -> str | None:
    match = _DATE.match(_text(value))
    return match[1] if match else None


def _place(value: Any) -> str | None:
    """The name of the place with its town; what is held on the web has none."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        return _text(value) or None
    if "virtuallocation" in _types(value):
        return None
    address = value.get("address")
    town = _text(address.get("addressLocality")) if isinstance(address, dict) else _text(address)
    name = _text(value.get("name"))
    return ", ".join(part for part in (name, town if town not in name else "") if part) or None
