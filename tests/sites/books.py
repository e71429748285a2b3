"""Small EPUB files, the same bytes every time. Enough of the format for a test, and no more."""

from __future__ import annotations

import io
import zipfile

_OPF = 'xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"'
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/raamat.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def chapter(inside: str) -> str:
    """A chapter as EPUB has it, with its type at its head."""
    head = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
    names = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return f"{head}<html {names}><head><title>x</title></head><body>{inside}</body></html>"


def epub_of(
    chapters: dict[str, str],
    *,
    metadata: str = "",
    spine: list[str] | None = None,
    items: str = "",
    parts: dict[str, str] | None = None,
    toc: str = "",
) -> bytes:
    """A book of chapters (name and inside); `spine` are the names in the order in which they are read."""
    listed = "".join(f'<item id="i-{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in chapters)
    read = "".join(f'<itemref idref="i-{name}"/>' for name in (spine if spine is not None else chapters))
    package = (
        f"<package {_OPF}><metadata {_DC}>{metadata}</metadata><manifest>{listed}{items}</manifest>"
        f"<spine{f' toc={toc!r}' if toc else ''}>{read}</spine></package>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/raamat.opf": package,
            **{f"OEBPS/{name}.xhtml": chapter(inside) for name, inside in chapters.items()},
            **(parts or {}),
        }
    )


def zipped(parts: dict[str, str]) -> bytes:
    """A zip file of these parts, its type first and as it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
    return file.getvalue()
