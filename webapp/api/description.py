"""The OpenAPI 3.1 description of what programs may ask, made from the models, in the language of the request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import request, url_for
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from webapp.api.models import Problem
from webapp.api.operations import CITATION, OPERATIONS, RESOURCE, SEARCH, Operation
from webapp.citations.views import FORMATS
from webapp.language import gettext as _
from webapp.language import language_tag
from webapp.multilingual import ESTONIAN, OTHERS, OWN_NAMES
from webapp.problems import MIMETYPE, faults
from webapp.site import Owner

VERSION = "1.0.0"  # of the API, not of the program: the first number is that of its address
SCHEMAS = "#/components/schemas/"
Node = dict[str, Any]
FIRST_HIT = {"resource_id": "$response.body#/hits/0/id"}
FROM_A_HIT = {  # what may be asked next, by an id of the answer
    RESOURCE: {"operationId": RESOURCE, "parameters": FIRST_HIT},
    CITATION: {"operationId": CITATION, "parameters": FIRST_HIT | {"form": "bib"}},
}


def document(owner: Owner, examples: Mapping[str, Any]) -> Node:
    """The description; `examples` are real answers by the name of their operation."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Aardekast",
            "version": VERSION,
            "summary": _("Kogukondade arendamise materjalide otsing."),
            "description": _(
                "Kõik on avalik: võtit ega kontot ei ole vaja, lugeda võib iga veebilehe skript. Nimetused on aadressi "
                "keeles, väljad ja väärtused igas keeles samad."
            ),
            "termsOfService": url_for("api_docs.page", _external=True) + "#tingimused",
            "contact": {"name": owner.name, "url": owner.url} | ({"email": owner.email} if owner.email else {}),
        },
        "externalDocs": {"url": url_for("api_docs.page", _external=True)},
        "servers": list(_servers()),
        "paths": {operation.path: {"get": _operation(operation, examples)} for operation in OPERATIONS},
        "components": {"schemas": _schemas(), "responses": {f"Fault{code}": _fault(code) for code in faults()}},
    }


def _servers() -> Iterator[Node]:
    """The same addresses in each language, that of the request first."""
    own = language_tag()
    for language in sorted((ESTONIAN, *OTHERS), key=lambda known: known != own):
        prefix = "" if language == ESTONIAN else f"/{language}"
        yield {"url": f"{request.script_root}{prefix}" or "/", "description": OWN_NAMES[language]}


def _operation(operation: Operation, examples: Mapping[str, Any]) -> Node:
    asked = _parameters(operation, examples.get(RESOURCE, {}).get("id"))
    return {
        "operationId": operation.name,
        "summary": _(operation.title),
        "description": _(operation.says),
        **({"parameters": asked} if asked else {}),
        "responses": {
            "200": _answer(operation, examples),
            "304": {"description": _("Sama mis If-None-Match päises nimetatud vastus.")},
            **{str(code): {"$ref": f"#/components/responses/Fault{code}"} for code in operation.faults},
            "default": {"description": _("Muu viga."), "content": _problem_content()},
        },
    }


def _parameters(operation: Operation, shown_id: str | None) -> list[Node]:
    """What it takes, as OpenAPI says it; `shown_id` is of a resource that there is, for examples."""
    if operation.asks is None:
        return []
    schema = _told(operation.asks.model_json_schema(mode="validation"))
    required = schema.get("required", ())
    told = [_parameter(operation, name, of, required) for name, of in schema["properties"].items()]
    shown: Node = {"resource_id": {"example": shown_id}, "id": {"example": [shown_id]}} if shown_id else {}
    return [one | shown.get(one["name"], {}) for one in told]


def _parameter(operation: Operation, name: str, of: Node, required: Sequence[str]) -> Node:
    said, examples = of.pop("description"), of.pop("examples", ())
    of.pop("default", None)
    return {
        "name": name,
        "in": "path" if f"{{{name}}}" in operation.path else "query",
        "description": said,
        **({"required": True} if name in required else {}),
        "schema": next((kind for kind in of.get("anyOf", ()) if kind != {"type": "null"}), of),
        **({"example": examples[0]} if examples else {}),
    }


def _answer(operation: Operation, examples: Mapping[str, Any]) -> Node:
    headers = {"ETag": _header(_("Vastuse tunnus päise If-None-Match jaoks."))}
    if operation.is_paged:
        headers["Link"] = _header(_("Naaberlehed (RFC 8288): first, prev, next ja last."))
    content = _json(operation.model.__name__) if operation.model else _cited()
    if operation.name in examples:
        next(iter(content.values()))["example"] = examples[operation.name]
    links = {"links": FROM_A_HIT} if operation.name == SEARCH else {}
    return {"description": _("Vastus."), "headers": headers, "content": content, **links}


def _json(model: str) -> Node:
    return {"application/json": {"schema": {"$ref": SCHEMAS + model}}}


def _cited() -> Node:
    """Each format of citations: a list of CSL's items, or text."""
    items = {"type": "array", "items": {"type": "object"}}
    return {
        known.media_type: {"schema": items if known.media_type.endswith("json") else {"type": "string"}}
        for known in FORMATS.values()
    }


def _header(said: str) -> Node:
    return {"description": said, "schema": {"type": "string"}}


def _fault(code: int) -> Node:
    return {"description": faults()[code].title, "content": _problem_content()}


def _problem_content() -> Node:
    return {MIMETYPE: {"schema": {"$ref": SCHEMAS + Problem.__name__}}}


def _schemas() -> Node:
    answered: list[type[BaseModel]] = [operation.model for operation in OPERATIONS if operation.model]
    answered.append(Problem)
    _names, schema = models_json_schema(
        [(model, "serialization") for model in answered], ref_template=SCHEMAS + "{model}"
    )
    for node in schema["$defs"].values():
        node.pop("description", None)  # the docstring of our class
    return {name: _told(node) for name, node in schema["$defs"].items()}


def _told(node: Any) -> Any:
    """A schema with its descriptions in the language of the request.

    Without the titles that pydantic adds of itself. Fields may be added to an answer one day, and who checks answers
    by this description shall not fail then.
    """
    if isinstance(node, list):
        return [_told(one) for one in node]
    if not isinstance(node, dict):
        return node
    told = {name: _told(value) for name, value in node.items() if not _is_needless(name, value)}
    if isinstance(said := told.get("description"), str):
        told["description"] = _(said)
    return told


def _is_needless(name: str, value: Any) -> bool:
    return (name == "title" and isinstance(value, str)) or (name == "additionalProperties" and value is False)
