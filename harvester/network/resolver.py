"""Names into checked addresses, once a run; what was checked is what is connected to."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

from aardekast.errors import AddressRefusedError, HostUnreachableError
from aardekast.settings import Network
from harvester.network.private import may_reach

# The system's resolver asks a second time after 5 s: one lost packet is no dead host.
DNS_TIMEOUT = 8.0


class Resolver:
    """Looks a name up and refuses addresses that must not be reached."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._allowed = allowed
        self._asked: dict[str, asyncio.Future[tuple[str, ...]]] = {}

    async def addresses(self, host: str) -> tuple[str, ...]:
        """The addresses of a host.

        Raises HostUnreachableError where it has none, AddressRefusedError where one of them is private: a name
        with addresses of both sorts is an attempt to have us reach the private one.
        """
        host = _ascii(host)
        if host not in self._asked:
            self._asked[host] = asyncio.ensure_future(self._look_up(host))
            # Who asked may be gone by then, and an exception that nobody fetched is printed.
            self._asked[host].add_done_callback(lambda asked: asked.cancelled() or asked.exception())
        return await asyncio.shield(self._asked[host])

    def known(self, host: str) -> tuple[str, ...]:
        """The addresses that were found and checked before."""
        asked = self._asked.get(_ascii(host))
        return (
            asked.result()
            if asked is not None and asked.done() and not asked.cancelled() and not asked.exception()
            else ()
        )

    def close(self) -> None:
        """Forget what is still being looked up."""
        for asked in self._asked.values():
            asked.cancel()

    def install(self, reactor: Any) -> None:
        """Let every connection of the reactor go to checked addresses only."""
        reactor.installNameResolver(_CheckedNames(self))

    async def _look_up(self, host: str) -> tuple[str, ...]:
        try:
            found = (host,) if _is_address(host) else await asyncio.wait_for(_ask_system(host), DNS_TIMEOUT)
        except TimeoutError:
            raise HostUnreachableError("host name could not be looked up: DNS does not answer") from None
        except OSError:
            raise HostUnreachableError("host is not known") from None
        for address in found:
            if not may_reach(ip_address(address.partition("%")[0]), self._allowed):
                raise AddressRefusedError(f"{host} is in a private network")
        return found


@implementer(IHostnameResolver)
class _CheckedNames:
    """Twisted's resolver: gives what Resolver found before, and asks nobody."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def resolveHostName(  # noqa: N802 - the name is Twisted's
        self,
        receiver: Any,  # an IResolutionReceiver
        host: str,
        portNumber: int = 0,  # noqa: N803
        addressTypes: object = None,  # noqa: ARG002, N803
        transportSemantics: str = "TCP",  # noqa: ARG002, N803
    ) -> object:
        """Give the checked addresses; none where the name was never checked."""
        resolution = _Resolution(host)
        receiver.resolutionBegan(resolution)
        for address in self._resolver.known(host):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, portNumber))
        receiver.resolutionComplete()
        return resolution


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


async def _ask_system(host: str) -> tuple[str, ...]:
    """The system's answer, in a thread that nobody waits for: a look-up cannot be broken off and may hang."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def settle(found: tuple[str, ...] | OSError) -> None:
        if answer.done():
            return
        if isinstance(found, OSError):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    def ask() -> None:
        found: tuple[str, ...] | OSError
        try:
            answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = tuple(dict.fromkeys(str(address[0]) for *_, address in answers))
        except OSError as fault:
            found = fault
        except ValueError:  # a NUL, or what cannot be encoded
            found = OSError("not a host name")
        with suppress(RuntimeError):  # the run is over and its loop closed
            loop.call_soon_threadsafe(settle, found)

    threading.Thread(target=ask, name=f"look up {host}", daemon=True).start()
    return await answer


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _ascii(host: str) -> str:
    host = host.strip("[]").rstrip(".").lower()
    with suppress(UnicodeError):
        return host.encode("idna").decode()
    return host
