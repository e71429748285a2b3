"""An OpenDocument text (ODT, ISO/IEC 26300) into an extract, with a passage for each heading."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from harvester.extraction.packed import Packed, PackedError
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.written import Block, written

MEDIA_TYPE = b"application/vnd.oasis.opendocument.text"
_NAMES = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
_TEXT, _OFFICE, _TABLE = (_NAMES.format(name) for name in ("text", "office", "table"))
_META = _NAMES.format("meta")
_MANIFEST = _NAMES.format("manifest")
_STYLE = _NAMES.format("style")
_DC = "{http://purl.org/dc/elements/1.1/}"
_LEFT_OUT = {
    *(f"{_TEXT}{name}" for name in ("tracked-changes", "note", "table-of-content", "sequence-decls")),
    *(f"{_OFFICE}{name}" for name in ("annotation", "annotation-end", "forms")),
}
_SIGNS = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": " "}


def extract_odt(raw: Raw) -> Extract | NoExtract:
    """Title, authors and text."""
    try:
        with Packed(raw.body) as packed:
            if packed.has("META-INF/manifest.xml") and _is_encrypted(packed.tree("META-INF/manifest.xml")):
                return NoExtract(reason="OpenDocument file that wants a password")
            content = packed.tree("content.xml")
            body = content.find(f"{_OFFICE}body/{_OFFICE}text")
            if body is None:
                return NoExtract(reason="OpenDocument file that is damaged or cut off")
            properties = packed.tree("meta.xml").find(f"{_OFFICE}meta") if packed.has("meta.xml") else None
            blocks = list(_blocks(body, _title_styles(content)))
    except PackedError as fault:
        return NoExtract(reason=f"OpenDocument file that {fault}")
    author = _property(properties, f"{_META}initial-creator") or _property(properties, f"{_DC}creator")
    return written(blocks, declared_title=_property(properties, f"{_DC}title"), authors=[author], format_="odt")


def _is_encrypted(manifest: etree._Element) -> bool:
    return next(manifest.iter(f"{_MANIFEST}encryption-data"), None) is not None


def _property(properties: etree._Element | None, name: str) -> str:
    return (properties.findtext(name) or "") if properties is not None else ""


def _title_styles(content: etree._Element) -> set[str]:
    """The style of titles, and those that paragraphs made of it."""
    made = content.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
    return {"Title"} | {
        style.get(f"{_STYLE}name", "") for style in made if style.get(f"{_STYLE}parent-style-name") == "Title"
    }


def _blocks(parent: etree._Element, titles: set[str]) -> Iterator[Block]:
    """Paragraphs, headings and rows of tables, in their order."""
    for element in parent:
        if element.tag in _LEFT_OUT or not isinstance(element.tag, str):
            continue
        if element.tag == f"{_TEXT}h":
            level = element.get(f"{_TEXT}outline-level", "1")
            yield Block(_text(element), int(level) if level.isdigit() else 1)
        elif element.tag == f"{_TEXT}p":
            yield Block(_text(element), 0 if element.get(f"{_TEXT}style-name") in titles else None)
        elif element.tag == f"{_TABLE}table-row":
            cells = (" ".join(_text(cell).split()) for cell in element.iterchildren(f"{_TABLE}table-cell"))
            yield Block(" · ".join(cell for cell in cells if cell))
        else:  # lists, sections, tables
            yield from _blocks(element, titles)


def _text(element: etree._Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield _SIGNS.get(child.tag, "")
            yield from _pieces(child)
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):  # of a cell or a frame
                yield " "
        yield child.tail or ""
