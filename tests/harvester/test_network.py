"""Addresses, names, hosts: what is reached and what is given up."""

from __future__ import annotations

import asyncio
import socket
import time
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.errors import AddressRefusedError, HostUnreachableError
from aardekast.settings import LOOPBACK
from harvester.network import resolver
from harvester.network.hosts import FIRST_HOSTS, Hosts
from harvester.network.private import may_reach


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "168.63.129.16", "::1", "::", "fe80::1", "fd00:ec2::254",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1",
        "fec0::1", "64:ff9b:1::7f00:1", "::ffff:0:7f00:1", "::7f00:1", "192.0.0.192", "192.0.0.10", "240.0.0.1",
        "198.18.0.1", "2001:db8::1", "3fff::1", "5f00::1", "2001:0:7f00:1::", "100::1", "::ffff:168.63.129.16",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_in_every_disguise(address: str) -> None:
    assert not may_reach(ip_address(address), ())


@pytest.mark.parametrize(
    "address", ["193.40.1.1", "2001:bb8::1", "::ffff:193.40.1.1", "64:ff9b::c128:101", "2a02:4780::1"]
)
def test_public_addresses_are_reached(address: str) -> None:
    assert may_reach(ip_address(address), ())


def test_the_settings_allow_loopback_and_nothing_else() -> None:
    assert may_reach(ip_address("127.0.0.1"), LOOPBACK)
    assert may_reach(ip_address("::1"), LOOPBACK)
    assert may_reach(ip_address("::7f00:1"), LOOPBACK)  # the same place in a disguise
    assert not may_reach(ip_address("10.0.0.1"), LOOPBACK)
    assert may_reach(ip_address("fec0::1"), (ip_network("fec0::/10"),))


@given(st.ip_addresses())
def test_what_python_knows_to_be_private_is_refused(address: IPv4Address | IPv6Address) -> None:
    is_disguise = isinstance(address, IPv6Address) and address.ipv4_mapped is not None
    if (address.is_private or address.is_multicast) and not is_disguise:
        assert not may_reach(address, ())


def look_up(host: str, monkeypatch: pytest.MonkeyPatch, answer: Any, allowed: Any = ()) -> tuple[str, ...]:
    def getaddrinfo(*_args: Any, **_options: Any) -> Any:
        return answer() if callable(answer) else [(0, 0, 0, "", (address, 0)) for address in answer]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    async def ask() -> tuple[str, ...]:
        names = resolver.Resolver(allowed)
        try:
            found = await names.addresses(host)
            assert names.known(host.upper() + ".") == found
            return found
        finally:
            names.close()

    return asyncio.run(ask())


def test_a_name_with_a_private_address_is_refused_after_it_was_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AddressRefusedError):
        look_up("sisemine.ee", monkeypatch, ["193.40.1.1", "10.0.0.1"])


class Receiver:
    """What Twisted hands to its resolver."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def resolutionBegan(self, _resolution: object) -> None:  # noqa: N802 - the names are Twisted's
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.found.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        pass


def test_a_name_that_changes_after_it_was_checked_is_connected_to_where_it_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = ["193.40.1.1", "127.0.0.1", "169.254.169.254"]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (answers.pop(0), 0))])
    receiver, stranger = Receiver(), Receiver()

    async def ask() -> None:
        names = resolver.Resolver(())
        installed: list[Any] = []
        names.install(SimpleNamespace(installNameResolver=installed.append))
        for _ in range(2):
            await names.addresses("ajutine.ee")
        installed[0].resolveHostName(receiver, "ajutine.ee", 80)
        installed[0].resolveHostName(stranger, "tundmatu.ee", 80)
        names.close()

    asyncio.run(ask())
    assert receiver.found == ["193.40.1.1"]
    assert stranger.found == []  # what was not checked is not connected to at all
    assert len(answers) == 2


def test_a_name_with_public_addresses_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert look_up("kodukant.ee", monkeypatch, ["193.40.1.1"]) == ("193.40.1.1",)


def test_a_name_that_nobody_knows_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(HostUnreachableError, match="not known"):
        look_up("kadunud.ee", monkeypatch, fail)


def test_dns_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang() -> list[Any]:
        time.sleep(0.5)
        return []

    monkeypatch.setattr(resolver, "DNS_TIMEOUT", 0.1)
    with pytest.raises(HostUnreachableError, match="DNS does not answer"):
        look_up("aeglane.ee", monkeypatch, hang)


def test_a_host_that_never_answered_is_not_asked_twice() -> None:
    hosts = Hosts()
    hosts.ask("a:80")
    hosts.note_failure("a:80", "host does not answer")
    with pytest.raises(HostUnreachableError, match="does not answer"):
        hosts.ask("a:80")


def test_a_host_that_answered_may_be_slow_twice_but_not_three_times() -> None:
    hosts = Hosts()
    hosts.ask("a:80")
    hosts.note_answer("a:80")
    for _ in range(2):
        hosts.note_failure("a:80", "slow")
        assert hosts.ask("a:80")
    hosts.note_failure("a:80", "slow")
    with pytest.raises(HostUnreachableError):
        hosts.ask("a:80")


def test_it_is_offline_when_the_first_hosts_asked_are_all_dead() -> None:
    hosts = Hosts()
    for number in range(FIRST_HOSTS + 5):
        hosts.ask(f"{number}:80")
    for number in range(5, FIRST_HOSTS + 5):
        hosts.note_failure(f"{number}:80", "dead")
    assert not hosts.is_offline  # the dead answer sooner than the living: five of the first are still being asked
    for number in range(5):
        hosts.note_failure(f"{number}:80", "dead")
    assert hosts.is_offline
    hosts.note_answer("12:80")
    assert not hosts.is_offline
