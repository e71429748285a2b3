"""The lines that the hosts of one source repeat: those known before, and those that its first pages show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aardekast.catalogue import Catalogue

# A host with that many pages kept is compared at once, not only at the end of the run: the pages that follow are read
# without what it repeats, and need not be cleaned later, which would cost as much as a quarter of reading them.
FIRST_PAGES = 40


class Repeating:
    """`aside` does work beside the reactor. Without a catalogue nothing is known."""

    def __init__(self, catalogue: Catalogue | None, aside: Callable[[Callable[[], Any]], Awaitable[Any]]) -> None:
        self._catalogue = catalogue
        self._aside = aside
        self._known: dict[str, frozenset[str]] = {}
        self._kept: Counter[str] = Counter()

    @property
    def hosts(self) -> list[str]:
        """Those whose pages were read, in order."""
        return sorted(self._known)

    async def lines(self, host: str) -> frozenset[str]:
        """The digests of the lines that are known."""
        if self._catalogue is None:
            return frozenset()
        if host not in self._known:
            self._known[host] = await self._aside(partial(self._catalogue.repeated_lines, host))
        return self._known[host]

    async def note_kept(self, host: str) -> None:
        """Something of the host came into the catalogue. Where no page was read, it is records: they repeat no menu."""
        if self._catalogue is None or host not in self._known:
            return
        self._kept[host] += 1
        if self._kept[host] == FIRST_PAGES and not await self.lines(host):
            self._known[host] = await self._aside(partial(self._catalogue.find_repeated, host))

    async def settle(self) -> None:
        """Compare the pages of all hosts, and take what they repeat out of the texts that still have it."""
        if self._catalogue is not None:
            for host in self.hosts:
                await self._aside(partial(self._catalogue.settle_repeated, host))
