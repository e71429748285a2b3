"""The two sites that load.py asks: ours by gunicorn, Datasette over the same texts; each on cores that are set."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from recombined import Question

from aardekast.curated import load_vocabulary
from aardekast.resource import Resource
from aardekast.settings import Settings
from index import ResourceList, engine_at

REPOSITORY = Path(__file__).parents[1]
START = 120.0  # seconds
FACETS = ("audience", "kind", "published")  # and topics, which are lists: those that our page shows over these texts
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """A site that runs: where, what a search of it is called, and the process that started it."""

    name: str
    address: str
    pid: int
    results: Callable[[Question], str]

    def cpu_seconds(self) -> float:
        """CPU time so far, of all its processes."""
        return sum(_cpu_seconds(pid) for pid in _tree(self.pid))


@contextmanager
def aardekast(home: Path, workers: int, cores: set[int]) -> Iterator[Served]:
    """Ours: `aardekast serve` over the index below `home`."""
    environ = os.environ | {"AARDEKAST_HOME": str(home), "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "aardekast", "serve", "--port", "0", "--workers", str(workers)]
    with _running(command, environ, cores, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip().rstrip("/")
        _wait_for(f"{address}/tervis")
        yield Served("Aardekast", address, process.pid, lambda asked: "/otsing?" + urlencode({"q": asked.text}))


@contextmanager
def datasette(database: Path, cores: set[int]) -> Iterator[Served]:
    """Datasette's page of a table with its search and facets, ten rows with the beginning of each text, as ours."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    settings = {
        "default_page_size": "10",
        "truncate_cells_html": "300",
        "suggest_facets": "off",
        "num_sql_threads": "3",
    }
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(database), "--port", port]
    for name, value in settings.items():
        command += ["--setting", name, value]
    facets = [("_searchmode", "raw"), ("_facet_array", "topics"), *(("_facet", name) for name in FACETS)]
    with _running(command, dict(os.environ), cores, stdout=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/{database.stem}/docs.json?_size=1")
        yield Served(
            "Datasette",
            address,
            process.pid,
            lambda asked: f"/{database.stem}/docs?" + urlencode([("_search", _fts5(asked)), *facets]),
        )


def build_index(resources: Sequence[Resource], home: Path) -> None:
    """Publish them, where this was not done before."""
    vocabulary = load_vocabulary(Settings.load({}))
    engine_at(home / "index", vocabulary).update(ResourceList(list(resources)))


def build_database(resources: Sequence[Resource], path: Path) -> None:
    """A table of them with a full-text index beside it, as sqlite-utils would make it."""
    if path.exists():
        return
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE docs(id TEXT, url TEXT, title TEXT, text TEXT, audience, kind, published, topics)"
        )
        connection.executemany(
            "INSERT INTO docs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (r.id, r.url, r.title, r.text, r.audiences[0] if r.audiences else "", r.kind, r.published,
                 json.dumps(r.topics))
                for r in resources
            ),
        )  # fmt: skip
        connection.execute("CREATE VIRTUAL TABLE docs_fts USING fts5(title, text, content=docs)")
        connection.execute("INSERT INTO docs_fts(rowid, title, text) SELECT rowid, title, text FROM docs")
        for name in FACETS:
            connection.execute(f"CREATE INDEX ix_{name} ON docs({name})")
        connection.execute("ANALYZE")


@contextmanager
def _running(
    command: list[str], environ: dict[str, str], cores: set[int], stdout: int
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env=environ,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),  # noqa: PLW1509 - no thread has been started yet
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _wait_for(address: str) -> None:
    end = time.monotonic() + START
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _fts5(asked: Question) -> str:
    """The question in the words of FTS5."""
    if asked.kind == "phrase":
        return f'"{" ".join(asked.words)}"'
    star = "*" if asked.kind == "prefix" else ""
    return (" OR " if asked.kind == "any" else " AND ").join(f'"{word}"{star}' for word in asked.words)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += map(int, task.read_text("ascii").split())
    return found


def _cpu_seconds(pid: int) -> float:
    """User and system time of a process (proc(5): fields 14 and 15 of stat)."""
    fields = re.sub(r".*\) ", "", Path(f"/proc/{pid}/stat").read_text("utf-8")).split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
