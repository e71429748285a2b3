"""Answers of OAI-PMH as XML: what stands around every answer, and the parts that several of them have."""

from __future__ import annotations

from datetime import datetime
from xml.etree.ElementTree import Element

from flask import url_for

from aardekast.errors import ProtocolError
from aardekast.records import Record
from webapp.oai.arguments import Arguments
from webapp.oai.crosswalks import FORMATS, XSI, written_moment
from webapp.oai.repository import repository
from webapp.xml_answers import add, document

OAI = "http://www.openarchives.org/OAI/2.0/"
IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"


def base_url() -> str:
    """Where the questions are asked."""
    return url_for("oai.answer", _external=True)


def envelope(asked: Arguments | None, moment: datetime) -> Element:
    """The root, the moment that it is answered for, and the question, where that was one."""
    location = f"{OAI} {OAI}OAI-PMH.xsd"
    root = document("OAI-PMH", OAI, **{"xmlns:xsi": XSI, "xsi:schemaLocation": location})
    add(root, "responseDate", written_moment(moment))
    add(root, "request", base_url(), **({"verb": asked.verb, **asked.given} if asked else {}))
    return root


def fault_answer(fault: ProtocolError, asked: Arguments | None, moment: datetime) -> Element:
    """What is wrong with a question."""
    root = envelope(asked, moment)
    add(root, "error", str(fault), code=fault.code)
    return root


def add_identity(root: Element, earliest: datetime) -> None:
    """Who answers, and how."""
    identity = add(root, "Identify")
    for name, text in (
        ("repositoryName", "Aardekast"),
        ("baseURL", base_url()),
        ("protocolVersion", "2.0"),
        ("adminEmail", repository().email),
        ("earliestDatestamp", written_moment(earliest)),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ("compression", "gzip"),
        ("compression", "deflate"),
    ):
        add(identity, name, text)
    location = {"xmlns:xsi": XSI, "xsi:schemaLocation": f"{IDENTIFIER} {IDENTIFIER}.xsd"}
    scheme = add(add(identity, "description"), "oai-identifier", xmlns=IDENTIFIER, **location)
    add(scheme, "scheme", "oai")
    add(scheme, "repositoryIdentifier", repository().domain)
    add(scheme, "delimiter", ":")
    add(scheme, "sampleIdentifier", repository().identifier("kriisiplaan"))


def add_record(parent: Element, record: Record, prefix: str) -> None:
    """A record in a metadata format; of a deleted one the header alone."""
    element = add(parent, "record")
    add_header(element, record)
    if record.resource is not None:
        FORMATS[prefix].write(add(element, "metadata"), record, record.resource)


def add_header(parent: Element, record: Record) -> None:
    """Which record it is, of when, and in which sets."""
    header = add(parent, "header", **{} if record.resource else {"status": "deleted"})
    add(header, "identifier", repository().identifier(record.id))
    add(header, "datestamp", written_moment(record.datestamp))
    for name in record.sets:
        add(header, "setSpec", name)
