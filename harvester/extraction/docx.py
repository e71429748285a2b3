"""A Word file (DOCX, ECMA-376) into an extract, with a passage for each heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from harvester.extraction.core import core_of
from harvester.extraction.packed import Packed, PackedError
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.written import Block, written

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading\s?([1-6])$", re.IGNORECASE)  # Word keeps the English name whatever its language
_OWN_LINES = {f"{_W}p", f"{_W}tbl"}
# What was deleted or moved away, the old form of a drawing's text, and text that belongs to another part of the page.
_LEFT_OUT = {
    f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "footnoteReference", "rPr", "pPr", "sectPr", "tblPr")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SIGNS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}


def extract_docx(raw: Raw) -> Extract | NoExtract:
    """Title, authors and text."""
    try:
        with Packed(raw.body) as packed:
            body = packed.tree(DOCUMENT).find(f"{_W}body")
            if body is None:
                return NoExtract(reason="Word file that is damaged or cut off")
            levels = _levels(packed)
            core = core_of(packed)
            blocks = list(_blocks(body, levels))
    except PackedError as fault:
        return NoExtract(reason=f"Word file that {fault}")
    return written(blocks, declared_title=core.title, authors=[core.author], format_="docx")


def _levels(packed: Packed) -> dict[str, int]:
    """The level of each style that is one of headings, by its id."""
    if not packed.has("word/styles.xml"):
        return {}
    levels: dict[str, int] = {}
    for style in packed.tree("word/styles.xml").iter(f"{_W}style"):
        id_, name = style.get(f"{_W}styleId", ""), _value(style, "name")
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if name.lower() == "title":
            levels[id_] = 0
        elif match := _HEADING.match(name):
            levels[id_] = int(match[1])
        elif outline is not None and outline.get(f"{_W}val", "9") in "012345":
            levels[id_] = int(outline.get(f"{_W}val", "0")) + 1
    return levels


def _value(element: etree._Element, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return child.get(f"{_W}val", "") if child is not None else ""


def _blocks(parent: etree._Element, levels: dict[str, int]) -> Iterator[Block]:
    """Paragraphs and rows of tables, in their order; a table of contents is a menu."""
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, levels)
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                cells = (" ".join(_text(cell).split()) for cell in row.iterchildren(f"{_W}tc"))
                yield Block(" · ".join(cell for cell in cells if cell))
        elif element.tag == f"{_W}sdt":
            gallery = element.find(f".//{_W}docPartGallery")
            content = element.find(f"{_W}sdtContent")
            if content is not None and (gallery is None or gallery.get(f"{_W}val") != "Table of Contents"):
                yield from _blocks(content, levels)
        elif element.tag in (f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(element, levels)


def _paragraph(element: etree._Element, levels: dict[str, int]) -> Iterator[Block]:
    properties = element.find(f"{_W}pPr")
    style = _value(properties, "pStyle") if properties is not None else ""
    outline = _value(properties, "outlineLvl") if properties is not None else ""
    level = levels.get(style)
    if level is None and outline.isdigit() and int(outline) < 6:
        level = int(outline) + 1
    if not re.match(r"TOC\d|SK\d|Sisukord\d", style):  # the lines of a table of contents, in English and Estonian Word
        yield Block(_text(element), level)


def _text(element: etree._Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _pieces(child)
            if child.tag in _OWN_LINES:  # of a cell or a box of text
                yield " "
