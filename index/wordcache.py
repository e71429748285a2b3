"""The analyses of all words that the index ever met, kept on disk: a rebuild asks Vabamorf for none of them."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from aardekast.language.estonian import WordAnalysis, analyse

_BATCH = 20_000  # words asked for at once


class WordCache:
    """Analyses of Estonian words. It can be deleted at any time; one that cannot be read is made anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError:
            self._remove()
            self._connection = self._open()

    def __call__(self, words: Sequence[str]) -> list[WordAnalysis]:
        """The analysis of each word."""
        try:
            return self._analyses(words)
        except sqlite3.DatabaseError:  # its header is whole, but not what follows
            self._connection.close()
            self._remove()
            self._connection = self._open()
            return self._analyses(words)

    def _analyses(self, words: Sequence[str]) -> list[WordAnalysis]:
        found: dict[str, WordAnalysis] = {}
        for start in range(0, len(words), _BATCH):
            found |= self._known(words[start : start + _BATCH])
        unknown = {word: analyse(word) for word in words if word not in found}
        self._keep(unknown.items())
        return [found[word] if word in found else unknown[word] for word in words]

    def __enter__(self) -> WordCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # what a crash costs is analysed again
        connection.execute(
            "CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY, lemmas TEXT, parts TEXT) WITHOUT ROWID"
        )
        return connection

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    def _known(self, words: Sequence[str]) -> dict[str, WordAnalysis]:
        rows = self._connection.execute(
            "SELECT word, lemmas, parts FROM words WHERE word IN (SELECT value FROM json_each(?))",
            (json.dumps(words),),
        ).fetchall()
        return {word: WordAnalysis(word.lower(), _split(lemmas), _split(parts)) for word, lemmas, parts in rows}

    def _keep(self, analyses: Iterable[tuple[str, WordAnalysis]]) -> None:
        rows = [(word, "\t".join(found.lemmas), "\t".join(found.parts)) for word, found in analyses]
        with contextlib.suppress(sqlite3.OperationalError):  # a full disk: the cache is no reason to fail
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT OR REPLACE INTO words VALUES (?, ?, ?)", rows)
            self._connection.execute("COMMIT")


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("\t")) if joined else ()
