"""The OpenAPI document as people read it: what the pages on the API show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import json, url_for

from index import Searcher
from webapp.api import examples
from webapp.api.description import SCHEMAS, document
from webapp.api.operations import OPERATIONS, SEARCH
from webapp.api.parameters import Filters
from webapp.problems import faults, record
from webapp.site import Owner

Node = dict[str, Any]
FILTERS = set(Filters.model_fields) - {"q"}
LINE = 82  # characters of the letters in <pre> that fit beside the card


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an answer, or a parameter."""

    name: str
    type: str
    says: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address as the page shows it; `example` is what was asked and `answer` what came, as text.

    `model` is what the answer is called on the page of fields. Filters are told once, of the search.
    """

    name: str
    path: str
    title: str
    says: str
    asks: list[Field]
    takes_filters: bool
    model: str
    example: str
    answer: str


def shown(owner: Owner, served: Searcher) -> Node:
    """What the page on the API shows."""
    described = document(owner, examples.answers(served))
    return {
        "info": described["info"],
        "endpoints": list(_endpoints(described, examples.addresses(served))),
        "faults": faults(),
        "problem": written(record(404, url_for("api.resource", resource_id="olematu"))),
        "owner": owner,
    }


def models(owner: Owner) -> dict[str, list[Field]]:
    """The fields of every answer, whole answers before what they are made of."""
    schemas = document(owner, {})["components"]["schemas"]
    told = {name: _fields(schema, schemas) for name, schema in schemas.items() if "properties" in schema}
    whole = [operation.model.__name__ for operation in OPERATIONS if operation.model]
    return {name: told[name] for name in dict.fromkeys((*whole, *told))}


def _endpoints(described: Node, asked: Mapping[str, str]) -> Iterator[Endpoint]:
    for path, methods in described["paths"].items():
        told = methods["get"]
        name = told["operationId"]
        asks = told.get("parameters", ())
        takes_filters = name != SEARCH and any(one["name"] in FILTERS for one in asks)
        content = next(iter(told["responses"]["200"]["content"].values()))
        yield Endpoint(
            name=name,
            path=path,
            title=told["summary"],
            says=told["description"],
            asks=[_asked(one) for one in asks if not (takes_filters and one["name"] in FILTERS)],
            takes_filters=takes_filters,
            model=content["schema"].get("$ref", "").removeprefix(SCHEMAS),
            example=asked[name],
            answer=_shown(content),
        )


def written(answer: Any, indent: int = 0, before: int = 0) -> str:
    """JSON to read: what fits into a line, with the signs that stand `before` it, stands on one."""
    line = json.dumps(answer)
    if indent + before + len(line) <= LINE or not isinstance(answer, (dict, list)):
        return line
    if isinstance(answer, dict):
        opening, closing = "{", "}"
        names = [f"{json.dumps(name)}: " for name in answer]
        values = zip(names, answer.values(), strict=True)
        parts = [name + written(value, indent + 2, len(name)) for name, value in values]
    else:
        opening, closing = "[", "]"
        parts = [written(value, indent + 2) for value in answer]
    pad = "\n" + " " * (indent + 2)
    return f"{opening}{pad}{f',{pad}'.join(parts)}{pad[:-2]}{closing}"


def _shown(content: Node) -> str:
    """The example as it is read: citations are text already."""
    example = content.get("example", "")
    return example if isinstance(example, str) else written(example)


def _asked(parameter: Node) -> Field:
    return Field(parameter["name"], _type(parameter["schema"], {}), parameter["description"])


def _fields(schema: Node, schemas: Mapping[str, Node]) -> list[Field]:
    return [Field(name, _type(of, schemas), of["description"]) for name, of in schema["properties"].items()]


def _type(of: Node, schemas: Mapping[str, Node]) -> str:
    """As programmers write it: `string`, `Hit[]`, `integer | null`."""
    if "anyOf" in of:
        return " | ".join(_type(one, schemas) for one in of["anyOf"])
    if "$ref" in of:
        name = str(of["$ref"]).removeprefix(SCHEMAS)
        return name if "properties" in schemas[name] else _type(schemas[name], schemas)
    return f"{_type(of['items'], schemas)}[]" if of["type"] == "array" else str(of["type"])
