"""The main text of a page by trafilatura, and by its other ways where the first missed it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement
from trafilatura import bare_extraction, baseline
from trafilatura.settings import Document

from harvester.extraction.document import parse
from harvester.extraction.headings import with_headings

# Share of the words outside links, menus and forms that an extract must hold, or the next way is tried. On 120 pages
# of real help texts trafilatura's first way held 80% of all visible words on average, and on 13 pages less than 70%
# (it dropped boxes and lists); with .8 here it is 88%. A long extract is believed sooner: what it leaves out is
# more often a comment or a cookie notice than the text.
ENOUGH, ENOUGH_OF_LONG = 0.8, 0.5
LONG = 400  # words
_ASIDE = (
    "//script|//style|//noscript|//template|//svg|//head|//nav|//header|//footer|//aside|//form|//button|//select|//a"
    "|//*[@hidden or @aria-hidden='true' or @role='navigation' or @role='banner' or @role='contentinfo']"
    "|//*[self::div or self::section or self::ul or self::ol][{}]"
).format(
    " or ".join(
        f"contains(@class, '{name}') or contains(@id, '{name}')"
        for name in ("comment", "cookie", "sidebar", "widget", "footer", "breadcrumb", "navigation", "related", "share")
    )
)
_MARKER = re.compile(r"^(?:[-–•*]\s+)", re.MULTILINE)


def main_text(html: str) -> str:
    """The text, a line for each block of the page; empty where there is none."""
    outside = len(_outside_links(html))
    best, most = "", 0
    for text in _attempts(html):
        words = len(text.split())
        if words > most:
            best, most = text, words
        if most >= outside * (ENOUGH_OF_LONG if most >= LONG else ENOUGH):
            break
    return best


def _attempts(html: str) -> Iterator[str]:
    """Each way in turn, the surest first."""
    for favor_recall in (False, True):
        if (tree := parse(html)) is None:
            return
        found = bare_extraction(tree, include_comments=False, favor_recall=favor_recall)
        yield _tidy(html, found.text or "" if isinstance(found, Document) else "")
    if (tree := parse(html)) is not None:
        body, _, _ = baseline(tree)
        yield _tidy(html, "\n".join("".join(block.itertext()) for block in body))


def _tidy(html: str, text: str) -> str:
    lines = (_without_bars(" ".join(line.split())) for line in _MARKER.sub("", text).splitlines())
    text = "\n".join(line for line in lines if line)
    tree = parse(html)
    return with_headings(tree, text) if tree is not None and text else text


def _without_bars(line: str) -> str:
    """A row of a table as its cells; trafilatura writes it with bars, and a row of dashes below the head."""
    if not line.startswith("|"):
        return line
    cells = (cell.strip() for cell in line.strip("|").split("|"))
    return " · ".join(cell for cell in cells if cell.strip("-: "))


def _outside_links(html: str) -> list[str]:
    tree = parse(html)
    if tree is None:
        return []
    for element in tree.xpath(_ASIDE):
        _drop(element)
    return " ".join(tree.itertext()).split()


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
