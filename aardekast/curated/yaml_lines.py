"""YAML as plain values that know their lines, and the faults of the YAML itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend: the line it stands on, what is wrong, and what to do."""

    line: int
    message: str


@dataclass(slots=True)
class Document:
    """The values of a YAML file, the line of each by its place, and what is wrong with the YAML."""

    values: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of a value, or of the nearest one that holds it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_document(path: Path) -> Document:
    """Read a file; encoding, tab and syntax faults come back in it and leave `values` empty.

    Raises OSError when the file cannot be read at all.
    """
    document = Document()
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        document.faults.append(Fault(line, "is not UTF-8 here; save the file with the encoding UTF-8"))
        return document
    document.faults.extend(_bad_signs(text))
    if document.faults:
        return document
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = _mark(error)
        what = " ".join(str(part) for part in (error.problem, error.context) if part)
        document.faults.append(Fault(mark.line + 1 if mark else 1, f"is not YAML: {what}; check quotes and indents"))
    except YAMLError as error:
        document.faults.append(Fault(1, f"is not YAML: {error}"))
    else:
        if root is not None:
            document.values = _plain(root, (), document)
    return document


def _mark(error: MarkedYAMLError) -> StringMark | None:
    """Where to look: a quote or bracket that is never closed is noticed far from where it was opened."""
    is_unclosed = any(word in (error.context or "") for word in ("quoted", "flow", "simple key"))
    mark: StringMark | None = error.context_mark if is_unclosed else error.problem_mark or error.context_mark
    return mark


def _bad_signs(text: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), start=1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            yield Fault(number, "starts with a tab; YAML wants spaces, two for each level")
        elif any(unicodedata.category(sign) == "Cc" and sign != "\t" for sign in line.rstrip("\r")):
            yield Fault(number, "has an invisible control sign in it; type the line anew")
        elif "\ufffd" in line:
            yield Fault(number, "has a sign lost in conversion (\ufffd); type it anew and save as UTF-8")


def _plain(node: Node, place: Place, document: Document) -> Any:
    document.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _mapping(node, place, document)
    if isinstance(node, SequenceNode):
        return [_plain(item, (*place, number), document) for number, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    return _scalar(node)


def _mapping(node: MappingNode, place: Place, document: Document) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in values:
            first = document.lines[*place, key]
            document.faults.append(Fault(line, f"'{key}' stands twice here, first on line {first}; keep one of them"))
            continue
        document.lines[*place, key] = line
        values[key] = _plain(value_node, (*place, key), document)
    return values


def _scalar(node: ScalarNode) -> Any:
    """Years stay numbers, dates stay text: a date's precision is what was typed."""
    tag = str(node.tag).rpartition(":")[2]
    if tag == "null":
        return None
    if tag == "bool":
        return str(node.value).lower() in ("true", "yes", "on")
    if tag == "int" and str(node.value).lstrip("-").isdigit():
        return int(node.value)
    return node.value
