"""Headings that the extraction dropped, put back before the block that they stand over.

trafilatura keeps the headings of articles, but of pages that are none only the paragraphs: on 120 pages of real help
texts 251 of 1,330 headings with an id were left. A heading is often the very words that are searched for, and what a
deep link leads to.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from harvester.extraction.document import text_of, words_of

_HEADINGS = ("h2", "h3", "h4")
_WHOLE = (*_HEADINGS, "script", "style", "noscript", "template")
_KEY = 60  # characters of the following block that tell it apart
_UNIQUE = 15  # a shorter one ("Näide:") stands in many places


def with_headings(tree: HtmlElement, text: str) -> str:
    """The text with the second to fourth order headings that are missing from it, each on a line of its own."""
    lines = text.split("\n")
    end = len(lines)  # what stands over a heading lies before it: searched from the last to the first
    for heading, following in reversed(list(_headings(tree))):
        place = _line_before(lines, end, following)
        if place is None:
            continue
        if place and lines[place - 1] == heading:
            place -= 1
        elif lines[place] != heading:
            lines.insert(place, heading)
        end = place + 1
    return "\n".join(lines)


def _headings(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Each heading with the start of the text that follows it, in one walk over the page."""
    waiting: list[str] = []
    for element, text in _texts(tree):
        if element is not None:
            waiting.append(text)
        else:
            yield from ((heading, text[:_KEY]) for heading in waiting)
            waiting = waiting[:0]


def _texts(tree: HtmlElement) -> Iterator[tuple[HtmlElement | None, str]]:
    """The texts of the body in their order; those of headings whole, with the heading."""
    inside: HtmlElement | None = None  # of a heading or a script, whose texts are not texts of their own
    for event, element in iterwalk(tree.body if tree.body is not None else tree, events=("start", "end")):
        if event == "start":
            if inside is None and element.tag in _WHOLE:
                inside = element
                if element.tag in _HEADINGS and (heading := text_of(element)):
                    yield element, heading
            text = element.text
        else:
            inside = None if inside is element else inside
            text = element.tail
        if inside is None and text and text.strip():
            yield None, words_of(text)


def _line_before(lines: list[str], end: int, key: str) -> int | None:
    """The last line before `end` that starts so, None where that is not certain."""
    found = [number for number in range(end) if lines[number].startswith(key)]
    if not found or (len(found) > 1 and len(key) < _UNIQUE):
        return None
    return found[-1]
