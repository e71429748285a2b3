"""Generations: folders of the index, made beside each other, the newest published by one atomic switch."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path

from aardekast.errors import IndexMissingError
from index.arrays import sync

_CURRENT = "CURRENT"
_ABOUT = "about.json"
_BUILDING = ".building"
_LOCK = "LOCK"  # what the names of Whoosh's lock files end with
# A reader may have read the switch and not yet opened the files; opening takes well under a second.
_KEEP_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a generation was made with, stored beside it."""

    schema: int
    analyzer: int
    revision: int
    documents: int
    published_at: str
    files: dict[str, int] = field(default_factory=dict)  # their sizes in bytes; older programs did not note them

    @property
    def moment(self) -> datetime:
        """When it was published."""
        return datetime.fromisoformat(self.published_at)

    def is_readable(self, schema: int, analyzer: int) -> bool:
        """Whether a program of this schema and analyzer asks it rightly, and can add documents to it."""
        return (self.schema, self.analyzer) == (schema, analyzer)


class Generations:
    """The folder that holds them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path | None:
        """The folder of the published generation, or None."""
        try:
            name = (self.folder / _CURRENT).read_text("utf-8").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        folder = self.folder / name
        return folder if name.isdigit() and (folder / _ABOUT).is_file() else None

    def require(self) -> Path:
        """The folder of the published generation. Raises IndexMissingError."""
        folder = self.current()
        if folder is None:
            raise IndexMissingError(f"No index in {self.folder}. Run 'aardekast index' first.")
        return folder

    def about(self, generation: Path) -> About | None:
        """What that generation was made with; None where that cannot be read."""
        try:
            kept = json.loads((generation / _ABOUT).read_text("utf-8"))
            return About(**{field.name: kept[field.name] for field in fields(About) if field.name in kept})
        except (OSError, ValueError, TypeError):
            return None

    def start(self, like: Path | None) -> Path:
        """An empty folder to build in, or one with the files of another generation linked into it."""
        folder = self.folder / f"{_BUILDING}-{os.getpid()}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file in like.iterdir() if like else ():
            if file.name != _ABOUT and not file.name.endswith(_LOCK):
                _link(file, folder / file.name)
        return folder

    def publish(self, building: Path, about: About) -> Path:
        """Give the folder its number and switch to it; what was current before stays until the next time."""
        sizes = {file.name: file.stat().st_size for file in building.iterdir() if not file.name.endswith(_LOCK)}
        about = replace(about, files=sizes)
        (building / _ABOUT).write_text(json.dumps(asdict(about)), "utf-8")
        for file in building.iterdir():
            sync(file)  # Whoosh renames without, which has cost others an index (paperless-ngx 5882, 6108)
        sync(building)
        before = self.current()
        if before is not None:
            os.utime(before)  # its minute of grace is counted from now
        folder = self.folder / f"{self._next_number():06}"
        building.rename(folder)
        self._switch(folder.name)
        self._remove_old(keep={folder, before})
        return folder

    def drop(self, building: Path) -> None:
        """Forget a folder that was not published."""
        shutil.rmtree(building, ignore_errors=True)

    def _switch(self, name: str) -> None:
        draft = self.folder / f"{_CURRENT}.{os.getpid()}"
        draft.write_text(name, "utf-8")
        sync(draft)
        draft.replace(self.folder / _CURRENT)
        sync(self.folder)

    def _numbered(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if path.name.isdigit())

    def _next_number(self) -> int:
        return max((int(path.name) for path in self._numbered()), default=0) + 1

    def _remove_old(self, keep: set[Path | None]) -> None:
        """Remove what was replaced before the last switch, and what a killed build left."""
        for path in self._numbered():
            if path not in keep and time.time() - path.stat().st_mtime > _KEEP_SECONDS:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.glob(f"{_BUILDING}-*"):
            if time.time() - path.stat().st_mtime > 24 * 3600:
                shutil.rmtree(path, ignore_errors=True)


def moment_now() -> str:
    """Now, as About keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copy2(source, target)
