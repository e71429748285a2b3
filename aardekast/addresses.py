"""Addresses: what makes two of them one, and what id a resource gets.

A key is only for comparing. It is never requested or shown: that is what the address itself is for.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

# Parameters that tell a web statistic where a visitor came from, never which page is meant.
_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|"
    r"mkt_tok|ref_src|pk_campaign|pk_kwd|redirect|(_\w+)?_redirect)$",
    re.IGNORECASE,
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 2_000  # the length that browsers and servers agree on


def fault_of(url: str) -> str | None:
    """Why this cannot be the address of a page, or None when it can."""
    if not url or url != url.strip() or any(ord(sign) <= 32 for sign in url):
        return "has a space or a control sign in it"
    if len(url) > MAX_LENGTH:
        return f"is longer than {MAX_LENGTH} signs"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "cannot be read as an address"
    if parts.scheme.lower() not in ("http", "https"):
        return "does not start with http:// or https://"
    host = _host(parts.hostname)
    if not host or ("." not in host and host != "localhost" and ":" not in host):
        return "names no host"
    if parts.username or parts.password:
        return "has a user name or password in it"
    return None


def clean_url(url: str) -> str:
    """The address as it is requested and shown: host mended, tracking and fragment dropped."""
    parts = urlsplit(_LONE_SURROGATE.sub("\ufffd", url.strip()))
    host = _host(parts.hostname)
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    path = parts.path.replace("\\", "/") or "/"  # as browsers do
    return urlunsplit((parts.scheme.lower(), host, path, _without_tracking(parts.query), ""))


def canonical_key(url: str) -> str:
    """What all spellings of one address have in common.

    Without scheme, www, default port, fragment, tracking parameters, trailing slash, soft hyphens and
    zero-width signs; parameters sorted; escapes spelt in one way.
    """
    parts = urlsplit(clean_url(url))
    host = (parts.hostname or "").removeprefix("www.")
    if parts.port is not None:
        host = f"{host}:{parts.port}"
    path = unquote(parts.path).translate(_INVISIBLE)
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    page = urlsplit(canonicalize_url(urlunsplit(("http", "host", path or "/", parts.query, ""))))
    return host + page.path.rstrip("/") + (f"?{page.query}" if page.query else "")


def resource_id(url: str) -> str:
    """The id that a resource found at this address is given: 13 letters and digits of its key's hash."""
    digest = hashlib.blake2b(canonical_key(url).encode(), digest_size=8).digest()
    return b32encode(digest).decode().rstrip("=").lower()


def host_of(url: str) -> str:
    """The host, without www."""
    return _host(urlsplit(url).hostname).removeprefix("www.")


def _host(host: str | None) -> str:
    return unquote(host or "").translate(_INVISIBLE).rstrip(".").lower()


def _without_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.match(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)
