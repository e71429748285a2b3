"""Searches on their way to where they are kept: a search puts one down and goes on, a thread of its own writes."""

from __future__ import annotations

import atexit
import logging
from collections import deque
from threading import Event, Lock, Thread

from aardekast.errors import InboxError
from aardekast.searches import Searched, SearchKeeper

log = logging.getLogger(__name__)

EVERY = 10.0  # seconds between two batches of one process; no more is lost where it is killed
MOST = 2_000  # searches that wait to be written; while nothing can be written the oldest go
GRACE = 3.0  # seconds for the last batch when the process ends


class SearchLog:
    """Takes searches from any thread and gives them to `keeper` in batches, every so many seconds. Never raises."""

    def __init__(self, keeper: SearchKeeper, every: float = EVERY) -> None:
        self._keeper, self._every = keeper, every
        self._waiting: deque[Searched] = deque(maxlen=MOST)
        self._ended = Event()
        self._thread: Thread | None = None
        self._lock = Lock()

    def note(self, search: Searched) -> None:
        """Put a search down; it is written later."""
        self._waiting.append(search)
        if self._thread is None:
            self._start()

    def close(self) -> None:
        """Write what waits, and end the thread."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(GRACE)

    def _start(self) -> None:
        """Start the thread at the first search: a process that forks later keeps none from before."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._write, name="search-log", daemon=True)
                self._thread.start()
                atexit.register(self.close)

    def _write(self) -> None:
        is_last = False
        while not is_last:
            is_last = self._ended.wait(self._every)
            self._write_batch()

    def _write_batch(self) -> None:
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not batch:
            return
        try:
            self._keeper.keep_searches(batch)
        except InboxError as fault:
            log.warning("%d searches wait to be written: %s", len(batch), fault)
            self._waiting.extendleft(reversed(batch[-(MOST - len(self._waiting)) :]))
