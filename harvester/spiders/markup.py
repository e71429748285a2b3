"""A page of HTML to be asked by XPath or CSS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import html
from lxml.etree import ParserError
from parsel import Selector
from scrapy.http import TextResponse

from harvester.addresses import joined


def markup_of(response: TextResponse) -> Selector:
    """The page to be asked. Not response.xpath: that raises where the page's base is no address."""
    return Selector(text=response.text)


def addresses(response: TextResponse, hrefs: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """What links lead to: as it is written, and whole without its fragment, None where that is no address.

    Relative ones are so to the page's base, wherever in it that stands.
    """
    bases = markup_of(response).xpath("//base/@href").getall()
    base = (joined(response.url, bases[0]) if bases else None) or response.url
    for href in hrefs:
        url = joined(base, href)
        yield href, url.partition("#")[0] if url is not None else None


def plain(markup: str) -> str:
    """The text of what may be HTML."""
    if "<" in markup or "&" in markup:
        try:
            markup = html.fromstring(f"<div>{markup}</div>").text_content()
        except (ParserError, ValueError):
            markup = re.sub(r"<[^>]*>", " ", markup)
    return "\n".join(line for line in (" ".join(line.split()) for line in markup.splitlines()) if line)
