"""A page of HTML to be asked by XPath or CSS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
