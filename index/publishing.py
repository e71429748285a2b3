"""The index brought up to the catalogue: built anew or updated, then published as a generation."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from whoosh.index import FileIndex, create_in, open_dir

from aardekast.errors import IndexMissingError
from aardekast.locks import exclusive
from index.answer import Published
from index.collection import Collection
from index.columns import Columns
from index.folding_table import extend_table, is_table_whole
from index.generations import About, Generations, moment_now
from index.lexicon import Analyses
from index.opening import open_generation
from index.schema import ANALYZER_VERSION, SCHEMA_VERSION, Entry, make_schema
from index.segment import open_segments
from index.wordcache import WordCache
from index.writing import ArrayWriter, write_columns

WORD_CACHE = f"words-{ANALYZER_VERSION}.arrays"


def publish(folder: Path, collection: Collection, *, rebuild: bool = False) -> Published:
    """Bring the index in `folder` up to the collection.

    Built anew where there is none, where schema or analyzer are others, or when asked for; else only what
    changed is written, beside the generation that is being read. Waits while another process publishes.
    """
    with exclusive(folder / "lock", "An update of the index", wait=True):
        return _publish(Generations(folder), collection, rebuild=rebuild)


def _publish(generations: Generations, collection: Collection, *, rebuild: bool) -> Published:
    started = time.perf_counter()
    wanted = About(
        schema=SCHEMA_VERSION,
        analyzer=ANALYZER_VERSION,
        revision=collection.revision,
        documents=0,
        published_at=moment_now(),
    )
    base, before = (None, None) if rebuild else _usable(generations)
    if base and before and before.revision == wanted.revision and is_table_whole(generations.folder):
        return Published(generation=base.name, documents=before.documents, is_new=False)
    building = generations.start(base)
    try:
        with WordCache(generations.folder / WORD_CACHE) as analyses:
            counts = _write(building, collection, analyses, is_update=base is not None)
        folder = generations.publish(building, replace(wanted, documents=counts.documents))
    except BaseException:
        generations.drop(building)
        raise
    seconds = time.perf_counter() - started
    return replace(counts, generation=folder.name, seconds=seconds, was_rebuilt=base is None)


def _usable(generations: Generations) -> tuple[Path, About] | tuple[None, None]:
    """The published generation and what it was made with, where an update can go on from it."""
    folder = generations.current()
    about = generations.about(folder) if folder else None
    if folder is None or about is None or not about.is_readable(SCHEMA_VERSION, ANALYZER_VERSION):
        return None, None
    try:
        open_generation(folder, about).close()
    except IndexMissingError:
        return None, None
    return folder, about


def _write(building: Path, collection: Collection, analyses: Analyses, *, is_update: bool) -> Published:
    index = open_dir(str(building)) if is_update else create_in(str(building), make_schema())
    try:
        present = _present(index, building)
        writer = ArrayWriter(index, analyses)
        try:
            counts = _write_changes(writer, collection, present)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        with index.reader() as reader:
            new = write_columns(building, reader)
            extend_table(building.parent, open_segments(building, reader), new)
    finally:
        index.close()
    return counts


def _present(index: FileIndex, folder: Path) -> dict[str, tuple[int, str]]:
    """The document and the version of each resource that the index holds."""
    with index.reader() as reader:
        segments = open_segments(folder, reader)
    return Columns([s.columns for s in segments], [s.alive for s in segments]).versions()


def _write_changes(writer: ArrayWriter, collection: Collection, present: dict[str, tuple[int, str]]) -> Published:
    versions = collection.versions()
    wanted = [id_ for id_, version in versions.items() if id_ not in present or present[id_][1] != version]
    written: set[str] = set()
    for resource in collection.visible_resources(wanted if present else None):
        if resource.id in versions:  # what came since then has its turn at the next revision
            writer.add(Entry(resource, versions[resource.id]))
            written.add(resource.id)
    # What is wanted and could not be had is not as the index has it any more.
    outdated = [id_ for id_ in present if id_ not in versions or id_ in written or versions[id_] != present[id_][1]]
    for id_ in outdated:
        writer.delete_document(present[id_][0])
    changed = len(written & present.keys())
    documents = len(present) - len(outdated) + len(written)
    return Published(
        generation="",
        documents=documents,
        added=len(written) - changed,
        changed=changed,
        removed=len(outdated) - changed,
    )
