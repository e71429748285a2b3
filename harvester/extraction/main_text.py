"""The main text of a page by trafilatura, and by its other ways where the first missed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml.html import HtmlElement
from trafilatura import bare_extraction, baseline
from trafilatura.settings import Document

from harvester.extraction.headings import with_headings

# Share of the words outside links, menus and forms that an extract must hold, or the next way is tried. On 120 pages
# of real help texts trafilatura's first way held 80% of all visible words on average, and on 13 pages less than 70%
# (it dropped boxes and lists); with .8 here it is 88%. A long extract is believed sooner: what it leaves out is
# more often a comment or a cookie notice than the text.
ENOUGH, ENOUGH_OF_LONG = 0.8, 0.5
LONG = 400  # words
_ASIDE = "//head|//a"
_MARKER = re.compile(r"^(?:[-–•*]\s+)", re.MULTILINE)


def main_text(tree: HtmlElement) -> str:
    """The text of a tree without asides, a line for each block of the page; empty where there is none."""
    outside = len(_outside_links(tree))
    best, most = "", 0
    for text in _attempts(tree):
        words = len(text.split())
        if words > most:
            best, most = text, words
        if most >= outside * (ENOUGH_OF_LONG if most >= LONG else ENOUGH):
            break
    return with_headings(tree, best) if best else ""


def _attempts(tree: HtmlElement) -> Iterator[str]:
    """Each way in turn, the surest first."""
    for favor_recall in (False, True):
        found = bare_extraction(deepcopy(tree), include_comments=False, favor_recall=favor_recall)
        yield _tidy(found.text or "" if isinstance(found, Document) else "")
    body, _, _ = baseline(deepcopy(tree))
    yield _tidy("\n".join("".join(block.itertext()) for block in body))


def _tidy(text: str) -> str:
    lines = (_without_bars(" ".join(line.split())) for line in _MARKER.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def _without_bars(line: str) -> str:
    """A row of a table as its cells; trafilatura writes it with bars, and a row of dashes below the head."""
    if not line.startswith("|"):
        return line
    cells = (cell.strip() for cell in line.strip("|").split("|"))
    return " · ".join(cell for cell in cells if cell.strip("-: "))


def _outside_links(tree: HtmlElement) -> list[str]:
    tree = deepcopy(tree)
    for element in tree.xpath(_ASIDE):
        if element.getparent() is not None:
            element.drop_tree()
    return " ".join(tree.itertext()).split()
