"""What an answer is, by what it says and by its first bytes."""

from __future__ import annotations

PDF_MAGIC = b"%PDF-"
_PAGES = ("text/html", "application/xhtml+xml", "application/pdf", "application/x-pdf")
_UNKNOWN = ("", "application/octet-stream", "binary/octet-stream", "application/force-download", "application/download")
_SNIFFED = 1024  # a PDF may start with a little rubbish; its own specification allows this much


def media_type(content_type: str) -> str:
    """The type alone, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def is_media(content_type: str) -> bool:
    """Whether it is a picture, recording, font or archive: large, and never a page (nor an error page)."""
    kind = media_type(content_type)
    return kind.startswith(("image/", "video/", "audio/", "font/")) or kind.endswith(("/zip", "-compressed"))


def may_be_page(content_type: str) -> bool:
    """Whether it is worth reading on: a page, or a server that does not know what it sends."""
    return media_type(content_type) in (*_PAGES, *_UNKNOWN)


def what_else(content_type: str) -> str:
    """What to say of an answer that is no page."""
    kind = media_type(content_type)
    if kind in _PAGES:
        return f"not a page: says {kind}, but is something else"
    return f"not a page: {kind or 'no content type'}"


def kind_of(body: bytes, content_type: str) -> str | None:
    """`html`, `pdf`, or None where it is neither."""
    head = body[:_SNIFFED]
    if PDF_MAGIC in head:
        return "pdf"
    if not may_be_page(content_type) or media_type(content_type).endswith("pdf"):
        return None
    is_binary = b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    is_markup = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or media_type(content_type) in _PAGES
    return "html" if is_markup and not is_binary else None
