"""A book (EPUB 2 and 3) into an extract: its chapters in the order of its spine, a passage for each heading.

Under DRM it is a counted reason; fonts that are only scrambled are none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from aardekast.language.text import clean
from harvester.extraction.blocks import blocks_of
from harvester.extraction.charset import decode
from harvester.extraction.dates import partial_date
from harvester.extraction.document import language_code, parse, text_of, words_of
from harvester.extraction.packed import Packed, PackedError
from harvester.extraction.relationships import part_at
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.written import Block, written

MEDIA_TYPE = b"application/epub+zip"
CONTAINER = "META-INF/container.xml"
MOST_CHAPTERS = 2_000  # files of a spine; a dictionary has some hundred
_ENCRYPTION = "META-INF/encryption.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")  # scrambled, with the key beside it
_CHAPTERS = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_HEADINGS = ("h1", "h2", "h3", "h4")
_MENUS = re.compile(r"\b(toc|landmarks|page-list|index|cover)\b")
_SURNAME_FIRST = re.compile(r"([\w-]+), ([\w .-]+)")


@dataclass(frozen=True, slots=True)
class _Item:
    """A file of the book, as its package lists it."""

    part: str
    type: str
    properties: str


def extract_epub(raw: Raw) -> Extract | NoExtract:
    """The text of the chapters, and what the package says: title, authors, language, date, rights, ..."""
    try:
        with Packed(raw.body) as packed:
            if _is_encrypted(packed):
                return NoExtract(reason="book that is encrypted (DRM)")
            name = _package_name(packed)
            package = packed.tree(name)
            items = _items(package, name)
            blocks = list(_chapters(packed, package, items))
    except PackedError as fault:
        return NoExtract(reason=f"book that {fault}")
    said = package.find("{*}metadata")
    said = said if said is not None else etree.Element("metadata")
    title = next(_all(said, "title"), "")
    found = written(blocks, declared_title=title, authors=list(_creators(said)), format_="epub")
    if isinstance(found, NoExtract):
        return NoExtract(reason="book without text")
    return replace(
        found,
        description=_plain(next(_all(said, "description"), "")),
        published=_published(said),
        language=language_code(next(_all(said, "language"), "")),
        licence=next(_all(said, "rights"), "") or None,
        publisher=next(_all(said, "publisher"), ""),
        keywords=tuple(_all(said, "subject")),
    )


def _is_encrypted(packed: Packed) -> bool:
    if not packed.has(_ENCRYPTION):
        return False
    methods = packed.tree(_ENCRYPTION).iter("{*}EncryptionMethod")
    return any(method.get("Algorithm") not in _FONTS for method in methods)


def _package_name(packed: Packed) -> str:
    """The name of the package document. Raises PackedError."""
    for root in packed.tree(CONTAINER).iter("{*}rootfile"):
        if root.get("media-type", "application/oebps-package+xml") == "application/oebps-package+xml":
            return part_at("/", root.get("full-path", ""))
    raise PackedError("names no package, or is damaged")


def _items(package: etree._Element, name: str) -> dict[str, _Item]:
    return {
        item.get("id", ""): _Item(
            part_at(name, item.get("href", "")), item.get("media-type", ""), item.get("properties", "")
        )
        for item in package.iterfind("{*}manifest/{*}item")
    }


def _chapters(packed: Packed, package: etree._Element, items: Mapping[str, _Item]) -> Iterator[Block]:
    """The lines of all files of the spine, but for what stands beside it and the table of contents."""
    spine = (ref for ref in package.iterfind("{*}spine/{*}itemref") if ref.get("linear") != "no")
    contents = _contents(packed, package, items)
    for ref in islice(spine, MOST_CHAPTERS):
        item = items.get(ref.get("idref", ""))
        if item is not None and item.type in _CHAPTERS and "nav" not in item.properties.split():
            yield from _lines(packed, item.part, contents.get(item.part, ""))


def _contents(packed: Packed, package: etree._Element, items: Mapping[str, _Item]) -> dict[str, str]:
    """What the table of contents calls each file, for those that have their heading as a picture.

    Of EPUB 3 it is a page, of EPUB 2 a list (NCX); a faulty one costs only itself.
    """
    spine = package.find("{*}spine")
    listed = items.get(spine.get("toc", "")) if spine is not None else None
    page = next((item for item in items.values() if "nav" in item.properties.split()), None)
    named: dict[str, str] = {}
    with suppress(PackedError):
        if page is not None and (tree := _page(packed, page.part)) is not None:
            for link in tree.iterfind(".//nav//a[@href]"):
                named.setdefault(part_at(page.part, link.get("href", "")), text_of(link))
        elif listed is not None:
            for point in packed.tree(listed.part).iter("{*}navPoint"):
                source, label = point.find("{*}content"), point.findtext("{*}navLabel/{*}text") or ""
                if source is not None:
                    named.setdefault(part_at(listed.part, source.get("src", "")), words_of(label))
    return named


def _page(packed: Packed, part: str) -> HtmlElement | None:
    """A file of the book, read as web pages are: many are no XML, and none of their entities are followed."""
    body = packed.read(part)
    return parse(decode(body, "application/xhtml+xml")) if body.strip() else None


def _lines(packed: Packed, part: str, label: str) -> Iterator[Block]:
    tree = _page(packed, part)
    if tree is None:
        return
    for element in tree.xpath("//nav|//*[@*[name()='epub:type']]"):
        is_menu = element.tag == "nav" or _MENUS.search(element.get("epub:type"))
        if is_menu and element.tag not in ("html", "body") and element.getparent() is not None:
            element.drop_tree()
    levels = {text: int(heading.tag[1]) for heading in tree.iter(*_HEADINGS) if (text := text_of(heading))}
    lines = blocks_of(tree)
    if lines and label and not levels:
        yield Block(label, 1)
        lines = lines[1:] if words_of(lines[0]) == label else lines
    yield from (Block(line, levels.get(line)) for line in lines)


def _all(said: etree._Element, name: str) -> Iterator[str]:
    """What the metadata say under a name of Dublin Core."""
    for element in said.iter(f"{_DC}{name}"):
        if text := words_of(clean("".join(element.itertext()))):
            yield text


def _plain(text: str) -> str:
    """A description, which some write as markup."""
    tree = parse(text) if "<" in text else None
    return text_of(tree) if tree is not None else text


def _creators(said: etree._Element) -> Iterator[str]:
    """Those who wrote it, where roles are told (EPUB 2 and 3 do it each its way): not translators and illustrators."""
    refined = {
        meta.get("refines", "").lstrip("#"): (meta.text or "").strip()
        for meta in said.iter("{*}meta")
        if meta.get("property") == "role"
    }
    for element in said.iter(f"{_DC}creator"):
        role = element.get(f"{_OPF}role") or refined.get(element.get("id", ""))
        name = words_of(clean("".join(element.itertext())))
        if role in (None, "", "aut") and name:
            inverted = _SURNAME_FIRST.fullmatch(name)
            yield f"{inverted[2]} {inverted[1]}" if inverted else name


def _published(said: etree._Element) -> str | None:
    """The day of publication: EPUB 3 has no other, EPUB 2 may say which event it means."""
    for element in said.iter(f"{_DC}date"):
        if element.get(f"{_OPF}event", "publication") in ("publication", "original-publication"):
            found = partial_date(element.text or "")
            if found is not None:
                return found
    return None
