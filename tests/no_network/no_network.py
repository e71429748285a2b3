"""No packet leaves this machine: what is not loopback fails as on a machine without a network."""

import errno
import ipaddress
import socket
import sys
from typing import Any

_LOCAL_NAMES = {"", "localhost", None}


def block() -> None:
    """Refuse connections and look-ups beyond loopback in this process, for as long as it lives."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[-1]
        if isinstance(address, tuple) and not _is_local(address[0]):
            raise OSError(errno.ENETUNREACH, f"tests stay on loopback; {address[0]} was refused")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0]
        if not _is_local(host):
            raise socket.gaierror(socket.EAI_NONAME, f"tests stay on loopback; {host} was not looked up")


def _is_local(host: str | None) -> bool:
    if host in _LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
