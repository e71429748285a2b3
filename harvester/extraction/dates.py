"""When a page was published. Unknown stays unknown: a wrong year misleads more than none.

htmldate, which trafilatura brings, takes dates of change, of footers and of events for it (measured on nine made
pages: four wrong), so only what is declared as the date of publication counts here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from harvester.extraction.document import meta

_METAS = (
    "article:published_time",
    "og:article:published_time",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "datepublished",
    "pubdate",
    "publish_date",
    "publication_date",
)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?!\d)|(\d{4})(?=$|\s)")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?:/(0[1-9]|[12]\d|3[01]))?/")
_FIRST_YEAR = 1990  # before the web there were no web pages


def published(tree: HtmlElement, url: str, declared: Iterable[str] = ()) -> str | None:
    """The date of publication to the precision known: a date, year-month or year; `declared` are those of JSON-LD."""
    for text in (*declared, *(meta(tree, name) for name in _METAS), *_marked_up(tree)):
        if found := partial_date(text):
            return found
    return _in_address(url)


def partial_date(text: str) -> str | None:
    """A declared date in ISO or Estonian spelling as ISO, None where it is not one or lies in the future."""
    parts: tuple[str | None, ...] = ()
    if match := _ISO.match(text.strip()):
        parts = (match[1] or match[4], match[2], match[3])
    elif match := _DOTTED.match(text.strip()):
        parts = (match[3], match[2], match[1])
    numbers = [int(part) for part in parts if part]
    if not numbers or not _is_date(numbers):
        return None
    return "-".join(f"{number:02}" for number in numbers)


def _is_date(numbers: list[int]) -> bool:
    with suppress(ValueError):
        tomorrow = datetime.now(UTC).date() + timedelta(days=1)
        return numbers[0] >= _FIRST_YEAR and date(*[*numbers, 1, 1][:3]) <= tomorrow
    return False


def _marked_up(tree: HtmlElement) -> Iterator[str]:
    """Dates that the markup itself calls dates of publication; those of lists of other pages are left out.

    Drupal's RDFa has the day on which the page was written (dateCreated, dc:created), Blogger's abbr has it as a title.
    """
    found = tree.xpath(
        "//*[contains(@itemprop, 'datePublished') or contains(@property, 'datePublished')"
        " or contains(@property, 'dateCreated') or contains(@property, 'dc:created')]"
        "[not(ancestor-or-self::*[contains(@class, 'comment')])]"
        "/@*[name()='content' or name()='datetime' or name()='title']"
        " | //time[@pubdate]/@datetime | //abbr[contains(@class, 'published')]/@title"
        " | //time[contains(@class, 'published') and not(contains(@class, 'updated'))]/@datetime"
        " | //time[contains(@class, 'entry-date')]/@datetime"
    )
    if len({str(date)[:10] for date in found}) == 1:
        yield found[0]


def _in_address(url: str) -> str | None:
    """The date of a WordPress permalink, which is the date of publication."""
    match = _IN_ADDRESS.search(urlsplit(url).path)
    return partial_date("-".join(part for part in match.groups() if part)) if match else None
