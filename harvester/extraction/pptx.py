"""A presentation (PPTX, ECMA-376) into an extract, with a passage for each slide.

Slides come in the order in which they are shown; hidden ones are left out. What the speaker noted stands after the text
of its slide: it is often all that is said in sentences. What every slide repeats (date, footer, number) is no text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from lxml import etree

from harvester.extraction.core import Core, core_of
from harvester.extraction.dates import partial_date
from harvester.extraction.packed import Packed, PackedError
from harvester.extraction.relationships import Related, related_to
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.written import Block, written

PRESENTATION = "ppt/presentation.xml"
MOST_SLIDES = 1_000  # as of pages of a PDF
_TITLES = {"title": 1, "ctrTitle": 0}  # kinds of placeholders, and the level of what stands in them
_REPEATED = {"dt", "ftr", "hdr", "sldNum", "sldImg"}


def extract_pptx(raw: Raw) -> Extract | NoExtract:
    """Title, author, year and text; `pages` counts the slides that are shown."""
    try:
        with Packed(raw.body) as packed:
            core = core_of(packed)
            slides = [list(_blocks(packed, slide, number)) for number, slide in _shown(packed)]
    except PackedError as fault:
        return NoExtract(reason=f"presentation that {fault}")
    blocks = [block for slide in slides for block in slide]
    found = written(blocks, declared_title=core.title, authors=[core.author], format_="pptx")
    if isinstance(found, NoExtract):
        return NoExtract(reason="presentation without text")
    return replace(found, pages=len(slides), published=_year(core))


def _year(core: Core) -> str | None:
    """The year in which it was both begun and last changed: else it is an old one that was taken for a new talk."""
    begun, changed = partial_date(core.created), partial_date(core.modified)
    return begun[:4] if begun and changed and begun[:4] == changed[:4] else None


def _shown(packed: Packed) -> Iterator[tuple[int, tuple[str, etree._Element]]]:
    """Name and tree of each slide that is shown, with the number that PowerPoint gives it: hidden ones count."""
    slides, related = packed.tree(PRESENTATION).iterfind("{*}sldIdLst/{*}sldId"), related_to(packed, PRESENTATION)
    for number, slide in enumerate(islice(slides, MOST_SLIDES), start=1):
        part = _named(slide, related)
        if part is not None:
            tree = packed.tree(part.part)
            if tree.get("show") not in ("0", "false"):
                yield number, (part.part, tree)


def _named(element: etree._Element, related: Mapping[str, Related], name: str = "id") -> Related | None:
    """The part that an attribute of the relationships' namespace names, which strict files call otherwise."""
    names = (value for key, value in element.attrib.items() if key.endswith(f"}}{name}"))
    return related.get(next(names, ""))


def _blocks(packed: Packed, slide: tuple[str, etree._Element], number: int) -> Iterator[Block]:
    """The lines of a slide, its title first; the first of them is named by the slide."""
    part, tree = slide
    related = related_to(packed, part)
    lines = [line for line in (*_of_shapes(packed, tree, related), *_notes(packed, related)) if line.text.strip()]
    titles = [line for line in lines if line.level is not None]
    rest = [line for line in lines if line.level is None]  # shapes stand in the order in which they are drawn
    title = " ".join(" ".join(line.text for line in titles).split())
    place = f"slaid {number}: {title}" if title else f"slaid {number}"
    first, *rest = [Block(title, titles[0].level), *rest] if titles else rest or [Block("")]
    yield replace(first, place=place, fragment=f"#slide={number}")
    yield from rest


def _of_shapes(packed: Packed, parent: etree._Element, related: Mapping[str, Related]) -> Iterator[Block]:
    for element in parent.iterfind("{*}cSld/{*}spTree/*"):
        yield from _of_shape(packed, element, related)


def _of_shape(packed: Packed, element: etree._Element, related: Mapping[str, Related]) -> Iterator[Block]:
    kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if kind in ("grpSp", "AlternateContent", "Choice"):
        for child in element:
            yield from _of_shape(packed, child, related)
    elif kind == "sp":
        holder = element.find("{*}nvSpPr/{*}nvPr/{*}ph")
        role = holder.get("type", "obj") if holder is not None else ""
        if role not in _REPEATED:
            yield from (Block(line, _TITLES.get(role)) for line in _lines(element.find("{*}txBody")))
    elif kind == "graphicFrame":
        for row in element.iterfind("{*}graphic/{*}graphicData/{*}tbl/{*}tr"):
            cells = (" ".join(" ".join(_lines(cell.find("{*}txBody"))).split()) for cell in row.iterfind("{*}tc"))
            yield Block(" · ".join(cell for cell in cells if cell))
        for drawing in element.iterfind("{*}graphic/{*}graphicData/{*}relIds"):
            yield from _of_drawing(packed, _named(drawing, related, "dm"))


def _of_drawing(packed: Packed, part: Related | None) -> Iterator[Block]:
    """The words of a drawing that PowerPoint makes of a list (SmartArt)."""
    if part is not None and packed.has(part.part):
        for point in packed.tree(part.part).iterfind("{*}ptLst/{*}pt/{*}t"):
            yield from map(Block, _lines(point))


def _notes(packed: Packed, related: Mapping[str, Related]) -> Iterator[Block]:
    """What the speaker noted below a slide."""
    for part in related.values():
        if part.kind == "notesSlide" and packed.has(part.part):
            for shape in packed.tree(part.part).iterfind("{*}cSld/{*}spTree/{*}sp"):
                holder = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
                if holder is not None and holder.get("type") == "body":
                    yield from map(Block, _lines(shape.find("{*}txBody")))


def _lines(body: etree._Element | None) -> Iterator[str]:
    """The paragraphs of a box of text."""
    for paragraph in body.iterfind("{*}p") if body is not None else ():
        yield "".join(_pieces(paragraph))


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for child in paragraph:
        kind = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if kind == "br":
            yield " "
        elif kind == "r":  # not a field: numbers and dates
            yield child.findtext("{*}t") or ""
        elif kind in ("AlternateContent", "Choice"):
            yield from _pieces(child)
