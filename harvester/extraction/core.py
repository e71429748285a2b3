"""What an Office file (DOCX, PPTX) says of itself: its core properties (ECMA-376, part 2)."""

from __future__ import annotations

from dataclasses import dataclass

from harvester.extraction.packed import Packed

_CORE = "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


@dataclass(frozen=True, slots=True)
class Core:
    """Title and author as they were typed or a program put them there; moments in ISO 8601; empty where unknown."""

    title: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""


def core_of(packed: Packed) -> Core:
    """The core properties of a file. Raises PackedError."""
    if not packed.has(_CORE):
        return Core()
    tree = packed.tree(_CORE)
    names = (f"{_DC}title", f"{_DC}creator", f"{_TERMS}created", f"{_TERMS}modified")
    return Core(*((tree.findtext(name) or "").strip() for name in names))
