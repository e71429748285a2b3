"""What a page says of other pages: itself in other languages, and where its text comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from aardekast.addresses import clean_url, fault_of, host_of
from harvester.addresses import joined
from harvester.extraction.document import base_url, text_of

MOST_LANGUAGES = 30  # the union's 24, and a few more
MOST_ORIGINS = 5
LONGEST_ORIGIN = 200  # characters; a longer line is a paragraph that begins with the word
_LANGUAGE = re.compile(r"[a-z]{2}(?=$|[-_])")
_ALTERNATES = "//link[contains(concat(' ', @rel, ' '), ' alternate ') and @hreflang and @href]|//a[@hreflang and @href]"
_CANONICAL = "//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href"
_LINES = "//*[self::p or self::div or self::li or self::em or self::i or self::small or self::span or self::strong]"
_PICTURES = "ancestor-or-self::figure|ancestor-or-self::figcaption|ancestor-or-self::nav|ancestor-or-self::footer"
# "Allikad:" is a list of what was read, not where the text stood first.
_SAYS_ORIGIN = re.compile(
    r"(?:(?:alg)?allikas|originaal(?:artikkel|tekst)?|(?:artikkel|lugu|tekst) ilmus(?: algselt| esmakordselt| esmalt)?"
    r"|(?:algselt|esmakordselt|esmalt) ilmunud|loe originaali"
    r"|source|originally published|first published|источник|оригинал)\b\s*(?:at|in|on)?\s*:?\s*",
    re.IGNORECASE,
)


def alternates(tree: HtmlElement, url: str) -> tuple[tuple[str, str], ...]:
    """Language, in two letters, and address of each version in another language that the page names."""
    base = base_url(tree, url)
    found: dict[str, str] = {}
    for link in tree.xpath(_ALTERNATES):
        language = _LANGUAGE.match(link.get("hreflang").strip().lower())
        address = joined(base, link.get("href"))
        if language and address and fault_of(address) is None:
            found.setdefault(clean_url(address), language.group())
    found.pop(clean_url(url), None)
    return tuple((language, address) for address, language in list(found.items())[:MOST_LANGUAGES])


def origins(tree: HtmlElement, url: str) -> tuple[str, ...]:
    """Where the page says that its text stood first: addresses on other hosts, else the words that name it."""
    base, own = base_url(tree, url), host_of(url)
    canonical = (joined(base, href) for href in tree.xpath(_CANONICAL))
    elsewhere = [href for href in canonical if href and fault_of(href) is None and host_of(href) != own]
    named = [*elsewhere, *_said(tree, base, own)]
    return tuple(dict.fromkeys(named))[:MOST_ORIGINS]


def _said(tree: HtmlElement, base: str, own: str) -> Iterator[str]:
    for line in tree.xpath(_LINES):
        start = (line.text or "").strip() or text_of(line)[:LONGEST_ORIGIN]
        says = _SAYS_ORIGIN.match(start)
        if not says or line.xpath(_PICTURES):
            continue
        words = text_of(line)
        if len(words) > LONGEST_ORIGIN:
            continue
        links = [joined(base, href) for href in line.xpath(".//a/@href")]
        elsewhere = [link for link in links if link and fault_of(link) is None and host_of(link) != own]
        yield from elsewhere or filter(None, [words[says.end() :].strip(" .")])
