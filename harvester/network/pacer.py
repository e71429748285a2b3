"""One request at a time to each host, with a pause between, over all crawlers of a run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

# The 200 pages that a source has by default take 100 minutes then; with minutes between them a visit would take a day
# and hold up the whole run.
MOST_DELAY = 30.0
# Between the starts of two requests lies at least twice the time that the host takes to answer: it works for us half of
# the time and no more, as with Scrapy's AutoThrottle at a concurrency of one half.
_TIMES_LATENCY = 2.0


class Pacer:
    """Gives out turns. Who waits longest is next.

    Slow hosts are asked less often. That is done here and not by Scrapy's AutoThrottle, whose delays are those of one
    crawler: a host of several sources has as many. Without a delay of ours nothing is slowed down but by robots.txt.
    """

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._latency: dict[str, float] = {}
        self._asked_for: dict[str, float] = {}
        self._lanes: dict[str, asyncio.Lock] = {}
        self._started: dict[str, float] = {}

    def heed(self, host: str, delay: float) -> None:
        """Wait as long as the host asks for, up to MOST_DELAY; of several wishes, ours too, the longest counts."""
        self._asked_for[host] = max(min(delay, MOST_DELAY), self._asked_for.get(host, 0.0))

    def note_latency(self, host: str, seconds: float, *, is_fault: bool = False) -> None:
        """Follow how long the host takes to begin its answer; that faults come quickly is no sign of rest."""
        before = self._latency.get(host, seconds)
        if not is_fault or seconds > before:
            self._latency[host] = (before + seconds) / 2

    @asynccontextmanager
    async def lane(self, host: str) -> AsyncIterator[None]:
        """The host for oneself, for as long as the block runs."""
        async with self._lanes.setdefault(host, asyncio.Lock()):
            yield

    async def pause(self, host: str) -> None:
        """Wait until the host may be asked again; the delay lies between the starts of two requests."""
        while (wait := self._free_at(host) - monotonic()) > 0:
            await asyncio.sleep(wait)
        self._started[host] = monotonic()

    def _free_at(self, host: str) -> float:
        if host not in self._started:
            return 0.0
        own = max(self._delay, min(_TIMES_LATENCY * self._latency.get(host, 0.0), MOST_DELAY)) if self._delay else 0.0
        return self._started[host] + max(own, self._asked_for.get(host, 0.0))
