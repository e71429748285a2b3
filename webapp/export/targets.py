"""Where an export goes: a folder or a zip, written beside it first and put in place as a whole.

Only an export of ours is ever replaced, and only while nobody has added to it: whatever else lies there is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from aardekast.errors import ExportError

MARKER = "aardekast-export.json"
SUMS = "SHA256SUMS"
KIND = "aardekast-export"
ZIP = ".zip"
EARLIEST = date(1980, 1, 1)  # that a zip can write
RIGHTS = 0o644


class Target:
    """Files under their names; `add` as many as wanted, in any order, then `finish`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sums: dict[str, str] = {}
        self.size = 0

    def add(self, name: str, content: bytes) -> None:
        """Write a file."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._sums[name] = hashlib.sha256(content).hexdigest()
        self.size += len(content)

    def finish(self, about: Mapping[str, object]) -> int:
        """Write the marker, then the checksums of everything; how many files there are."""
        self.add(MARKER, (json.dumps({"kind": KIND, **about}, ensure_ascii=False, indent=2) + "\n").encode())
        self.add(SUMS, "".join(f"{digest}  {name}\n" for name, digest in sorted(self._sums.items())).encode())
        return len(self._sums)


@contextmanager
def target_at(path: Path, day: date) -> Iterator[Target]:
    """A target that becomes the folder or zip at `path` when nothing was raised; else that stays as it was.

    `day` is the date of the files in a zip. Raises ExportError where something else lies there.
    """
    place = path.resolve()  # a link stays a link
    refuse_strangers(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{place.name}.", dir=place.parent) as name:
        beside = Path(name)
        new = beside / "new"
        new.mkdir(mode=0o755)
        yield Target(new)
        if is_zip(place):
            _pack(new, beside / "zip", day)
            (beside / "zip").replace(place)
        else:
            _put_in_place(new, place, beside / "old")


def is_zip(path: Path) -> bool:
    """Whether the name asks for a zip."""
    return path.suffix.lower() == ZIP


def refuse_strangers(place: Path) -> None:
    """Raise ExportError where anything but an export of ours lies, or one with files that it did not bring."""
    if not place.exists():
        return
    if place.is_dir() == is_zip(place):
        raise ExportError(f"{place} is {'a folder' if place.is_dir() else 'a file'}. Name another place.")
    names = _names_in(place)
    if not names and place.is_dir():
        return
    if not _is_ours(place, names):
        raise ExportError(f"{place} is not an export of Aardekast, so it stays as it is. Name another place.")
    if strangers := sorted(set(names) - _known(place)):
        raise ExportError(
            f"{place} holds '{strangers[0]}', which no export brought. Move it away or name another place."
        )


def _names_in(place: Path) -> list[str]:
    if place.is_dir():
        return [path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_symlink() or path.is_file()]
    try:
        with zipfile.ZipFile(place) as packed:
            return packed.namelist()
    except zipfile.BadZipFile:
        return []


def _is_ours(place: Path, names: Iterable[str]) -> bool:
    if not {MARKER, SUMS}.issubset(names):
        return False
    try:
        told = json.loads(_read(place, MARKER))
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("kind") == KIND


def _known(place: Path) -> set[str]:
    lines = _read(place, SUMS).decode("utf-8", "replace").splitlines()
    return {SUMS, *(line.partition("  ")[2] for line in lines)}


def _read(place: Path, name: str) -> bytes:
    if place.is_dir():
        return (place / name).read_bytes()
    with zipfile.ZipFile(place) as packed:
        return packed.read(name)


def _put_in_place(new: Path, place: Path, old: Path) -> None:
    """Two renames: between them there is no folder at all, and a failure of the second brings the old one back."""
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _pack(folder: Path, file: Path, day: date) -> None:
    """All files in the order of their names, with one date and the same rights everywhere."""
    stamp = max(day, EARLIEST).timetuple()[:6]
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name in names:
            entry = zipfile.ZipInfo(name, (stamp[0], *stamp[1:]))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = RIGHTS << 16
            entry.create_system = 3  # Unix, whichever system writes it
            packed.writestr(entry, (folder / name).read_bytes())
    with file.open("rb") as written:
        os.fsync(written.fileno())
