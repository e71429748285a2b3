"""Microdata of a page (itemscope, itemprop) as nodes of the same shape as those of JSON-LD.

A reader of our own: extruct, the library for it, brings rdflib, pyRdfa3, mf2py, html-text and jstyleson with it for
other syntaxes, which are read already or not wanted; what is wanted of the standard is what follows. As Google reads
it, `content` counts on any element; a link is its text where the property names somebody or something, not its address.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml.html import HtmlElement

from harvester.extraction.document import text_of
from harvester.extraction.json_ld import MOST_NODES, Node

DEEPEST = 8  # items in items; an event's place's address is the third
MOST_HOLDERS = 100_000  # elements looked at: items may refer to one another, to read their parts again and again
_PARTS = ("mainEntity", "mainContentOfPage", "blogPost", "blogPosts")  # as in JSON-LD, and as themes nest their posts
_UNREAD = frozenset({"articleBody", "text", "comment", "review"})  # long, and none of what is asked for
_LINKED = frozenset({"url", "sameAs", "license", "item", "mainEntityOfPage", "eventStatus", "eventAttendanceMode"})
_SOURCES = dict.fromkeys(("audio", "embed", "iframe", "img", "source", "track", "video"), "src")
_VALUES = {**_SOURCES, "link": "href", "object": "data", "data": "value", "meter": "value", "time": "datetime"}


def nodes_of(tree: HtmlElement) -> list[Node]:
    """The items of a page that are no property of another one, and those that speak of the page as a whole."""
    found: list[Node] = []
    whole = tree.xpath("//*[@itemscope and not(@itemprop and ancestor::*[@itemscope])]")[:MOST_NODES]
    reader = _Reader(tree)
    waiting: list[Any] = [reader.item(element, DEEPEST, {element}) for element in whole]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            found.append(thing)
            waiting.extend(thing[name] for name in _PARTS if name in thing)
    return found


class _Reader:
    """Reads the items of a page, and no more than MOST_HOLDERS of its elements; what comes behind them is left out."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._left = MOST_HOLDERS

    def item(self, element: HtmlElement, depth: int, within: set[HtmlElement]) -> dict[str, Any]:
        """An item; `within` are the items that it stands in, so that none refers to itself."""
        item: dict[str, Any] = {"@type": (element.get("itemtype") or "").split()}
        if element.get("itemid"):
            item["@id"] = element.get("itemid")
        for name, holder in self._properties(element):
            if name in _UNREAD or (_is_item(holder) and (depth == 0 or holder in within)):
                continue
            value = self.item(holder, depth - 1, within | {holder}) if _is_item(holder) else _value(name, holder)
            known = item.get(name)
            if isinstance(known, list):
                known.append(value)
            else:
                item[name] = value if known is None else [known, value]
        return item

    def _properties(self, element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
        """The properties of an item, where they stand in it or in what it refers to, and what elements hold them."""
        ids = (element.get("itemref") or "").split()
        referred = [self._named[id_] for id_ in ids if id_ in self._named]
        waiting = [*reversed(referred), *_children(element)]  # the last is next
        seen: set[HtmlElement] = set()
        while waiting and self._left > 0:
            self._left -= 1
            holder = waiting.pop()
            if holder in seen:
                continue
            seen.add(holder)
            for name in (holder.get("itemprop") or "").split():
                yield name.rpartition("/")[2], holder
            if not _is_item(holder):
                waiting.extend(_children(holder))

    @cached_property
    def _named(self) -> dict[str, HtmlElement]:
        """The elements by their ids, of several the first."""
        return {element.get("id"): element for element in reversed(self._tree.xpath("//*[@id]"))}


def _children(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements in it, the last first."""
    return (child for child in reversed(element) if isinstance(child.tag, str))


def _is_item(element: HtmlElement) -> bool:
    return "itemscope" in element.attrib


def _value(name: str, element: HtmlElement) -> str:
    if element.get("content") is not None:
        return str(element.get("content"))
    if element.tag in ("a", "area"):
        return element.get("href") or "" if name in _LINKED else text_of(element)
    attribute = _VALUES.get(element.tag)
    return str(element.get(attribute)) if attribute and element.get(attribute) else text_of(element)
