"""An HTML page as a tree, and the plain facts of its head."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from urllib.parse import urlsplit

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from aardekast.addresses import clean_url, fault_of, host_of
from harvester.addresses import joined

_SPACES = re.compile(r"\s+")
_BARE_XML = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse(text: str) -> HtmlElement | None:
    """The tree, None where there is nothing in it."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        return lxml.html.document_fromstring(_BARE_XML.sub("", text, count=1).encode(), parser=parser)
    except ParserError:
        return None


def words_of(text: str) -> str:
    """The text on one line, with single spaces."""
    return _SPACES.sub(" ", text).strip()


def text_of(element: HtmlElement) -> str:
    """The text of an element on one line."""
    if next(element.iter("br"), None) is None:
        return words_of("".join(element.itertext()))
    parted = deepcopy(element)
    parted.tail = None
    for line_break in parted.iter("br"):
        line_break.text = " "
    return words_of("".join(parted.itertext()))


def meta(tree: HtmlElement, *names: str) -> str:
    """The content of the first meta of these names or properties, in the order of the names."""
    return next((content for name in names for content in metas(tree, name)), "")


def metas(tree: HtmlElement, name: str) -> list[str]:
    """The contents of all metas of this name or property."""
    contents = tree.xpath("//meta[translate(@name, $up, $low)=$n or @property=$n]/@content", **_case(name))
    return [words for content in contents if (words := words_of(content))]


def declared_language(tree: HtmlElement) -> str | None:
    """The language in two letters, as the page declares it."""
    return language_code(tree.get("lang") or tree.get("xml:lang") or meta(tree, "content-language"))


def language_code(declared: str) -> str | None:
    """The two letters of a declared language (et-EE, et_EE, et), None where it is none."""
    declared = declared.strip().lower()
    return declared[:2] if re.match(r"[a-z]{2}([-_]|$)", declared) else None


def robots_words(tree: HtmlElement) -> str:
    """What the robots metas ask for, those meant for us among them."""
    contents: Iterable[str] = tree.xpath(
        "//meta[translate(@name, $up, $low)='robots' or translate(@name, $up, $low)='aardekast']/@content", **_case("")
    )
    return ", ".join(contents).lower()


def base_url(tree: HtmlElement, url: str) -> str:
    """What the addresses of the page are relative to."""
    hrefs = tree.xpath("//base/@href")
    return (joined(url, hrefs[0]) if hrefs else None) or url


def canonical(tree: HtmlElement, url: str) -> str | None:
    """The page's rel=canonical where it can be believed.

    On another host it may be a mistake or a trick, and the front page is a common mistake of templates.
    """
    hrefs = tree.xpath(
        "//link[contains(concat(' ', translate(@rel, $up, $low), ' '), ' canonical ')]/@href", **_case("")
    )
    if not hrefs:
        return None
    address = joined(base_url(tree, url), hrefs[0])
    if address is None or fault_of(address) or host_of(address) != host_of(url):
        return None
    is_root = urlsplit(address).path in ("", "/") and not urlsplit(address).query
    return None if is_root and urlsplit(url).path not in ("", "/") else clean_url(address)


def _case(name: str) -> dict[str, str]:
    return {"n": name, "up": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "low": "abcdefghijklmnopqrstuvwxyz"}
