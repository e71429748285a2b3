"""What a page declares of itself for machines: JSON-LD and microdata of schema.org, citation_*, Dublin Core, OpenGraph.

Read before anything is guessed. What describes other things of the page (its site, its parts, teasers of other
pages) is told apart by its type and name. What changed last (dateModified) is never taken for a day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from harvester.extraction import json_ld, microdata
from harvester.extraction.declared_events import EVENTS, NOT_HELD, Held, addresses_of_events, held
from harvester.extraction.declared_values import language, link, listed, name_of, people, text, texts, types_of
from harvester.extraction.declared_words import audiences_of_words, kind_of_words
from harvester.extraction.document import meta, metas, text_of
from harvester.extraction.json_ld import Node

_KINDS = {
    "scholarlyarticle": "teadusartikkel",
    "thesis": "teadusartikkel",
    "newsarticle": "uudis",
    "reportagenewsarticle": "uudis",
    "analysisnewsarticle": "uudis",
    "howto": "juhendmaterjal",
    "guide": "juhendmaterjal",
    "videoobject": "veebiettekanne",
}
_EVENT_KIND = "koolitus"
_ROLES = ("educationalRole", "audienceType", "name")
# The types that a page as a whole may be, the most telling first; a WebPage says least of all.
_MAIN = (
    EVENTS,
    re.compile(
        r"\w*article|blogposting|report|thesis|learningresource|creativework|howto|guide|book|chapter|quiz|syllabus"
        r"|\w*digitaldocument"
    ),
    re.compile(r"videoobject|audioobject|podcastepisode"),
    re.compile(r"webpage|itempage|faqpage|aboutpage|contactpage"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What was declared; `kind` is a slug of the vocabulary, and so are `likely_kind` and `audiences`: guesses."""

    titles: tuple[str, ...] = ()
    description: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: tuple[str, ...] = ()  # dates as they are written, the surest first
    language: str = ""
    kind: str | None = None
    likely_kind: str | None = None
    audiences: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    licence: str | None = None
    event: Held = NOT_HELD


def declared(tree: HtmlElement) -> Declared:
    """All that is declared of the page as a whole."""
    found = _of_page(tree)
    first = found[0] if found else {}

    def said(read: Callable[[Any], Any], *names: str) -> Any:
        """The first value of these properties, of the most telling node that has one."""
        return next((value for node in found for name in names if (value := read(node.get(name)))), None)

    dates = (text(one.get(name)) for one in found for name in ("datePublished", "uploadDate"))
    own = (title for one in found for title in _titles(one))
    titles = (meta(tree, "citation_title"), *own, meta(tree, "og:title", "dc.title"))
    described = meta(tree, "description", "og:description", "dc.description", "dcterms.abstract")
    return Declared(
        titles=tuple(filter(None, titles)),
        description=said(text, "description", "abstract") or described,
        authors=tuple(metas(tree, "citation_author") or said(people, "author", "creator") or metas(tree, "dc.creator")),
        publisher=said(name_of, "publisher", "provider", "organizer")
        or meta(tree, "citation_publisher", "dc.publisher", "dcterms.publisher"),
        published=tuple(filter(None, dates)),
        language=said(language, "inLanguage") or meta(tree, "dc.language", "citation_language", "og:locale"),
        kind=_EVENT_KIND if _is(first, EVENTS) else next((_KINDS[t] for t in types_of(first) if t in _KINDS), None),
        likely_kind=kind_of_words(said(texts, "learningResourceType") or ()),
        audiences=audiences_of_words(_audiences(found)),
        keywords=tuple(_keywords(tree, said(texts, "keywords") or ())),
        licence=said(link, "license") or meta(tree, "dcterms.license", "dc.rights") or _rel_licence(tree),
        event=held(first) if _is(first, EVENTS) else NOT_HELD,
    )


def listed_events(tree: HtmlElement) -> list[str]:
    """The addresses that the events of a page have, as they are written."""
    return list(dict.fromkeys(addresses_of_events([*json_ld.nodes_of(tree), *microdata.nodes_of(tree)])))


def _of_page(tree: HtmlElement) -> list[Node]:
    """The nodes that speak of the page as a whole, the most telling first.

    Several of a type are a list of other things, but for one that is called exactly as the page is; and what has
    another name than the page is one of them. What two plug-ins say of the same thing is taken together.
    """
    headings = [text_of(element) for element in tree.iter("title", "h1")]
    shown = "".join(map(_plain, headings)) + _plain(meta(tree, "og:title"))
    exact = {_plain(heading) for heading in (*headings, meta(tree, "og:title"))}
    found: list[Node] = []
    syntaxes = (json_ld.nodes_of(tree), microdata.nodes_of(tree))
    for types in _MAIN:
        for nodes in syntaxes:
            alike: dict[object, list[Node]] = {}
            for node in nodes:
                if _is(node, types):
                    alike.setdefault(_identity(node), []).append(node)
            if len(alike) > 1:
                alike = {key: group for key, group in alike.items() if _name(group[0]) in exact - {""}}
            if len(alike) == 1:
                group = next(iter(alike.values()))
                found.extend(group if _name(group[0]) in shown else ())
    return found


def _identity(node: Node) -> object:
    """What two nodes have in common that are of one thing."""
    name = _name(node)
    return (name, text(node.get("startDate"))[:10]) if name else id(node)


def _name(node: Node) -> str:
    return _plain(next(_titles(node), ""))


def _plain(words: str) -> str:
    return re.sub(r"\W+", "", words).lower()


def _is(node: Node, types: re.Pattern[str]) -> bool:
    return any(types.fullmatch(one) for one in types_of(node))


def _titles(node: Node) -> Iterator[str]:
    yield from (title for name in ("headline", "name") if (title := text(node.get(name))))


def _audiences(found: Iterable[Node]) -> Iterator[str]:
    """Whom it is for, in whichever of their properties it is said."""
    for node in found:
        for name in ("audience", "educationalAudience"):
            for one in listed(node.get(name)):
                for role in map(one.get, _ROLES) if isinstance(one, dict) else (one,):
                    yield from texts(role)


def _keywords(tree: HtmlElement, said: Iterable[str]) -> Iterator[str]:
    for name in (*said, *metas(tree, "citation_keywords"), *metas(tree, "dc.subject")):
        yield from (word.strip() for word in re.split(r"[,;]", name))


def _rel_licence(tree: HtmlElement) -> str | None:
    hrefs = set(tree.xpath("//*[self::a or self::link][contains(concat(' ', @rel, ' '), ' license ')]/@href"))
    return hrefs.pop() if len(hrefs) == 1 else None
