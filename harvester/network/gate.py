"""The one gate that every request of a run goes through, robots.txt and redirects included."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from itertools import islice
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError
from scrapy.http import Request, Response

from aardekast.addresses import host_of
from aardekast.errors import HostUnreachableError, StoppedError
from aardekast.settings import Settings
from harvester.network.hosts import Hosts
from harvester.network.pacer import Pacer
from harvester.network.resolver import Resolver

# A host across the world needs half a second; six allow for a lost packet (resent after 1 and 3 s).
CONNECT_TIMEOUT = 6.0
MOST_ADDRESSES = 3  # of one host: the fourth of a dead site's addresses is dead too
_PORTS = {"http": 80, "https": 443}


class Gate:
    """Politeness, reachability and address checks, shared by all crawlers of a run."""

    def __init__(self, settings: Settings) -> None:
        self.resolver = Resolver(settings.allow_private)
        self.hosts = Hosts()
        self.pool: object = None  # Twisted's connection pool: one for all, or each crawler keeps a connection open
        self._pacer = Pacer(settings.delay)
        self._timeout = min(CONNECT_TIMEOUT, settings.timeout)
        self._stopped: str | None = None
        self._under_way: set[asyncio.Future[Response]] = set()

    async def fetch(self, request: Request, download: Callable[[Request], Awaitable[Response]]) -> Response:
        """Make the request when its host's turn comes.

        Raises StoppedError, HostUnreachableError, AddressRefusedError, and what `download` raises.
        """
        if self._stopped:
            raise StoppedError(self._stopped)
        under_way = asyncio.ensure_future(self._fetch(request, download))
        self._under_way.add(under_way)
        under_way.add_done_callback(self._under_way.discard)
        try:
            return await under_way
        except asyncio.CancelledError:
            if self._stopped:
                raise StoppedError(self._stopped) from None
            raise

    def heed_delay(self, url: str, delay: float | None) -> None:
        """Ask the host of the address no more often than its robots.txt wants; None where it wants nothing."""
        if delay is not None:
            self._pacer.heed(host_of(url), delay)

    def stop(self, reason: str) -> None:
        """Break off what is under way and refuse what comes after."""
        self._stopped = self._stopped or reason
        for under_way in list(self._under_way):
            under_way.cancel()

    async def _fetch(self, request: Request, download: Callable[[Request], Awaitable[Response]]) -> Response:
        host, place = host_of(request.url), _place(request.url)
        async with self._pacer.lane(host):
            self.hosts.ask(":".join(place))
            await self._pacer.pause(host)
            try:
                await self._reach(*place)
                response = await download(request)
            except (CannotResolveHostError, DownloadConnectionRefusedError, HostUnreachableError) as fault:
                self._give_up(place, str(fault) if isinstance(fault, HostUnreachableError) else "host does not answer")
                raise
            except DownloadTimeoutError:
                self._give_up(place, "host does not answer")
                raise
            self.hosts.note_answer(":".join(place))
            return response

    async def _reach(self, host: str, port: str) -> None:
        """Make sure that somebody listens there: a whole request would wait three times as long to find out."""
        addresses = await self.resolver.addresses(host)
        if not self.hosts.ask(f"{host}:{port}"):
            await _connect(addresses, int(port), self._timeout)

    def _give_up(self, place: tuple[str, str], reason: str) -> None:
        self.hosts.note_failure(":".join(place), reason)
        if self.hosts.is_offline:
            # Not this very request: it is answered with its own reason.
            asyncio.get_running_loop().call_soon(self.stop, "no network")


async def _connect(addresses: Iterable[str], port: int, timeout: float) -> None:
    """Whether one of the addresses takes a connection. Raises HostUnreachableError."""
    for address in islice(addresses, MOST_ADDRESSES):
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(timeout):
                _, writer = await asyncio.open_connection(address, port)
            writer.close()
            return
    raise HostUnreachableError("host does not answer")


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.hostname or "", str(parts.port or _PORTS.get(parts.scheme, 0))
