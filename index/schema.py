"""The schema: which channels a resource's words go through, and what is stored of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, STORED, TEXT, Schema

from aardekast.language.snowball import STEMMED
from aardekast.language.text import clean, raw_words
from aardekast.resource import Copy, Passage, Resource, Status
from index.analysis import (
    BREAK,
    estonian_lemmas,
    estonian_parts,
    exact_forms,
    first_positions,
    letter_groups,
    stems,
)

SCHEMA_VERSION = 3
PLACE_EVERY = 32  # words; a snippet looks at some hundred characters around the place anyway
EXACT, LEMMA, PART, GRAM = "exact", "lemma", "part", "gram"


def stem_channel(language: str) -> str:
    """The channel of a language of STEMMED."""
    return f"stem_{language}"


def title_of(channel: str) -> str:
    """The field of a channel that holds the title alone."""
    return f"{channel}_title"


def make_schema() -> Schema:
    """Each channel twice, over title and text together and over the title alone; the card as a column."""
    analyzers = {EXACT: exact_forms(), LEMMA: estonian_lemmas(), PART: estonian_parts(), GRAM: letter_groups()}
    analyzers |= {stem_channel(language): stems(language) for language in STEMMED}
    fields: dict[str, Any] = {"id": ID(unique=True), "card": COLUMN(VarBytesColumn())}
    fields |= {"resource": STORED(), "places": STORED()}
    for channel, analyzer in analyzers.items():
        fields[channel] = TEXT(analyzer=analyzer, phrase=channel not in (EXACT, GRAM))
        fields[title_of(channel)] = TEXT(analyzer=analyzer, phrase=False)
    return Schema(**fields)


def document_of(resource: Resource) -> dict[str, Any]:
    """What the index holds for a resource.

    A card is written in Estonian whatever the language of the material: only the text of a foreign material
    is left to the stems of its own language.
    """
    about = " ".join([resource.description, ", ".join(resource.keywords), resource.publisher, *resource.authors])
    title, about, text = clean(resource.title), clean(about), resource.text
    whole = BREAK.join(part for part in (title, about, text) if part.strip())
    card_only = BREAK.join(part for part in (title, about) if part.strip())
    is_foreign = resource.language in STEMMED
    document = {
        "id": resource.id,
        "card": json.dumps(_card(resource), ensure_ascii=False).encode(),
        "resource": _stored(resource),
        "places": _places([part for part in (title, about) if part.strip()], text),
        EXACT: whole,
        GRAM: whole,
        LEMMA: card_only if is_foreign else whole,
        PART: card_only if is_foreign else whole,
    }
    document |= {title_of(channel): title for channel in (EXACT, GRAM, LEMMA, PART)}
    if is_foreign:
        channel = stem_channel(resource.language)
        document |= {channel: whole, title_of(channel): title}
    return document


def stamp_of(resource: Resource) -> str:
    """Changes when anything that the index shows of the resource does."""
    shown = _stored(replace(resource, last_checked=None))  # a look that found nothing new is no change
    return hashlib.blake2b(shown.encode(), digest_size=12).hexdigest()


def resource_from(stored: str) -> Resource:
    """The resource that `document_of` stored."""
    values = json.loads(stored)
    for name in ("authors", "audiences", "topics", "keywords", "counties"):
        values[name] = tuple(values[name])
    for name in ("first_seen", "last_checked"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["passages"] = tuple(Passage(**passage) for passage in values["passages"])
    values["copies"] = tuple(Copy(**copy) for copy in values["copies"])
    values["status"] = Status(values["status"])
    return Resource(**values)


def _stored(resource: Resource) -> str:
    values = asdict(resource)
    for name in ("first_seen", "last_checked"):
        values[name] = values[name].isoformat() if values[name] else None
    return json.dumps(values, ensure_ascii=False)


def _places(before: list[str], text: str) -> dict[str, Any]:
    """Where in the text the words of the positions stand: the first position, and the offset of every 32nd word."""
    offsets = [start for number, (_, start, _) in enumerate(raw_words(text)) if number % PLACE_EVERY == 0]
    return {"first": first_positions([*before, text])[-1], "offsets": offsets}


def _card(resource: Resource) -> dict[str, Any]:
    return {
        "id": resource.id,
        "stamp": stamp_of(resource),
        "audience": resource.audiences,
        "topic": resource.topics,
        "kind": [resource.kind] if resource.kind else [],
        "language": [resource.language] if resource.language else [],
        "county": resource.counties,
        "format": [resource.format] if resource.format else [],
        "publisher": [resource.publisher] if resource.publisher else [],
        "year": resource.year,
        "published": resource.published,
        "first_seen": resource.first_seen.isoformat() if resource.first_seen else "",
        "title": resource.title,
        "over": resource.ends or resource.starts,
    }
