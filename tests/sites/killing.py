"""Harvests that are killed (SIGKILL) on their way, each in a process of its own.

python killing.py HOME JSON-LIST-OF-MOMENTS

A moment is a number of statements to the database after which the process kills itself, or, with a point in it, of
seconds after which it is killed; null lets it end by itself. Prints a JSON line for each: the signal that ended it (0:
none), and how many statements it had made, in how many seconds.

The processes, and their workers, are forked from one that has loaded all they need: that takes longer than a harvest of
a few pages.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from multiprocessing import Value
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from sqlalchemy import event

import harvester.run  # noqa: F401 - loaded before the forks
from aardekast.catalogue import Catalogue
from aardekast.curated import load_curated, load_vocabulary
from aardekast.language import detect
from aardekast.settings import Settings
from harvester import harvest
from harvester.extraction import pool, worker

WORKERS = max(1, min(pool.MOST_WORKERS, os.cpu_count() or 1))  # as many as the pool wants


@dataclass
class Forked:
    """A worker as the pool sees its process."""

    pid: int
    pipe: Connection

    def poll(self) -> int | None:
        return 0 if os.waitpid(self.pid, os.WNOHANG)[0] else None

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        os.waitpid(self.pid, 0)


def main() -> None:
    """Do what the arguments say."""
    detect._factory()
    home, moments = Path(sys.argv[1]), json.loads(sys.argv[2])
    for moment in moments:
        made, start = Value("i", 0), time.monotonic()
        pid = os.fork()
        if not pid:
            _harvest(home, moment, made)
        if isinstance(moment, float):
            time.sleep(moment)
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        said = {"signal": os.WTERMSIG(status), "statements": made.value, "seconds": time.monotonic() - start}
        sys.stdout.write(json.dumps(said) + "\n")


def _harvest(home: Path, moment: float | None, made: Any) -> None:
    forked = [_fork_worker() for _ in range(WORKERS)]

    def start(self: Any) -> None:
        if self._process is None:
            self._process = forked.pop()
            self._pipe = self._process.pipe

    pool._Worker.start = start  # type: ignore[method-assign]
    given = {"home": home, "resources": home / "resources.yaml", "delay": 0, "timeout": 5, "allow_private": 1}
    settings = Settings.load({}, **given)
    catalogue = Catalogue.open(settings.database_url)

    def count(*_statement: object) -> None:
        made.value += 1
        if made.value == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(catalogue._database.engine, "before_cursor_execute", count)
    catalogue.synchronise(load_curated(settings))
    harvest(catalogue, settings, load_vocabulary(settings), source_ids=("curated", "kaart", "lingid"))
    catalogue.close()
    os._exit(0)


def _fork_worker() -> Forked:
    ours, theirs = Pipe()
    pid = os.fork()
    if not pid:
        ours.close()
        worker.serve(theirs.fileno())
        os._exit(0)
    theirs.close()
    return Forked(pid, ours)


if __name__ == "__main__":
    main()
