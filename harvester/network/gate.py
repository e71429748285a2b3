"""The one gate that every request of a run goes through, robots.txt and redirects included."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError
from scrapy.http import Request, Response

from aardekast.addresses import host_of
from aardekast.errors import HostBusyError, HostUnreachableError, StoppedError
from aardekast.settings import Settings
from harvester.network.hosts import Hosts
from harvester.network.pacer import Pacer
from harvester.network.resolver import Resolver
from harvester.network.rules import Rules
from harvester.network.waiting import MOST_WAIT, asked_wait

# A host across the world needs half a second; six allow for a lost packet (resent after 1 and 3 s).
CONNECT_TIMEOUT = 6.0
MOST_ADDRESSES = 3  # of one host: the fourth of a dead site's addresses is dead too
Download = Callable[[Request], Awaitable[Response]]
_PORTS = {"http": 80, "https": 443}


class Gate:
    """Politeness, reachability and address checks, shared by all crawlers of a run."""

    def __init__(self, settings: Settings) -> None:
        self.resolver = Resolver(settings.allow_private)
        self.hosts = Hosts()
        self.pool: object = None  # Twisted's connection pool: one for all, or each crawler keeps a connection open
        self._pacer = Pacer(settings.delay)
        self.rules = Rules(lambda url, delay: self._pacer.heed(host_of(url), delay))
        self._timeout = min(CONNECT_TIMEOUT, settings.timeout)
        self._stopped: str | None = None
        self._under_way: set[asyncio.Future[Response]] = set()

    async def fetch(self, request: Request, download: Download, is_over: Callable[[], bool]) -> Response:
        """Make the request when its host's turn comes, unless by then the time of its source is over.

        Raises StoppedError, HostUnreachableError, HostBusyError, AddressRefusedError, and what `download` raises.
        """
        if self._stopped:
            raise StoppedError(self._stopped)
        under_way = asyncio.ensure_future(self._fetch(request, download, is_over))
        self._under_way.add(under_way)
        under_way.add_done_callback(self._under_way.discard)
        try:
            return await under_way
        except asyncio.CancelledError:
            if self._stopped:
                raise StoppedError(self._stopped) from None
            raise

    def stop(self, reason: str) -> None:
        """Break off what is under way and refuse what comes after."""
        self._stopped = self._stopped or reason
        for under_way in list(self._under_way):
            under_way.cancel()

    async def _fetch(self, request: Request, download: Download, is_over: Callable[[], bool]) -> Response:
        """The answer; a host that wants us to wait is asked once more after that, and then left alone."""
        host, place = host_of(request.url), _place(request.url)
        async with self._pacer.lane(host):
            if is_over():
                raise StoppedError("the time of its source was over")
            response = await self._ask(request, host, place, download)
            wait = _asked_wait(response)
            if wait is not None and wait <= MOST_WAIT:
                await asyncio.sleep(wait)
                response = await self._ask(request, host, place, download)
                wait = _asked_wait(response)
            if wait is not None:
                self.hosts.leave_alone(":".join(place))
                raise HostBusyError(f"asked us to wait ({response.status})")
            return response

    async def _ask(self, request: Request, host: str, place: tuple[str, str], download: Download) -> Response:
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
        self._pacer.note_latency(host, request.meta.get("download_latency", 0.0), is_fault=response.status >= 400)
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


def _asked_wait(response: Response) -> float | None:
    header = response.headers.get("Retry-After")
    return asked_wait(response.status, header.decode("latin-1") if header else None, datetime.now(UTC))


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.hostname or "", str(parts.port or _PORTS.get(parts.scheme, 0))
