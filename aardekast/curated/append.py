"""Checked entries at the end of the resources of resources.yaml; nothing else in the file is touched."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from aardekast.curated import built_in, curated_paths, load_curated
from aardekast.curated.yaml_lines import Document, read_document
from aardekast.errors import CuratedFileError
from aardekast.settings import Settings

_WIDTH = 10_000  # a long address or description stays on its line


def append_resource(settings: Settings, entry: Mapping[str, Any]) -> Path:
    """Append one entry: see append_resources."""
    return append_resources(settings, [entry])


def append_resources(settings: Settings, entries: Sequence[Mapping[str, Any]]) -> Path:
    """Append the entries, all or none; the path of the file. The built-in file is copied to the current folder first.

    Raises CuratedFileError, with the lines as they would have been, when an entry or the file has faults;
    then the file is as it was.
    """
    path, _ = curated_paths(settings)
    if settings.resources is None and path == built_in("resources.yaml") and not Path("resources.yaml").exists():
        path = Path(shutil.copyfile(path, "resources.yaml"))
    written = path.read_bytes()
    text = _with_entries(written.decode("utf-8-sig"), read_document(path), entries)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, "utf-8", newline="\r\n" if b"\r\n" in written else "\n")  # as the curator's editor has it
    try:
        load_curated(replace(settings, resources=draft))
    except CuratedFileError as fault:
        draft.unlink()
        raise CuratedFileError(str(fault).replace(str(draft), str(path))) from fault
    draft.chmod(path.stat().st_mode)
    draft.replace(path)
    return path


def _with_entries(text: str, document: Document, entries: Sequence[Mapping[str, Any]]) -> str:
    lines, new = text.splitlines(), [line for entry in entries for line in _entry_lines(entry)]
    keys = document.values if isinstance(document.values, dict) else {}
    if not keys.get("resources"):
        lines = [line for line in lines if line.strip() not in ("resources:", "resources: []")]
        return "\n".join([*lines, "resources:", *new]) + "\n"
    first = document.line(("resources",))
    following = [document.line((key,)) for key in keys if document.line((key,)) > first]
    end = min(following, default=len(lines) + 1) - 1
    while end > 0 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1  # comments and blank lines before the next key belong to that key
    return "\n".join([*lines[:end], *new, *lines[end:]]) + "\n"


def _entry_lines(entry: Mapping[str, Any]) -> list[str]:
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.allow_unicode = True
    yaml.default_flow_style = None
    stream = io.StringIO()
    yaml.dump(dict(entry), stream)
    written = stream.getvalue().splitlines()
    return [f"  - {line}" if number == 0 else f"    {line}" for number, line in enumerate(written)]
