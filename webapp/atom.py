"""Atom feeds (RFC 4287) of resources. What is in a feed is decided by `feeds`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from xml.etree.ElementTree import Element

from flask import url_for

from aardekast.resource import Resource
from webapp.identity import name_of
from webapp.wording import facet_label, web_address, when_phrase
from webapp.xml_answers import add, document

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed but for its entries. `page` is the web page with the same contents, `links` are others by their rel.

    `updated` is when something in it changed at the latest, where no entry says so.
    """

    id: str
    title: str
    language: str
    address: str
    page: str
    updated: datetime
    links: Sequence[tuple[str, str]] = ()


def write_feed(feed: Feed, resources: Sequence[Resource]) -> Element:
    """The feed with an entry for each resource, in their order."""
    root = document("feed", ATOM, **{"xml:lang": feed.language})
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    add(root, "updated", _moment(max((_updated(one, feed) for one in resources), default=feed.updated)))
    _link(root, "self", feed.address, type="application/atom+xml")
    _link(root, "alternate", feed.page, type="text/html", hreflang=feed.language)
    for rel, address in feed.links:
        _link(root, rel, address, type="application/atom+xml")
    _person(root, "Aardekast", url_for("pages.home", _external=True))
    add(root, "generator", "Aardekast")
    for resource in resources:
        _entry(root, resource, feed)
    return root


def _entry(root: Element, resource: Resource, feed: Feed) -> None:
    """The material itself is the alternate, so that one click leads there; its page on this site is related."""
    entry = add(root, "entry")
    page = url_for("pages.resource", resource_id=resource.id, _external=True)
    add(entry, "id", name_of("materjal", resource.id))
    add(entry, "title", resource.title, **{"xml:lang": resource.language} if resource.language else {})
    add(entry, "updated", _moment(_updated(resource, feed)))
    if published := _published(resource):
        add(entry, "published", _moment(published))
    address = web_address(resource.url)
    if address:
        # Without its media type: readers, feedparser among them, take no alternate for the link that is no web page.
        _link(entry, "alternate", address, **{"hreflang": resource.language} if resource.language else {})
    _link(entry, "related" if address else "alternate", page, type="text/html", hreflang=feed.language)
    for author in resource.authors or filter(None, (resource.publisher,)):
        _person(entry, author)
    for scheme, facet, values in _categories(resource):
        for value in values:
            add(entry, "category", term=value, scheme=name_of(scheme, ""), label=facet_label(facet, value))
    if said := _summary(resource):
        add(entry, "summary", said, type="html")
    if resource.licence:
        add(entry, "rights", resource.licence)


def _categories(resource: Resource) -> Iterable[tuple[str, str, Sequence[str]]]:
    """Scheme, facet and values; schemes are called as in the addresses of the site."""
    yield "teema", "topic", resource.topics
    yield "liik", "kind", (resource.kind,) if resource.kind else ()
    yield "sihtruhm", "audience", resource.audiences
    yield "maakond", "county", resource.counties


def _summary(resource: Resource) -> str:
    """HTML: when and where an event is, and what the material is about."""
    lines = (", ".join(filter(None, (when_phrase(resource), resource.place or ""))), resource.description)
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _updated(resource: Resource, feed: Feed) -> datetime:
    """When it came into the Aardekast: that is what is new to who reads the feed."""
    return resource.first_seen or _published(resource) or feed.updated


def _published(resource: Resource) -> datetime | None:
    """The beginning of the day it was published, where the day is known."""
    try:
        return datetime.combine(date.fromisoformat(resource.published or ""), time(), UTC)
    except ValueError:
        return None


def _moment(moment: datetime) -> str:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")


def _person(parent: Element, name: str, address: str = "") -> None:
    person = add(parent, "author")
    add(person, "name", name)
    if address:
        add(person, "uri", address)


def _link(parent: Element, rel: str, address: str, **known: str) -> None:
    add(parent, "link", rel=rel, href=address, **known)
