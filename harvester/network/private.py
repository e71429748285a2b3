"""Which IP addresses the harvester may reach: those of the public internet, and what the settings allow."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aardekast.settings import Network

IP = IPv4Address | IPv6Address
_AZURE_WIRE_SERVER = ip_address("168.63.129.16")  # a cloud's metadata service at a public-looking address
_NAT64 = ip_network("64:ff9b::/96")


def may_reach(address: IP, allowed: Sequence[Network]) -> bool:
    """Whether it is public, or in a network that the settings allow."""
    address = _inner(address)
    if any(address in network for network in allowed):
        return True
    return address.is_global and not address.is_multicast and address != _AZURE_WIRE_SERVER


def _inner(address: IP) -> IP:
    """The IPv4 address that an IPv6 address stands for, where it does: a private one may hide in a public one."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour or address
