"""Answers made lately, given again as they are: what many ask for at once is searched and written once.

The key is the ETag's: another generation, version of the site, day or address is another answer.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from aardekast.searches import Searched

MOST = 8_000_000  # bytes of one process: some 300 pages of results, which are 20 to 30 kB


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of a page before it is compressed, its own headers, and the search that it answered, if any."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    searched: Searched | None


class Answers:
    """The answers last given, as many as fit into `most` bytes; safe to share between threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Answer | None:
        """The answer of this key, if it is still held."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, answer: Answer) -> None:
        """Hold an answer; those asked for longest ago go."""
        if len(answer.body) > self._most:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = answer
            self._size += len(answer.body)
            while self._size > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest.body)
