"""What keeps robots and foreign pages from the public forms, without account, cookie or question to the visitor.

A signed moment in the form (no older than hours, no younger than seconds), the Origin that browsers send, a field that
only robots see, and a limit for each address. An address is held as a salted digest in the memory of this process.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import date
from ipaddress import IPv6Address, ip_address
from threading import Lock
from urllib.parse import urlsplit

from flask import Request
from itsdangerous import BadSignature, TimestampSigner

LONGEST = 4 * 3600  # seconds that a form may stay open
SHORTEST = 3  # seconds; nobody reads and fills in a form faster, a robot does
LETTERS_AN_HOUR = 10  # from one address and process: a town hall has one address for all of its desks
HOUR = 3600.0
MOST_ADDRESSES = 10_000  # some 2 MB; the longest unseen go first
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Stamp:
    """The signed moment at which a form was given out."""

    def __init__(self, key: bytes) -> None:
        self._signer = TimestampSigner(key, salt="aardekast.forms", digest_method=hashlib.sha256)

    def make(self, form: str) -> str:
        """A stamp for a form by its name."""
        return self._signer.sign(form).decode()

    def age(self, stamp: str, form: str) -> float | None:
        """Seconds since it was made; None when it is not ours, of another form or too old."""
        try:
            name, made = self._signer.unsign(stamp, max_age=LONGEST, return_timestamp=True)
        except BadSignature:
            return None
        return self._signer.get_timestamp() - made.timestamp() if name == form.encode() else None


class RateLimit:
    """How often an address may send. It holds digests of addresses, salted anew each day and forgotten with it."""

    def __init__(self, clock: Callable[[], float], today: Callable[[], date]) -> None:
        self._clock, self._today = clock, today
        self._day: date | None = None
        self._salt = b""
        self._sent: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait_for(self, address: str) -> int:
        """Count a letter from an address: 0 when it may come in, else the seconds until the next may."""
        now = self._clock()
        with self._lock:
            self._renew()
            sent = self._sent.setdefault(self._digest(address), deque())
            self._sent.move_to_end(self._digest(address))
            while len(self._sent) > MOST_ADDRESSES:
                self._sent.popitem(last=False)
            while sent and now - sent[0] >= HOUR:
                sent.popleft()
            if len(sent) >= LETTERS_AN_HOUR:
                return int(HOUR - (now - sent[0])) + 1
            sent.append(now)
            return 0

    def _renew(self) -> None:
        if self._day != self._today():
            self._day, self._salt = self._today(), secrets.token_bytes(32)
            self._sent.clear()

    def _digest(self, address: str) -> bytes:
        return hashlib.blake2b(_network(address).encode(), key=self._salt, digest_size=16).digest()


def is_own(request: Request) -> bool:
    """Whether a page of this site sent the form: by Origin, else by Sec-Fetch-Site, else by Referer.

    Schemes are not compared: behind a proxy that speaks TLS the site itself hears http.
    """
    origin = request.headers.get("Origin", "null")
    if origin != "null":
        return _host(origin) == _own_host(request, origin)
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    referrer = request.headers.get("Referer", "")
    return bool(referrer) and _host(referrer) == _own_host(request, referrer)


def visitor_address(request: Request, header: str) -> str:
    """Where the visitor is: the connection, or what our own proxy added last to the header that is set."""
    named = request.headers.get(header, "").rpartition(",")[2].strip() if header else ""
    return named or request.remote_addr or ""


def _network(address: str) -> str:
    """The address; of IPv6 its first 64 bits, which are one household."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped) if parsed.ipv4_mapped else str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ":"))


def _own_host(request: Request, address: str) -> str:
    scheme = address.partition(":")[0]
    return request.host.lower().removesuffix(_DEFAULT_PORTS.get(scheme, ":"))
