"""The index brought up to the catalogue: built anew or updated, then published as a generation."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from whoosh.index import EmptyIndexError, FileIndex, create_in, open_dir

from aardekast.errors import IndexMissingError
from aardekast.locks import exclusive
from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index.columns import Columns
from index.folding_table import extend_table, has_table
from index.generations import About, Generations, moment_now
from index.lexicon import Analyses
from index.schema import ANALYZER_VERSION, SCHEMA_VERSION, entry_of, make_schema
from index.segment import open_segments
from index.wordcache import WordCache
from index.writing import ArrayWriter, write_columns

WORD_CACHE = f"words-{ANALYZER_VERSION}.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publishing did; `is_new` is False where the index was up to date already."""

    generation: str
    documents: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    seconds: float = 0.0
    is_new: bool = True
    was_rebuilt: bool = False

    @property
    def written(self) -> int:
        """Documents that were analysed."""
        return self.added + self.changed


class Collection(Protocol):
    """What is indexed: the catalogue, or anything else that has resources and says when they changed."""

    @property
    def revision(self) -> int:
        """Grows with every change."""

    def visible_resources(self) -> Iterable[Resource]:
        """All that visitors may find."""


def publish(folder: Path, catalogue: Collection, vocabulary: Vocabulary, *, rebuild: bool = False) -> Published:
    """Bring the index in `folder` up to the catalogue.

    Built anew where there is none, where schema or analyzer are others, or when asked for; else only what
    changed is written, beside the generation that is being read. Waits while another process publishes.
    """
    with exclusive(folder / "lock", "An update of the index", wait=True):
        return _publish(Generations(folder), catalogue, vocabulary, rebuild=rebuild)


def _publish(generations: Generations, catalogue: Collection, vocabulary: Vocabulary, *, rebuild: bool) -> Published:
    started = time.perf_counter()
    current = generations.current()
    before = generations.about(current) if current else None
    wanted = About(
        schema=SCHEMA_VERSION,
        analyzer=ANALYZER_VERSION,
        vocabulary=vocabulary.fingerprint,
        revision=catalogue.revision,
        documents=0,
        published_at=moment_now(),
    )
    is_usable = not rebuild and before is not None and before.is_made_like(wanted) and _is_whole(current)
    base = current if is_usable else None
    if base is not None and before is not None and before.revision == wanted.revision:
        return Published(generation=base.name, documents=before.documents, is_new=False)
    building = generations.start(base)
    try:
        with WordCache(generations.folder / WORD_CACHE) as analyses:
            counts = _write(building, catalogue, analyses, is_update=base is not None)
        folder = generations.publish(building, replace(wanted, documents=counts.documents))
    except BaseException:
        generations.drop(building)
        raise
    seconds = time.perf_counter() - started
    return replace(counts, generation=folder.name, seconds=seconds, was_rebuilt=base is None)


def _is_whole(folder: Path | None) -> bool:
    if folder is None:
        return False
    try:
        index = open_dir(str(folder))
        with index.reader() as reader:
            open_segments(folder, reader)
        index.close()
    except (OSError, EmptyIndexError, IndexMissingError):
        return False
    return True


def _write(building: Path, catalogue: Collection, analyses: Analyses, *, is_update: bool) -> Published:
    index = open_dir(str(building)) if is_update else create_in(str(building), make_schema())
    try:
        present = _present(index, building)
        writer = ArrayWriter(index, analyses)
        try:
            counts = _write_changes(writer, catalogue, present)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        with index.reader() as reader:
            new = write_columns(building, reader)
            extend_table(building.parent, new if has_table(building.parent) else open_segments(building, reader))
    finally:
        index.close()
    return counts


def _present(index: FileIndex, folder: Path) -> dict[str, tuple[int, str]]:
    """The document and the stamp of each resource that the index holds."""
    with index.reader() as reader:
        segments = open_segments(folder, reader)
    return Columns([s.columns for s in segments], [s.alive for s in segments]).stamps()


def _write_changes(writer: ArrayWriter, catalogue: Collection, present: dict[str, tuple[int, str]]) -> Published:
    documents = added = changed = 0
    for resource in catalogue.visible_resources():
        documents += 1
        entry = entry_of(resource)
        number, stamp = present.pop(resource.id, (None, None))
        if stamp == entry.stamp:
            continue
        if number is not None:
            writer.delete_document(number)
        writer.add(entry)
        added += number is None
        changed += number is not None
    for number, _ in present.values():
        writer.delete_document(number)
    return Published(generation="", documents=documents, added=added, changed=changed, removed=len(present))
