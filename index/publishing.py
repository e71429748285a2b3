"""The index brought up to the catalogue: built anew or updated, then published as a generation."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from whoosh.index import EmptyIndexError, create_in, open_dir
from whoosh.writing import SegmentWriter

from aardekast.locks import exclusive
from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index.analysis import ANALYZER_VERSION
from index.generations import About, Generations, moment_now
from index.schema import SCHEMA_VERSION, document_of, make_schema, stamp_of
from index.stored import stamps

# Megabytes that Whoosh's writer may hold before it sorts a run to disk; 256 needs about 400 MB of memory.
_WRITER_MB = 256


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
    is_usable = not rebuild and before is not None and before.is_made_like(wanted) and _can_be_opened(current)
    base = current if is_usable else None
    if base is not None and before is not None and before.revision == wanted.revision:
        return Published(generation=base.name, documents=before.documents, is_new=False)
    building = generations.start(base)
    try:
        counts = _write(building, catalogue, is_update=base is not None)
        folder = generations.publish(building, replace(wanted, documents=counts.documents))
    except BaseException:
        generations.drop(building)
        raise
    seconds = time.perf_counter() - started
    return replace(counts, generation=folder.name, seconds=seconds, was_rebuilt=base is None)


def _can_be_opened(folder: Path | None) -> bool:
    if folder is None:
        return False
    try:
        open_dir(str(folder)).close()
    except (OSError, EmptyIndexError):
        return False
    return True


def _write(building: Path, catalogue: Collection, *, is_update: bool) -> Published:
    index = open_dir(str(building)) if is_update else create_in(str(building), make_schema())
    try:
        present = stamps(index) if is_update else {}
        # Compound segments are copied to the heap by every reader (research on the engine): left as files.
        writer = index.writer(limitmb=_WRITER_MB, compound=False)
        try:
            counts = _write_changes(writer, catalogue, present)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
    finally:
        index.close()
    return counts


def _write_changes(writer: SegmentWriter, catalogue: Collection, present: dict[str, str]) -> Published:
    documents = added = changed = 0
    left = dict(present)
    for resource in catalogue.visible_resources():
        documents += 1
        known = left.pop(resource.id, None)
        if known == stamp_of(resource):
            continue
        _put(writer, resource, replaces=known is not None)
        added += known is None
        changed += known is not None
    for resource_id in left:
        writer.delete_by_term("id", resource_id)
    return Published(generation="", documents=documents, added=added, changed=changed, removed=len(left))


def _put(writer: SegmentWriter, resource: Resource, *, replaces: bool) -> None:
    if replaces:
        writer.delete_by_term("id", resource.id)
    writer.add_document(**document_of(resource))
