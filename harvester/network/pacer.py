"""One request at a time to each host, with a pause between, over all crawlers of a run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic


class Pacer:
    """Gives out turns. Who waits longest is next."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._lanes: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}

    @asynccontextmanager
    async def lane(self, host: str) -> AsyncIterator[None]:
        """The host for oneself, for as long as the block runs."""
        async with self._lanes.setdefault(host, asyncio.Lock()):
            yield

    async def pause(self, host: str) -> None:
        """Wait until the host may be asked again; `delay` seconds lie between the starts of two requests."""
        wait = self._free_at.get(host, 0.0) - monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        self._free_at[host] = monotonic() + self._delay
