"""Small PPTX files, the same bytes every time. Enough of the format for a test, and no more."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    f' xmlns:r="{_OFFICE}"'
)
_CORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, kw_only=True)
class Slide:
    """What stands on a slide; `inside` is XML of further shapes, `related` further relationships (id, kind, target)."""

    title: str = ""
    lines: tuple[str, ...] = ()
    notes: str = ""
    is_hidden: bool = False
    inside: str = ""
    related: tuple[tuple[str, str, str], ...] = ()


def shape(role: str, *lines: str) -> str:
    """A box of text with a role: title, ctrTitle, body, ftr, ..."""
    inside = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{role}"/></p:nvPr></p:nvSpPr><p:txBody>{inside}</p:txBody></p:sp>'


def pptx_of(
    slides: list[Slide],
    *,
    order: list[int] | None = None,
    core: tuple[str, str, str, str] = ("", "", "", ""),
    parts: dict[str, str] | None = None,
) -> bytes:
    """A presentation; `order` is that of presentation.xml, `core` are title, author, when it was made and changed."""
    numbers = order if order is not None else list(range(len(slides)))
    listed = "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in numbers)
    title, author, created, modified = core
    written = {
        "ppt/presentation.xml": f"<p:presentation {_NAMES}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": related([(f"s{n}", "slide", f"slides/{n}.xml") for n in range(len(slides))]),
        "docProps/core.xml": f"<c {_CORE}><dc:title>{escape(title)}</dc:title><dc:creator>{author}</dc:creator>"
        f"<t:created>{created}</t:created><t:modified>{modified}</t:modified></c>",
    }
    for number, slide in enumerate(slides):
        show = ' show="0"' if slide.is_hidden else ""
        # PowerPoint draws the title last where it was added last.
        shapes = shape("body", *slide.lines) + slide.inside + (shape("title", slide.title) if slide.title else "")
        tree = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
        written[f"ppt/slides/{number}.xml"] = f"<p:sld {_NAMES}{show}>{tree}</p:sld>"
        of_slide = [*slide.related, *([("n", "notesSlide", f"../notes/{number}.xml")] if slide.notes else [])]
        written[f"ppt/slides/_rels/{number}.xml.rels"] = related(of_slide)
        notes = shape("sldNum", "7") + shape("body", slide.notes)
        written[f"ppt/notes/{number}.xml"] = (
            f"<p:notes {_NAMES}><p:cSld><p:spTree>{notes}</p:spTree></p:cSld></p:notes>"
        )
    return zipped({**written, **(parts or {})})


def related(parts: list[tuple[str, str, str]]) -> str:
    """A part that says which others one names: id, kind, and where."""
    lines = (f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target={quoteattr(to)}/>' for i, kind, to in parts)
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def zipped(parts: dict[str, str]) -> bytes:
    """A zip file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return file.getvalue()
