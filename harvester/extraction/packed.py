"""Parts of a zip file (DOCX, PPTX, ODT, EPUB) within limits: what is packed may be a bomb, cut off, or something else.

The standard library's zipfile and lxml do it all: the libraries for these formats read every part of a file, pictures
too, without a limit, and their own parsers follow entities.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType
from typing import Self

from lxml import etree

MOST_UNPACKED = 30 << 20  # bytes of a part; a book of 1,000 pages has 10 MB of XML, whose tree takes 120 MB
MOST_UNPACKED_IN_ALL = 100 << 20  # bytes; a book or presentation has a part for each chapter or slide
MOST_PARTS = 10_000  # a report with a picture on each of its pages has some hundred


class PackedError(Exception):
    """Why a part cannot be had; the message goes on after "Word file that " and the like."""


class Packed:
    """A zip file in memory. Raises PackedError."""

    def __init__(self, body: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
            raise PackedError("is damaged or cut off") from fault
        self._names = frozenset(self._zip.namelist())
        self._unpacked = 0
        if len(self._names) > MOST_PARTS:
            raise PackedError(f"has more than {MOST_PARTS} parts")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._names

    def read(self, name: str) -> bytes:
        """A part, unpacked. Raises PackedError."""
        try:
            with self._zip.open(name) as part:
                body = part.read(MOST_UNPACKED + 1)
        except KeyError as fault:
            raise PackedError("is damaged or cut off") from fault
        except RuntimeError as fault:  # what zipfile says of a part under a password
            raise PackedError("wants a password") from fault
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as fault:
            raise PackedError("is damaged or cut off") from fault
        if len(body) > MOST_UNPACKED:
            raise PackedError(f"is larger than {MOST_UNPACKED >> 20} MB unpacked")
        self._unpacked += len(body)
        if self._unpacked > MOST_UNPACKED_IN_ALL:
            raise PackedError(f"is larger than {MOST_UNPACKED_IN_ALL >> 20} MB unpacked")
        return body

    def tree(self, name: str) -> etree._Element:
        """A part as XML. Raises PackedError."""
        # Entities are left as they are, and lxml's own limits of depth and length hold.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            tree = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as fault:
            raise PackedError("is damaged or cut off") from fault
        declared = tree.getroottree().docinfo.internalDTD
        if declared is not None and any(True for _ in declared.entities()):  # the type alone books name, too
            raise PackedError("declares entities, which no word processor does")
        return tree
