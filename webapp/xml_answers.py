"""XML as an answer: elements without signs that XML may not hold, written with the one namespace as their own."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(name: str, namespace: str, **attributes: str) -> Element:
    """The root of a document in a namespace; further namespaces are attributes of it."""
    return Element(name, {"xmlns": namespace} | attributes)


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """A new element at the end of another."""
    element = SubElement(parent, name, {key: _clean(value) for key, value in attributes.items()})
    element.text = None if text is None else _clean(text)
    return element


def xml_answer(root: Element, mimetype: str = "application/xml") -> Response:
    """The document, which programs in pages of other sites may read, too."""
    written = tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(written, mimetype=mimetype, headers={"Access-Control-Allow-Origin": "*"})


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
