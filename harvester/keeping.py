"""Pages on their way into the catalogue: several in one transaction while many come, each at once while few do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aardekast.catalogue import Catalogue
from aardekast.language import estonian
from aardekast.resource import Harvested, Outcome, Source

# A transaction with 20 pages keeps others, who wait for 30 s at most, from writing for 0.2 s.
MOST_PAGES = 20
MOST_SECONDS = 0.5  # that a page waits for others; what is killed meanwhile is read again by the next run


@dataclass(frozen=True, slots=True)
class _Waiting:
    found: Harvested
    source: Source | None
    outcome: asyncio.Future[Outcome]


class Keeper:
    """Keeps pages. `aside` does work beside the reactor, `is_busy` says whether other pages are about to come."""

    def __init__(
        self, aside: Callable[[Callable[[], Any]], Awaitable[Any]], is_busy: Callable[[], bool], catalogue: Catalogue
    ) -> None:
        self._aside = aside
        self._is_busy = is_busy
        self._catalogue = catalogue
        self._waiting: list[_Waiting] = []
        self._timer: asyncio.TimerHandle | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    async def keep(self, found: Harvested, source: Source | None) -> Outcome:
        """What became of the page, when it is in the catalogue. Raises what the catalogue raises on it."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(found, source, loop.create_future())
        self._waiting.append(waiting)
        if len(self._waiting) >= MOST_PAGES or not self._is_busy():
            self._begin()
        elif self._timer is None:
            self._timer = loop.call_later(MOST_SECONDS, self._begin)
        return await waiting.outcome

    def _begin(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        pages, self._waiting = self._waiting, []
        if pages:
            task = asyncio.ensure_future(self._keep(pages))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def _keep_all(self, pages: list[_Waiting]) -> list[Outcome]:
        outcomes = self._catalogue.keep_all([(one.found, one.source) for one in pages])
        estonian.forget_beyond_many()  # near copies are compared by their lemmas
        return outcomes

    async def _keep(self, pages: list[_Waiting]) -> None:
        try:
            outcomes = await self._aside(lambda: self._keep_all(pages))
        except Exception as fault:
            # The edge: what the database refuses of one page must not cost the others.
            if len(pages) > 1:
                for one in pages:
                    await self._keep([one])
            elif not pages[0].outcome.done():
                pages[0].outcome.set_exception(fault)
            return
        for one, outcome in zip(pages, outcomes, strict=True):
            if not one.outcome.done():
                one.outcome.set_result(outcome)
