"""Tells pages that only list other pages: archives, categories, tags, results of a search.

They change with every new page, say nothing of their own, and hold in short what is found in full elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from aardekast.addresses import host_of
from harvester.addresses import joined
from harvester.extraction.asides import Sizes, measured
from harvester.extraction.document import base_url

LEAST_ITEMS = 4
LEAST_DECLARED = 2  # where the page itself says that it is an archive
LONGEST_TEASER = 60  # words beside its link; what is longer can be read where it stands
MOST_BEFORE = 5  # words before the link of an item: a date, a category
LEAST_SHARE = 0.6  # of the words of the page that its items hold
_ITEMS = ("article", "li", "div", "section", "tr", "a")
_WHOLE_POSTS = re.compile(r"\b(hentry|type-post|post-outer)\b")
_ARCHIVE = re.compile(r"\b(archive|category|tag|search-results|blog-index)\b")
_FILES = re.compile(r"\.(pdf|docx?|odt|epub|pp[st][xm]?|xlsx?|zip|jpe?g|png)$", re.IGNORECASE)


def is_listing(tree: HtmlElement, url: str) -> bool:
    """Whether the page, its asides taken out already, is little more than teasers of other pages of its site."""
    body = tree.body if tree.body is not None else tree
    sizes = measured(body)
    least = LEAST_DECLARED if _says_so(tree, body) else LEAST_ITEMS
    base = base_url(tree, url)
    for items in _alike(body):
        if len(items) < least:
            continue
        teasers = [item for item in items if _leads_on(item, sizes, base, url)]
        held = sum(sizes[item][0] for item in teasers)
        targets = {link for item in teasers if (link := _first_link(item)) is not None}
        if len(teasers) >= max(least, 0.8 * len(items)) and len(targets) >= least:
            return held >= LEAST_SHARE * sizes[body][0]
    return False


def _says_so(tree: HtmlElement, body: HtmlElement) -> bool:
    scripts = tree.xpath("//script[@type='application/ld+json']/text()")
    return (
        any('"CollectionPage"' in script for script in scripts) or _ARCHIVE.search(body.get("class") or "") is not None
    )


def _alike(body: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Children of one element that have one tag and one first class."""
    for parent in body.iter():
        groups: defaultdict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
        for child in parent:
            if child.tag in _ITEMS:
                groups[child.tag, _kind(child)].append(child)
        yield from groups.values()


def _kind(element: HtmlElement) -> str:
    """The first class without its number (post-51, node-7)."""
    return re.sub(r"\d+", "", ((element.get("class") or "").split() or [""])[0])


def _leads_on(item: HtmlElement, sizes: Sizes, base: str, url: str) -> bool:
    """Whether an item begins with a link to another page of the site and says little beside it."""
    words, links = sizes[item]
    if item.tag == "a" and next(item.iter("h2", "h3", "h4", "p"), None) is None:
        return False
    if not links or (words - links > LONGEST_TEASER and not _is_whole_post(item)):
        return False
    href = _first_link(item)
    address = joined(base, href) if href else None
    if address is None or _FILES.search(urlsplit(address).path) or host_of(address) != host_of(url):
        return False
    return (
        address.partition("#")[0].rstrip("/") != url.partition("#")[0].rstrip("/") and _before_link(item) <= MOST_BEFORE
    )


def _is_whole_post(item: HtmlElement) -> bool:
    """Whether it is a post of a blog in full length, under a heading that leads to the post."""
    if item.tag != "article" and not _WHOLE_POSTS.search(item.get("class") or ""):
        return False
    heading = next(item.iter("h1", "h2", "h3"), None)
    return heading is not None and next(heading.iter("a"), None) is not None


def _links(item: HtmlElement) -> Iterator[HtmlElement]:
    """The links of an item, which may be a link as a whole: a card with a heading and some words."""
    return (link for link in item.iter("a") if link.get("href") and link.text_content().strip())


def _first_link(item: HtmlElement) -> str | None:
    link = next(_links(item), None)
    return str(link.get("href")) if link is not None else None


def _before_link(item: HtmlElement) -> int:
    first = next(_links(item), None)
    before = 0
    for element in item.iter():
        if element is first:
            break
        before += len((element.text or "").split()) if isinstance(element.tag, str) else 0
    return before
