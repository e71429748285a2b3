"""The visible text of a tree, a line for each block: paragraph, item, heading, row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from harvester.extraction.document import text_of, words_of

# Elements that a line goes through; all others begin and end one.
_INLINE = re.compile(
    r"abbr|acronym|a|bd[io]|big|b|cite|code|data|del|dfn|em|font|img|ins|i|kbd|label|mark|nobr|picture|q|rp|rt|ruby|samp"
    r"|small|span|strike|strong|sub|sup|s|time|tt|u|var|wbr"
)
_HEADING = re.compile("h[1-6]")
_UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "title", "button", "select", "textarea", "iframe"}
_BREAK = "\x01"


def blocks_of(tree: HtmlElement) -> list[str]:
    """The lines of a tree, without empty ones."""
    body = tree.body if tree.body is not None else tree
    lines = "".join(_pieces(body)).split(_BREAK)
    return [line for line in map(words_of, lines) if line]


def _pieces(element: HtmlElement) -> Iterator[str]:
    """The texts in their order, with a sign where a block begins or ends."""
    if element.tag == "tr":
        yield _BREAK + _row(element) + _BREAK
        return
    if element.tag == "pre":
        yield _BREAK + _BREAK.join(element.text_content().splitlines()) + _BREAK
        return
    if _HEADING.fullmatch(element.tag):  # a line of its own, by which its passage is found
        yield _BREAK + text_of(element) + _BREAK
        return
    edge = "" if _INLINE.fullmatch(element.tag) else _BREAK
    yield edge + (element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield from _pieces(child)
        yield child.tail or ""
    yield edge


def _row(row: HtmlElement) -> str:
    """A row as its cells; the only cell of a row is a frame, whose blocks stay apart."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    texts = ["".join(_pieces(cell)) for cell in cells]
    full = [text for text in texts if text.strip(f" \t\r\n\xa0{_BREAK}")]
    if len(full) < 2 or any(len(text.split()) > 60 for text in full):  # a table that lays a page out
        return _BREAK.join(full)
    return " · ".join(words_of(text.replace(_BREAK, " ")) for text in full)
