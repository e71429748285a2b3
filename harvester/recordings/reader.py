"""The harvest's end of the process of yt-dlp: starts it, makes its requests, limits its time."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection, Pipe
from typing import Any

from harvester.recordings.values import Answer, Found, NoAnswer, NoRecording, Question, Wanted

# Seconds between two requests of it. The largest page of a channel takes two; a program of a page that is run instead
# of being read takes for ever.
MOST_THOUGHT = 30.0
# For one question. A recording takes three to six, its captions one; a channel one for each 30 to 100 recordings.
MOST_REQUESTS = 60
_START_LIMIT = 60.0  # imports of a new process (1 s) on a machine that is busy otherwise
_PROGRAM = "import sys; sys.path[:] = {path!r}; from {module} import serve; serve({pipe})"
Fetch = Callable[[Wanted], Awaitable[Answer | NoAnswer]]


class RecordingsReader:
    """One process for a run, started with the first question, and anew after one that it did not survive.

    One question at a time: nearly all recordings are on the same two sites, which are asked once a second anyway, and
    the extractors take three seconds to load.
    """

    def __init__(self, most_thought: float = MOST_THOUGHT, module: str = "harvester.recordings.worker") -> None:
        """`module` is what the process runs: its `serve` is given the number of its end of a pipe."""
        self._module = module
        self._turn = asyncio.Lock()
        self._most_thought = most_thought
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="recordings")
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._is_closed = False

    async def read(self, question: Question, fetch: Fetch) -> Found:
        """What is at an address; `fetch` makes the requests."""
        async with self._turn:
            return await self._read(question, fetch)

    def close(self) -> None:
        """End the process; what is under way comes back as failed."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._process is not None:
            self._process.kill()
        self._thread.submit(self._end)
        self._thread.shutdown(wait=False)

    async def _read(self, question: Question, fetch: Fetch) -> Found:
        try:
            limit = self._most_thought + (0 if self._is_running else _START_LIMIT)
            said = await self._say(question, limit)
            for _ in range(MOST_REQUESTS):
                if not isinstance(said, Wanted):
                    found: Found = said
                    return found
                said = await self._say(await fetch(said), self._most_thought)
        except TimeoutError:
            self._end()
            return NoRecording(reason=f"took longer than {self._most_thought:g} s to read")
        except (EOFError, OSError):
            self._end()
            return NoRecording(reason="stopped" if self._is_closed else "made its reader crash")
        self._end()
        return NoRecording(reason=f"wants more than {MOST_REQUESTS} requests")

    @property
    def _is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    async def _say(self, message: Question | Answer | NoAnswer, limit: float) -> Any:
        """Say it, and hear what comes back. Raises TimeoutError, EOFError, OSError."""
        if self._is_closed:
            raise EOFError
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._exchange, message, limit)

    def _exchange(self, message: object, limit: float) -> Any:
        if not self._is_running:
            self._start()
        assert self._pipe is not None
        self._pipe.send(message)
        if not self._pipe.poll(limit):
            raise TimeoutError
        return self._pipe.recv()

    def _start(self) -> None:
        self._end()
        self._pipe, theirs = Pipe()
        with theirs:
            code = _PROGRAM.format(path=sys.path, module=self._module, pipe=theirs.fileno())
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", code],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def _end(self) -> None:
        """End the process and give back what it holds."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None
