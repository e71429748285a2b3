"""Resources and the vocabulary as the API gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import url_for

from aardekast.resource import Resource
from aardekast.vocabulary import Term, Vocabulary


def resource_record(resource: Resource) -> dict[str, Any]:
    """All that is shown of a resource; its text is not ours to give."""
    return {
        "id": resource.id,
        "url": resource.url,
        "page": url_for("pages.resource", resource_id=resource.id, _external=True),
        "title": resource.title,
        "description": resource.description,
        "publisher": resource.publisher,
        "authors": list(resource.authors),
        "kind": resource.kind,
        "audience": list(resource.audiences),
        "topics": list(resource.topics),
        "keywords": list(resource.keywords),
        "language": resource.language,
        "counties": list(resource.counties),
        "published": resource.published,
        "starts": resource.starts,
        "ends": resource.ends,
        "place": resource.place,
        "licence": resource.licence,
        "format": resource.format,
        "pages": resource.pages,
        "minutes": resource.minutes,
        "words": resource.words,
        "first_seen": _moment(resource.first_seen),
        "last_checked": _moment(resource.last_checked),
        "status": str(resource.status),
        "copies": [{"url": copy.url, "title": copy.title, "publisher": copy.publisher} for copy in resource.copies],
    }


def vocabulary_record(vocabulary: Vocabulary) -> dict[str, Any]:
    """The terms of each facet in the order of the curators, with their labels in all languages."""
    return {facet: [_term(term) for term in vocabulary.terms(facet).values()] for facet in _FACETS}


_FACETS = ("audience", "kind", "topic", "county")


def _term(term: Term) -> dict[str, Any]:
    return {"value": term.slug, "labels": dict(term.labels), "about": dict(term.abouts)}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
