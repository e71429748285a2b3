"""Which part of an Office file another one names by an id (ECMA-376, part 2, relationships)."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote

from harvester.extraction.packed import Packed


@dataclass(frozen=True, slots=True)
class Related:
    """The name of a part, and what it is to the part that names it: `slide`, `notesSlide`, `diagramData`, ..."""

    part: str
    kind: str


def related_to(packed: Packed, part: str) -> dict[str, Related]:
    """The parts of the file that a part names, by their ids. Raises PackedError."""
    name = join(dirname(part), "_rels", f"{basename(part)}.rels")
    if not packed.has(name):
        return {}
    return {
        one.get("Id", ""): Related(part_at(part, one.get("Target", "")), one.get("Type", "").rpartition("/")[2])
        for one in packed.tree(name).iter("{*}Relationship")
        if one.get("TargetMode") != "External"
    }


def part_at(part: str, target: str) -> str:
    """The part that a part means by a relative address; what would lie outside of the file is none."""
    return normpath(join("/", dirname(part), unquote(target.partition("#")[0]))).lstrip("/")
