"""What an answer is: by its first bytes, then by what its server says, then by the end of its address."""

from __future__ import annotations

import io
import re
import zipfile
from posixpath import splitext
from urllib.parse import unquote, urlsplit

from harvester.extraction import docx, epub, odt, pptx
from harvester.extraction.captions import is_captions
from harvester.extraction.values import NoExtract, Raw

PDF_MAGIC = b"%PDF-"
_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_PASSWORD = "EncryptedPackage".encode("utf-16-le")  # a Word file under a password is packed into the old format
_HTML = ("text/html", "application/xhtml+xml")
_PRESENTATIONS = (
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    "application/vnd.ms-powerpoint.slideshow.macroenabled.12",
)
_DECLARED = {
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    **dict.fromkeys(_PRESENTATIONS, "pptx"),
    "application/epub+zip": "epub",
    "text/plain": "txt",
    "text/markdown": "txt",
    "text/vtt": "vtt",
    "text/srt": "vtt",
    "application/x-subrip": "vtt",
    **dict.fromkeys(_HTML, "html"),
}
PRESENTATION_ENDINGS = (".pptx", ".ppsx", ".pptm", ".ppsm")
_ENDINGS = {".txt": "txt", ".md": "txt", ".vtt": "vtt", ".srt": "vtt"}
_PACKED_ENDINGS = (".docx", ".odt", ".epub", *PRESENTATION_ENDINGS)
_UNKNOWN = ("", "application/octet-stream", "binary/octet-stream", "application/force-download", "application/download")
# The part that tells the format. A book whose packer did not put its type first is a book all the same.
_TELLING_PARTS = {"docx": docx.DOCUMENT, "pptx": pptx.PRESENTATION, "epub": epub.CONTAINER}
_SNIFFED = 1024  # a PDF may start with a little rubbish; its own specification allows this much
_PAGE_START = re.compile(rb"<(!doctype\s+html|html)\b", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def media_type(content_type: str) -> str:
    """The type alone, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def is_media(content_type: str, url: str = "") -> bool:
    """Whether it is a picture, recording, font or archive: large, and never a page (nor an error page).

    Servers that do not know Word files or books take them for archives, which their inside is.
    """
    kind = media_type(content_type)
    if kind.startswith(("image/", "video/", "audio/", "font/")):
        return True
    return kind.endswith(("/zip", "-compressed")) and _ending(url) not in _PACKED_ENDINGS


def kind_of(raw: Raw) -> str | NoExtract:
    """`html`, `pdf`, `docx`, `pptx`, `odt`, `epub`, `txt`, `vtt`, or why it is none of them."""
    head = raw.body[:_SNIFFED]
    if PDF_MAGIC in head:
        return "pdf"
    if head.startswith(_ZIP_MAGIC):
        return _of_packed(raw.body, raw.content_type)
    if head.startswith(_OLE_MAGIC):
        return _of_ole(raw)
    if head.startswith(b"{\\rtf"):
        return NoExtract(reason="not a page: rich text (RTF)")
    if b"\0" in head and not head.startswith(_BOMS):
        return _other(raw.content_type)
    return _of_text(head, raw)


def _of_packed(body: bytes, content_type: str) -> str | NoExtract:
    for format_, type_ in (("odt", odt.MEDIA_TYPE), ("epub", epub.MEDIA_TYPE)):
        if body[30:].startswith(b"mimetype" + type_):  # the first part of the file, as both standards want it
            return format_
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):  # cut off: its reader says so
        names = {docx.DOCUMENT} if b"word/" in body else {pptx.PRESENTATION} if b"ppt/" in body else set()
    for format_, part in _TELLING_PARTS.items():
        if part in names:
            return format_
    if media_type(content_type) in (*_DECLARED, *_UNKNOWN):
        return NoExtract(reason="not a page: an archive or a table")
    return _other(content_type)


def _of_ole(raw: Raw) -> NoExtract:
    """The old format of Office, in which files under a password are packed, too."""
    if _OLE_PASSWORD not in raw.body:
        return NoExtract(reason="not a page: an old Office file")
    declared = _DECLARED.get(media_type(raw.content_type))
    is_presentation = declared == "pptx" or _ending(raw.url) in PRESENTATION_ENDINGS
    return NoExtract(reason=f"{'presentation' if is_presentation else 'Word file'} that wants a password")


def _of_text(head: bytes, raw: Raw) -> str | NoExtract:
    kind = media_type(raw.content_type)
    declared = _DECLARED.get(kind) or (_ENDINGS.get(_ending(raw.url), "html") if kind in _UNKNOWN else None)
    if is_captions(head.decode("utf-8", "replace")):
        return "vtt"
    starts = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if declared in ("txt", "vtt"):
        return "html" if _PAGE_START.match(starts) else declared
    if declared == "html" and (starts.startswith(b"<") or kind in _HTML or head.startswith(_BOMS[1:])):
        return "html"
    return _other(raw.content_type)


def _other(content_type: str) -> NoExtract:
    kind = media_type(content_type)
    if kind in _DECLARED:
        return NoExtract(reason=f"not a page: says {kind}, but is something else")
    return NoExtract(reason=f"not a page: {kind or 'no content type'}")


def _ending(url: str) -> str:
    try:
        return splitext(unquote(urlsplit(url).path))[1].lower()
    except ValueError:
        return ""
