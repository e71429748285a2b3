"""resources.yaml checked whole: each entry by itself, then against the vocabulary and the other entries."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from aardekast.addresses import canonical_key, fault_of
from aardekast.curated.entries import ResourceEntry, SourceEntry
from aardekast.curated.yaml_lines import Document, Fault, Place
from aardekast.vocabulary import LANGUAGE_LABELS, Vocabulary

Entry = TypeVar("Entry", bound=BaseModel)
SECTIONS = ("sources", "resources", "withdrawn")
BUILT_IN_SOURCE = "curated"
_FACETS = {"audience": "audience", "topics": "topic", "kind": "kind", "counties": "county"}


def check_entries(
    document: Document, vocabulary: Vocabulary | None
) -> tuple[list[SourceEntry], list[ResourceEntry], list[str]]:
    """The entries without a fault of their own; what is wrong is added to the document's faults.

    Without a vocabulary (it has faults itself) nothing is said of topics, kinds and audiences.
    """
    values = document.values
    if not isinstance(values, dict):
        document.faults.append(Fault(1, "holds no entries; it wants the keys sources, resources and withdrawn"))
        return [], [], []
    for key in values:
        if key not in SECTIONS:
            document.faults.append(Fault(document.line((key,)), unknown_value("key", key, SECTIONS)))
    sources = dict(_entries(document, "sources", SourceEntry))
    resources = dict(_entries(document, "resources", ResourceEntry))
    withdrawn = dict(_withdrawn(document))
    if vocabulary is not None:
        document.faults.extend(_vocabulary_faults(document, vocabulary))
    document.faults.extend(_repeated_ids(document))
    document.faults.extend(_repeated_addresses(document))
    return list(sources.values()), list(resources.values()), list(withdrawn.values())


def unknown_value(what: str, value: object, allowed: Iterable[str]) -> str:
    """A message for a value that is not allowed, with the nearest one that is."""
    near = difflib.get_close_matches(str(value), list(allowed), n=1, cutoff=0.6)
    remedy = f"did you mean '{near[0]}'?" if near else f"use one of: {', '.join(allowed)}"
    return f"{what} '{value}' is not known; {remedy}"


def _section(document: Document, name: str) -> list[Any]:
    values = document.values.get(name)
    if values is None:
        return []
    if not isinstance(values, list):
        document.faults.append(Fault(document.line((name,)), f"'{name}' must be a list; start each entry with '- '"))
        return []
    return values


def _entries(document: Document, name: str, model: type[Entry]) -> Iterator[tuple[int, Entry]]:
    for number, values in enumerate(_section(document, name)):
        if not isinstance(values, dict):
            document.faults.append(
                Fault(document.line((name, number)), "is not an entry; write '- url: ...' and its fields below")
            )
            continue
        try:
            yield number, model.model_validate(values)
        except ValidationError as error:
            for detail in error.errors():
                place = (name, number, *detail["loc"])
                document.faults.append(Fault(document.line(place), _message(detail, model)))


def _message(detail: Any, model: type[BaseModel]) -> str:
    field = ".".join(str(part) for part in detail["loc"] if not isinstance(part, int))
    match detail["type"]:
        case "extra_forbidden":
            return unknown_value("key", field, list(model.model_fields))
        case "missing":
            return f"'{field}' is missing; add a line '{field}: ...'"
        case "value_error":
            return f"{field}: {detail['ctx']['error']}"
        case "literal_error":
            return f"{field}: '{detail['input']}' is not allowed; use one of: {detail['ctx']['expected']}"
        case "list_type":
            return f"{field}: must be a list, like [{detail['input']}]"
        case "string_type" | "string_too_short" if not detail["input"]:
            return f"{field}: is empty; write it or leave the line out"
        case "string_type":
            return f"{field}: must be text; put '{detail['input']}' between quotes"
        case "too_short":
            return f"{field}: is empty; name at least one"
        case "bool_type":
            return f"{field}: '{detail['input']}' must be true or false"
    return f"{field}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _withdrawn(document: Document) -> Iterator[tuple[int, str]]:
    for number, url in enumerate(_section(document, "withdrawn")):
        fault = "is not an address" if not isinstance(url, str) else fault_of(url)
        if fault:
            place = ("withdrawn", number)
            document.faults.append(Fault(document.line(place), f"withdrawn: '{url}' {fault}; write the whole address"))
        else:
            yield number, url


def _places(document: Document) -> Iterator[tuple[Place, dict[str, Any]]]:
    for name in ("sources", "resources"):
        values = document.values.get(name)
        for number, entry in enumerate(values if isinstance(values, list) else []):
            if isinstance(entry, dict):
                yield (name, number), entry


def _vocabulary_faults(document: Document, vocabulary: Vocabulary) -> Iterator[Fault]:
    for place, entry in _places(document):
        for field, facet in _FACETS.items():
            value = entry.get(field)
            values = value if isinstance(value, list) else [value]
            for number, slug in enumerate(values):
                if isinstance(slug, str) and slug not in vocabulary.terms(facet):
                    inner = (*place, field, number) if isinstance(value, list) else (*place, field)
                    message = unknown_value(facet, slug, vocabulary.terms(facet))
                    yield Fault(document.line(inner), message.replace("is not known", "is not in vocabulary.yaml", 1))
        language = entry.get("language")
        if isinstance(language, str) and language not in LANGUAGE_LABELS:
            yield Fault(document.line((*place, "language")), unknown_value("language", language, LANGUAGE_LABELS))


def _repeated_ids(document: Document) -> Iterator[Fault]:
    seen: dict[tuple[str | int, object], int] = {("sources", BUILT_IN_SOURCE): 0}
    for place, entry in _places(document):
        key = (place[0], entry.get("id"))
        if key[1] is None:
            continue
        line = document.line((*place, "id"))
        if key not in seen:
            seen[key] = line
        elif seen[key] == 0:
            yield Fault(line, f"id '{key[1]}' is the built-in source of the curated addresses; choose another")
        else:
            yield Fault(line, f"id '{key[1]}' stands twice, first on line {seen[key]}; choose another")


def _repeated_addresses(document: Document) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, url in _addresses(document):
        if isinstance(url, str) and fault_of(url) is None:
            line = document.line(place)
            first = seen.setdefault(canonical_key(url), line)
            if first != line:
                yield Fault(line, f"this address stands twice, first on line {first}; keep one of them")


def _addresses(document: Document) -> Iterator[tuple[Place, Any]]:
    """Resources and withdrawn addresses; a source may have the address of a resource."""
    for place, entry in _places(document):
        if place[0] == "resources":
            yield (*place, "url"), entry.get("url")
    withdrawn = document.values.get("withdrawn")
    for number, url in enumerate(withdrawn if isinstance(withdrawn, list) else []):
        yield ("withdrawn", number), url
