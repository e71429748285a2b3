"""The engine of this package: generations in a folder, the newest opened once and held until the next one."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from aardekast.errors import IndexMissingError
from aardekast.vocabulary import Vocabulary
from index.answer import Published
from index.collection import Collection
from index.engine import Engine
from index.generations import Generations
from index.publishing import publish
from index.schema import ANALYZER_VERSION, SCHEMA_VERSION
from index.searcher import GenerationSearcher

_LOOK_EVERY = 1.0  # seconds between two looks at the switch; a look is one read of a tiny file


class ArrayEngine:
    """The Engine of a folder. Safe to share between threads."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        self._generations = Generations(folder)
        self._vocabulary = vocabulary
        self._lock = threading.Lock()
        self._searcher: GenerationSearcher | None = None
        self._looked = 0.0

    def build(self, collection: Collection) -> Published:
        """Index every resource anew and publish that generation."""
        return publish(self._generations.folder, collection, rebuild=True)

    def update(self, collection: Collection) -> Published:
        """Write what changed into a new generation, everything where schema or analyzer did."""
        return publish(self._generations.folder, collection)

    def open(self) -> GenerationSearcher:
        """The searcher of the newest generation. Raises IndexMissingError while there is none."""
        found = self._searcher
        if found is not None and time.monotonic() - self._looked < _LOOK_EVERY:
            return found
        with self._lock:
            return self._newest()

    def _newest(self) -> GenerationSearcher:
        self._looked = time.monotonic()
        held = self._searcher
        try:
            folder = self._generations.require()
            if held is None or held.generation != folder.name:
                # The former one is not closed: other threads may still read in it. It goes when they let go of it.
                self._searcher = held = self._open(folder)
        except IndexMissingError:
            if held is None:
                raise
        return held

    def _open(self, folder: Path) -> GenerationSearcher:
        about = self._generations.about(folder)
        if about is None or not about.is_readable(SCHEMA_VERSION, ANALYZER_VERSION):
            raise IndexMissingError(f"The index in {folder} is of another Aardekast. Run 'aardekast index'.")
        return GenerationSearcher(folder, about, self._vocabulary)


def engine_at(folder: Path, vocabulary: Vocabulary) -> Engine:
    """The engine of the index in this folder, whether anything was published yet or not."""
    return ArrayEngine(folder, vocabulary)
