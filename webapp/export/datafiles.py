"""The data of an export: JSON Lines, one record a line, in UTF-8, in a stable order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask

from aardekast.resource import Source
from aardekast.vocabulary import Vocabulary
from webapp.contents import Contents
from webapp.publishers import slug_of
from webapp.records import resource_record, vocabulary_record

Record = dict[str, Any]
NO_SITE = "http://localhost"  # what addresses are made with where no site is named; none of them is kept


def records_of(contents: Contents, app: Flask) -> dict[str, list[Record]]:
    """The records of each file, by its name."""
    return {
        "resources.jsonl": list(_resources(contents, app)),
        "sources.jsonl": [_source(source) for source in contents.sources],
        "vocabulary.jsonl": list(_vocabulary(contents.vocabulary)),
        "publishers.jsonl": list(_publishers(contents)),
    }


def json_lines(records: Iterable[Record]) -> bytes:
    """One record a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def copy_of(resource_id: str) -> str:
    """Where the page of a resource lies in an export."""
    return f"materjal/{resource_id}.html"


def _resources(contents: Contents, app: Flask) -> Iterator[Record]:
    """The records of the API, with the page in this export; `page` is None where no site is named."""
    with app.test_request_context(base_url=contents.site or NO_SITE):
        for resource in contents.resources:
            record = resource_record(resource)
            yield record | {"page": record["page"] if contents.site else None, "copy": copy_of(resource.id)}


def _source(source: Source) -> Record:
    return {
        "id": source.id,
        "url": source.url,
        "type": source.type,
        "publisher": source.publisher,
        "language": source.language,
        "kind": source.kind,
        "audience": list(source.audiences),
        "topics": list(source.topics),
        "schedule": source.schedule,
    }


def _vocabulary(vocabulary: Vocabulary) -> Iterator[Record]:
    for facet, terms in vocabulary_record(vocabulary).items():
        for term in terms:
            yield {"type": facet, **term}
    for short, meanings in vocabulary.abbreviations.items():
        yield {"type": "abbreviation", "value": short, "meanings": list(meanings)}
    for words in vocabulary.synonyms:
        yield {"type": "synonyms", "words": list(words)}


def _publishers(contents: Contents) -> Iterator[Record]:
    """Each publisher by name, with how many resources it has."""
    counts = Counter(resource.publisher for resource in contents.resources if resource.publisher)
    for name in sorted(counts):
        yield {"name": name, "slug": slug_of(name), "resources": counts[name]}
