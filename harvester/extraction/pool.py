"""Worker processes with a time limit for each page: a parser that hangs or crashes costs one page."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection, Pipe
from types import TracebackType
from typing import Any, Self

from harvester.extraction.calendar_values import Calendar, RawCalendar
from harvester.extraction.values import Extract, NoExtract, Raw

# The slowest of 156 pages took 0.4 s; a report of 400 PDF pages takes about 5.
TIME_LIMIT = 30.0
MOST_WORKERS = 4  # a page a second and host feeds no more
# Imports of a new process (1 s) on a machine that is busy otherwise.
_START_LIMIT = 60.0


class Extractors:
    """A few processes that extract; any of them is started anew when it died or was too slow.

    `module` is what they run: its `serve` is given the number of their end of a pipe.
    """

    def __init__(
        self, count: int | None = None, time_limit: float = TIME_LIMIT, module: str = "harvester.extraction.worker"
    ) -> None:
        count = count or max(1, min(MOST_WORKERS, os.cpu_count() or 1))
        self._time_limit = time_limit
        self._workers = [_Worker(module) for _ in range(count)]
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="extract")
        self._is_closed = False
        self._under_way = 0

    async def __aenter__(self) -> Self:
        for worker in self._workers:
            self._idle.put_nowait(worker)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self._threads.shutdown()
        for worker in self._workers:
            worker.end()

    async def extract(self, raw: Raw) -> Extract | NoExtract:
        """The extract, by the next process that is free."""
        found: Extract | NoExtract = await self._answer(raw)
        return found

    async def read_calendar(self, raw: RawCalendar) -> Calendar | NoExtract:
        """The events of a calendar, likewise."""
        found: Calendar | NoExtract = await self._answer(raw)
        return found

    @property
    def is_busy(self) -> bool:
        """Whether extracts are under way or waited for."""
        return self._under_way > 0

    async def _answer(self, raw: Raw | RawCalendar) -> Any:
        self._under_way += 1
        worker = await self._idle.get()
        try:
            if self._is_closed:
                return NoExtract(reason="stopped", outcome="failed")
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, worker.answer, raw, self._time_limit)
        finally:
            self._idle.put_nowait(worker)
            self._under_way -= 1

    def warm(self) -> None:
        """Let one process import its parsers while the first page is fetched; others start when they have work."""
        if not self._idle.empty():
            worker = self._idle.get_nowait()
            worker.start()
            self._idle.put_nowait(worker)

    def close(self) -> None:
        """End the processes; what is under way comes back as failed."""
        self._is_closed = True
        for worker in self._workers:
            worker.kill()


class _Worker:
    """One process and the pipe to it. Used by one thread at a time; only `kill` may come from another."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._is_new = True  # it has to import its parsers first

    def answer(self, raw: Raw | RawCalendar, time_limit: float) -> Any:
        """What was found in it, or why nothing was."""
        try:
            self.start()
            assert self._pipe is not None
            self._pipe.send(raw)
            if self._pipe.poll(time_limit + (_START_LIMIT if self._is_new else 0)):
                found = self._pipe.recv()
                self._is_new = False
                return found
            self.end()
            return NoExtract(reason=f"took longer than {time_limit:g} s to read", outcome="failed")
        except (EOFError, OSError):
            self.end()
            return NoExtract(reason="made its reader crash", outcome="failed")

    def start(self) -> None:
        """Have a process that lives."""
        if self._process is not None and self._process.poll() is None:
            return
        self.end()
        self._is_new = True
        self._pipe, theirs = Pipe()
        with theirs:
            # Not multiprocessing's own spawn: it imports the main module of the program anew in every worker.
            code = f"import sys; sys.path[:] = {sys.path!r}; from {self._module} import serve; serve({theirs.fileno()})"
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", code], stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )

    def kill(self) -> None:
        """End the process; who waits for it sees its pipe close."""
        if self._process is not None:
            self._process.kill()

    def end(self) -> None:
        """End the process and give back what it holds."""
        self.kill()
        if self._process is not None:
            self._process.wait()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None
