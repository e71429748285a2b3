"""Which IP addresses the harvester may reach: those of the public internet, and what the settings allow."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_network

from aardekast.settings import Network

IP = IPv4Address | IPv6Address
# Not Python's is_global: what that says of the same address differs between patch versions.
# Of IPv4 the IANA special-purpose registry (RFC 6890, as of 2024), whole blocks even where single addresses are public.
_NOT_PUBLIC = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3",  # multicast and what is reserved
        "168.63.129.16/32",  # Azure's metadata service, at an address that looks public
        "::/3", "4000::/2", "8000::/1",  # all but 2000::/3, which is all of IPv6 that is public (RFC 4291)
        "2001::/23",  # protocols, Teredo among them
        "2001:db8::/32", "2002::/16", "3fff::/20",  # documentation and 6to4
    )
)  # fmt: skip
# IPv6 addresses that are IPv4 addresses in disguise, and how far from the right end these stand (RFC 4291, 2765, 6052,
# 3056). What NAT64 holds at places of its operator's choice (64:ff9b:1::/48, RFC 8215) is not public whatever it is.
_DISGUISES = tuple(
    (ip_network(network), shift)
    for network, shift in (
        ("::/96", 0),
        ("::ffff:0:0/96", 0),
        ("::ffff:0:0:0/96", 0),
        ("64:ff9b::/96", 0),
        ("2002::/16", 80),
    )
)


def may_reach(address: IP, allowed: Sequence[Network]) -> bool:
    """Whether it is public, or in a network that the settings allow."""
    inner = _inner(address)
    if any(address in network or inner in network for network in allowed):
        return True
    return not any(inner in network for network in _NOT_PUBLIC)


def _inner(address: IP) -> IP:
    """The IPv4 address that an IPv6 address stands for, where it does: a private one may hide in a public one."""
    for network, shift in _DISGUISES:
        if address in network:
            return IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return address
