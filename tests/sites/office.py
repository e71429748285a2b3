"""Small DOCX and ODT files, the same bytes every time. Enough of the formats for a test, and no more."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STYLES = (("Tiitel", "Title"), ("Pealkiri1", "heading 1"), ("Pealkiri2", "heading 2"))  # as Estonian Word writes them
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "meta")
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def docx_of(blocks: list[tuple[str, str]], *, title: str = "", author: str = "", body: str = "") -> bytes:
    """A Word file of blocks (style, text), styles by their names of above or empty; `body` is XML that comes first."""
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>'
        for style, text in blocks
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>' for id_, name in _STYLES
    )
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}{paragraphs}</w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{_W}">{styles}</w:styles>',
            "docProps/core.xml": f"<p {_DC}><dc:title>{escape(title)}</dc:title><dc:creator>{author}</dc:creator></p>",
        }
    )


def odt_of(blocks: list[tuple[int, str]], *, title: str = "", author: str = "", body: str = "") -> bytes:
    """An OpenDocument text of blocks (level, text), level 0 for what is no heading; `body` is XML that comes first."""
    paragraphs = "".join(
        f'<text:h text:outline-level="{level}">{escape(text)}</text:h>' if level else f"<text:p>{escape(text)}</text:p>"
        for level, text in blocks
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF}><office:body><office:text>{body}{paragraphs}</office:text>"
            "</office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {_ODF} {_DC}><office:meta><dc:title>{escape(title)}</dc:title>"
            f"<meta:initial-creator>{author}</meta:initial-creator></office:meta></office:document-meta>",
        }
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
    return file.getvalue()
