"""What the record of a resource holds, as JSON: all that others are told, and nothing else of it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from datetime import datetime
from typing import Any

from aardekast.records import Record
from aardekast.resource import Copy, Resource
from aardekast.vocabulary import Vocabulary

FORM = 2  # raise it when records say something else of a resource that has not changed: all are stamped anew
FACETS = ("audience", "kind", "topic", "county")
_SET = re.compile(r"[A-Za-z0-9_.!~*'()-]+")  # what OAI-PMH allows of a part of a setSpec
_VALUES = (
    "url",
    "title",
    "description",
    "publisher",
    "authors",
    "kind",
    "audiences",
    "topics",
    "keywords",
    "language",
    "counties",
    "published",
    "starts",
    "ends",
    "place",
    "licence",
    "format",
    "pages",
    "minutes",
)
Card = dict[str, Any]


def card_of(resource: Resource, vocabulary: Vocabulary) -> Card:
    """The record of a resource; what is empty is left out."""
    values = {name: getattr(resource, name) for name in _VALUES}
    values["first_seen"] = resource.first_seen.isoformat() if resource.first_seen else None
    values["copies"] = [asdict(copy) for copy in resource.copies]
    return {
        "resource": {name: value for name, value in values.items() if value},
        "labels": _labels(resource, vocabulary),
    }


def record_of(id_: str, datestamp: datetime, sets: tuple[str, ...], card: Card) -> Record:
    """The record that was kept as this card; an empty one is that of a deleted record."""
    if not card:
        return Record(id=id_, datestamp=datestamp, sets=sets)
    values: Card = {n: tuple(value) if isinstance(value, list) else value for n, value in card["resource"].items()}
    values["copies"] = tuple(Copy(**copy) for copy in values.get("copies", ()))
    if "first_seen" in values:
        values["first_seen"] = datetime.fromisoformat(values["first_seen"])
    resource = Resource(id=id_, **values)
    return Record(id=id_, datestamp=datestamp, sets=sets, resource=resource, labels=card["labels"])


def sets_of(resource: Resource) -> tuple[str, ...]:
    """The sets of a resource, called as in the addresses of the site: `teema:abcd`, `liik:juhendmaterjal`."""
    named = [("teema", topic) for topic in resource.topics] + [("liik", resource.kind)]
    return tuple(dict.fromkeys(f"{facet}:{value}" for facet, value in named if _SET.fullmatch(value)))


def fingerprint_of(card: Card) -> str:
    """24 hexadecimal digits that change with the card."""
    return _digest([FORM, card])


def wording_of(vocabulary: Vocabulary) -> str:
    """The same of all that records may take from the vocabulary, and of the form that they have."""
    return _digest([FORM, {facet: {s: t.label() for s, t in vocabulary.terms(facet).items()} for facet in FACETS}])


def _labels(resource: Resource, vocabulary: Vocabulary) -> dict[str, dict[str, str]]:
    values = {
        "audience": resource.audiences,
        "kind": (resource.kind,) if resource.kind else (),
        "topic": resource.topics,
        "county": resource.counties,
    }
    return {facet: {value: vocabulary.label(facet, value) for value in values[facet]} for facet in FACETS}


def _digest(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(written, digest_size=12).hexdigest()
