"""A record in the words of others: Dublin Core, and schema.org as LRMI and AMB take it.

What a crosswalk says must follow from the record alone: whoever changes one raises `FORM` in
`aardekast.catalogue.record_card`, so that those who harvested the old words hear of the new ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from flask import url_for

from aardekast import amb
from aardekast.records import Record
from aardekast.resource import Resource
from webapp import linked
from webapp.wording import web_address
from webapp.xml_answers import add

XSI = "http://www.w3.org/2001/XMLSchema-instance"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
DCMI_TYPES = {"video": "MovingImage", "audio": "Sound"}  # all else is Text: http://purl.org/dc/dcmitype/
Line = tuple[str, str, Mapping[str, str]]  # an element of Dublin Core, what it says, its attributes


@dataclass(frozen=True, slots=True)
class Format:
    """A metadata format: the address of its schema, its namespace, and how a record is written in it."""

    schema: Callable[[], str]
    namespace: str
    write: Callable[[Element, Record, Resource], None]


def write_dublin_core(parent: Element, record: Record, resource: Resource) -> None:
    """`oai_dc:dc`, an element for each value."""
    root = _root(parent, "oai_dc:dc", {"xmlns:oai_dc": OAI_DC, "xmlns:dc": DC}, FORMATS["oai_dc"])
    for name, text, attributes in _lines(record, resource):
        if text:
            add(root, f"dc:{name}", text, **attributes)


def write_amb(parent: Element, record: Record, resource: Resource) -> None:
    """`amb:record` of one `amb:json`, which holds as text what the page of the material says to programs as JSON-LD."""
    root = _root(parent, "amb:record", {"xmlns:amb": amb.NAMESPACE}, FORMATS["amb"])
    said = linked.material(resource, record.label)
    said["mainEntityOfPage"]["dateModified"] = written_moment(record.datestamp)
    add(root, "amb:json", json.dumps(said, ensure_ascii=False))


def written_moment(moment: datetime) -> str:
    """`2026-11-22T08:30:00Z`."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


FORMATS = {
    "oai_dc": Format(lambda: "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, write_dublin_core),
    "amb": Format(lambda: url_for("oai.amb_schema", _external=True), amb.NAMESPACE, write_amb),
}


def _root(parent: Element, name: str, namespaces: Mapping[str, str], known: Format) -> Element:
    """The element of the format; it names all that it needs, so that it can be kept without what is around it."""
    location = {"xmlns:xsi": XSI, "xsi:schemaLocation": f"{known.namespace} {known.schema()}"}
    return add(parent, name, **namespaces, **location)


def _lines(record: Record, resource: Resource) -> Iterator[Line]:
    page = url_for("pages.resource", resource_id=resource.id, _external=True)
    yield "title", resource.title, {"xml:lang": resource.language} if resource.language else {}
    for author in resource.authors:
        yield "creator", author, {}
    for text in dict.fromkeys((*(record.label("topic", topic) for topic in resource.topics), *resource.keywords)):
        yield "subject", text, {}
    yield "description", resource.description, {}
    yield "publisher", resource.publisher, {}
    yield "date", resource.published or "", {}
    if resource.starts:
        yield "date", "/".join(filter(None, (resource.starts, resource.ends))), {}
    yield "type", record.label("kind", resource.kind), {}
    yield "type", _dcmi_type(resource), {}
    yield "format", amb.MEDIA_TYPES.get(resource.format, ""), {}
    yield "format", _extent(resource), {}
    yield "identifier", web_address(resource.url) or page, {}
    yield "language", resource.language, {}
    for address in (page, *(copy.url for copy in resource.copies)):
        yield "relation", web_address(address) or "", {}
    for place in (*(record.label("county", county) for county in resource.counties), resource.place or ""):
        yield "coverage", place, {}
    yield "rights", resource.licence or "", {}


def _dcmi_type(resource: Resource) -> str:
    return "Event" if linked.is_event(resource) else DCMI_TYPES.get(resource.format, "Text")


def _extent(resource: Resource) -> str:
    if resource.pages:
        return f"{resource.pages} lk"
    return f"{resource.minutes} min" if resource.minutes else ""
