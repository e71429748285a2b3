"""The title of a page, without the name of its site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from aardekast.addresses import host_of
from harvester.addresses import joined
from harvester.extraction.document import base_url, meta, text_of, words_of

_SEPARATOR = re.compile(r"\s+[|·•»«:–—-]\s+|:\s+|\s*[|·•»]\s*")
_USELESS = re.compile(
    r"(untitled( document)?|nimetu( leht)?|pealkirjata|avaleht|home ?page|home|esileht|document|new page( \d+)?|index)?"
    r"(\.html?)?",
    re.IGNORECASE,
)
_LONGEST = 300  # a longer one is a paragraph that was marked up as a heading


def title_of(tree: HtmlElement, url: str, publisher: str = "", declared: Iterable[str] = ()) -> str:
    """The title: a declared one that the page shows, else that of the head, else the heading of the page.

    The name of the site is cut from it where the page itself says what that is: by its metas, by the link to
    the front page, by a heading that is the title without it; or where it is the publisher's or the host's.
    """
    heading = _heading(tree)
    whole = _head_title(tree)
    names = {_plain(name) for name in (*_site_names(tree, url), publisher, host_of(url)) if name}
    for candidate in declared:
        title = _without_site(candidate, heading, names)
        if not _is_useless(title, names) and _is_shown(title, whole, heading):
            return title[:_LONGEST]
    title = _without_site(whole, heading, names)
    if _is_useless(title, names) and heading and not _is_useless(heading, names):
        return heading
    return (title or heading)[:_LONGEST]


def _is_shown(title: str, whole: str, heading: str) -> bool:
    """Whether the heading, or else the title of the head, says the same: templates declare one title for all pages."""
    if heading and (_plain(heading) in _plain(whole) or not whole):
        return _plain(title) == _plain(heading)
    return bool(_plain(title)) and _plain(title) in _plain(whole)


def _head_title(tree: HtmlElement) -> str:
    titles = [text_of(element) for element in tree.xpath("//head/title | //title[not(ancestor::svg)]")]
    return next((title for title in titles if title), "") or meta(tree, "og:title", "twitter:title", "dc.title")


def _heading(tree: HtmlElement) -> str:
    """The heading of the page where it has exactly one of the first order."""
    found = list(dict.fromkeys(text for element in tree.xpath("//body//h1") if (text := text_of(element))))
    return found[0] if len(found) == 1 and len(found[0]) <= _LONGEST else ""


def _site_names(tree: HtmlElement, url: str) -> Iterator[str]:
    yield meta(tree, "og:site_name")
    yield meta(tree, "application-name")
    base = base_url(tree, url)
    front = urljoin(base, "./")
    for link in tree.xpath("(//body//a[@href])[position() <= 40]"):
        whole = joined(base, link.get("href") or "")
        if whole is None:
            continue
        address = urlsplit(whole)
        is_front = address.path in ("", "/") or address.geturl().rstrip("/") == front.rstrip("/")
        if is_front and not address.query and host_of(address.geturl()) == host_of(url):
            yield text_of(link)


def _without_site(title: str, heading: str, names: set[str]) -> str:
    """Cut the parts at either end that name the site; a separator inside the title proper stays."""
    pieces = list(_pieces(title))
    while len(pieces) > 1:
        if _plain(pieces[-1][1]) in names or (heading and _plain(_joined(pieces[:-1])) == _plain(heading)):
            pieces.pop()
        elif _plain(pieces[0][1]) in names:
            pieces.pop(0)
        elif heading and _plain(heading) in {_plain(piece) for _, piece in pieces}:
            return heading
        else:
            break
    return _joined(pieces)


def _pieces(title: str) -> Iterator[tuple[str, str]]:
    """The parts of the title, each with the separator before it."""
    start, before = 0, ""
    for match in _SEPARATOR.finditer(title):
        yield before, title[start : match.start()]
        start, before = match.end(), match[0]
    yield before, title[start:]


def _joined(pieces: Iterable[tuple[str, str]]) -> str:
    text = "".join(before + piece if number else piece for number, (before, piece) in enumerate(pieces))
    return words_of(text)


def _is_useless(title: str, names: set[str]) -> bool:
    return _USELESS.fullmatch(title.strip()) is not None or _plain(title) in names


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
