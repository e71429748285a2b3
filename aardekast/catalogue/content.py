"""What a harvested page says, as the tables of the catalogue have it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from aardekast.addresses import clean_url
from aardekast.catalogue.storable import storable
from aardekast.catalogue.tables import ResourceRow
from aardekast.resource import Harvested, Source


def own_addresses(found: Harvested) -> tuple[str, ...]:
    """The addresses that led to the page."""
    return (found.url, *found.redirects, found.requested)


def all_addresses(found: Harvested) -> tuple[str, ...]:
    """Those, and the one by which it calls itself."""
    return (*own_addresses(found), found.canonical) if found.canonical else own_addresses(found)


def fill(row: ResourceRow, found: Harvested) -> None:
    """Give a resource the text of the page and what belongs to that."""
    row.content_hash, row.answered = content_hash(found), storable(clean_url(found.url))
    row.text, row.words = found.text, len(found.text.split()) or None
    row.format, row.pages, row.minutes = found.format, found.pages, found.minutes
    row.may_show_snippet = found.may_show_snippet


def harvested_values(found: Harvested) -> dict[str, Any]:
    """Its fields."""
    return {
        "title": found.title,
        "description": found.description,
        "publisher": found.publisher,
        "authors": found.authors,
        "published": found.published,
        "language": found.language,
        "kind": found.kind,
        "starts": found.starts,
        "ends": found.ends,
        "place": found.place,
        "licence": found.licence,
    }


def suggested_values(found: Harvested, source: Source) -> dict[str, Any]:
    """What was suggested for it, and before that what resources.yaml says of everything the source brings."""
    values = {
        "publisher": source.publisher,
        "language": source.language,
        "kind": source.kind,
        "audiences": source.audiences,
        "topics": source.topics,
    }
    return {**found.suggested, **{field: value for field, value in values.items() if value}}


def content_hash(found: Harvested) -> str:
    """By which an unchanged text is known."""
    passages = [(p.offset, p.heading, p.page, p.start, p.fragment) for p in found.passages]
    parts = [found.title, found.text, found.format, found.pages, found.minutes, found.may_show_snippet, passages]
    return hashlib.blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=16).hexdigest()
