"""The parts of a page that have deep links of their own: headings with an id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from lxml.html import HtmlElement

from aardekast.resource import Passage
from harvester.extraction.document import text_of

_MOST = 200  # more headings than a page of any sense has


def passages_of(tree: HtmlElement, text: str) -> tuple[Passage, ...]:
    """A passage for each heading with an id that stands in the extract as a line of its own, in its order."""
    found: list[Passage] = []
    offset = 0
    for heading, anchor in _headings(tree):
        line = re.compile(rf"^{re.escape(heading)}$", re.MULTILINE).search(text, offset)
        if line is None:
            continue
        offset = line.end()
        found.append(Passage(offset=line.start(), heading=heading, fragment="#" + quote(anchor, safe="")))
    return tuple(found[:_MOST])


def _headings(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in tree.xpath("//body//*[self::h1 or self::h2 or self::h3 or self::h4]"):
        anchors = [element.get("id"), *element.xpath(".//@id"), *element.xpath(".//a/@name")]
        parent = element.getparent()
        if parent is not None and parent.tag in ("section", "article", "div") and parent.index(element) == 0:
            anchors.append(parent.get("id"))
        anchor = next((anchor.strip() for anchor in anchors if anchor and anchor.strip()), None)
        if anchor and (heading := text_of(element)):
            yield heading, anchor
