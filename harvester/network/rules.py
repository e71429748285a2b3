"""What hosts want of robots, asked once a run for all crawlers: robots.txt and reservations of text mining."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlsplit

from protego import Protego
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from aardekast.errors import AddressRefusedError, HostBusyError, HostUnreachableError, NotFetchedError, StoppedError
from harvester.network.reservations import PLACE, Reservations, read_reservations
from harvester.reasons import of_status

Fetch = Callable[[str], Awaitable[Response]]
Heed = Callable[[str, float], None]
ROBOT = "Aardekast"  # as robots.txt calls us
_MOST_BYTES = 500 * 1024  # of a robots.txt that a robot has to read (RFC 9309)
T = TypeVar("T")


@dataclass(slots=True)
class Rules:
    """The rules of all hosts of a run. `heed` is told the Crawl-delay of an address's host."""

    heed: Heed
    _robots: dict[str, asyncio.Future[Protego | None]] = field(default_factory=dict)
    _reserved: dict[str, asyncio.Future[Reservations]] = field(default_factory=dict)

    async def may_ask(self, url: str, fetch: Fetch) -> bool:
        """Whether robots.txt lets us ask for the address.

        Raises what asking for robots.txt raised, and NotFetchedError where the server failed on it: nobody knows
        then what is allowed (RFC 9309, 2.3.1.4).
        """
        robots = await _once(self._robots, _root(url), lambda root: self._ask_robots(root, fetch))
        return robots is None or bool(robots.can_fetch(url, ROBOT))

    async def reserves(self, url: str, fetch: Fetch) -> bool:
        """Whether the host reserves text mining of the address."""
        found = await _once(self._reserved, _root(url), lambda root: _ask_reservations(root, fetch))
        return found.reserves(url)

    async def _ask_robots(self, root: str, fetch: Fetch) -> Protego | None:
        """The rules, None where there are none."""
        url = f"{root}/robots.txt"
        try:
            response = await fetch(url)
        except (IgnoreRequest, AddressRefusedError):  # leads in a circle or astray; the page may do better
            return None
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise NotFetchedError(url, "failed", f"its robots.txt cannot be read: {of_status(response.status)[1]}")
        if response.status != HTTPStatus.OK:
            return None
        robots = Protego.parse(response.body[:_MOST_BYTES].decode("utf-8", "ignore"))
        delay = robots.crawl_delay(ROBOT)
        if delay is not None:
            self.heed(root, delay)
        return robots


async def _ask_reservations(root: str, fetch: Fetch) -> Reservations:
    """The reservations; none where the file cannot be had, which is how nearly every host answers."""
    try:
        response = await fetch(root + PLACE)
    except (HostUnreachableError, HostBusyError, StoppedError):
        raise
    except Exception:
        # The edge: Twisted and TLS raise what they like.
        return Reservations()
    return read_reservations(response.body) if response.status == HTTPStatus.OK else Reservations()


async def _once(asked: dict[str, asyncio.Future[T]], root: str, ask: Callable[[str], Coroutine[Any, Any, T]]) -> T:
    if root not in asked:
        asked[root] = asyncio.ensure_future(ask(root))
        # Who asked may be gone by then, and an exception that nobody fetched is printed.
        asked[root].add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(asked[root])


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
