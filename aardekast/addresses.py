"""Addresses: what makes two of them one, and what id a resource gets.

A key is only for comparing. It is never requested or shown: that is what the address itself is for.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b32encode
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

# Parameters that tell a web statistic or the site itself where a visitor came from, never which page is meant.
_TRACKING = re.compile(
    r"^(utm_.*|mtm_.*|pk_.*|hsa_.*|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|ttclid|twclid|li_fat_id|"
    r"srsltid|igshid|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|mkt_tok|ref_src|phpsessid|jsessionid|replytocom|"
    r"redirect|(_\w+)?_redirect|inheritredirect|p_l_back_url|p_p_(state|mode|col_\w+|auth)|p_auth)$",
    re.IGNORECASE,
)
# Liferay: below /-/ the path names the content, and these only how it is framed. Elsewhere they are what names it.
_LIFERAY_CONTENT = "/-/"
_LIFERAY = re.compile(r"^(p_p_\w+|p_r_p_\w+|_\w+_INSTANCE_\w+)$")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
# What servers send when a folder, or the site as a whole, is asked for: /index.php/node/147 is /node/147.
_FRONT_CONTROLLER = re.compile(r"(?:/index\.php)+(?=/|$)", re.IGNORECASE)
_FOLDER_PAGE = re.compile(r"(?:/(?:index\.(?:html?|php|aspx?|shtml)|default\.(?:aspx?|html?)))+$", re.IGNORECASE)
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
    path = _SESSION.sub("", parts.path.replace("\\", "/")) or "/"  # backslashes as browsers do
    return urlunsplit((parts.scheme.lower(), host, path, _without_tracking(path, parts.query), ""))


@lru_cache(maxsize=1024)  # a page's addresses are asked for a dozen times while it is harvested
def canonical_key(url: str) -> str:
    """What all spellings of one address have in common.

    Without scheme, www, default port, fragment, tracking parameters, trailing slash, index.php and its like, soft
    hyphens and zero-width signs; parameters sorted; letters with marks and escapes spelt in one way.
    """
    parts = urlsplit(clean_url(url))
    host = (parts.hostname or "").removeprefix("www.")
    if parts.port is not None:
        host = f"{host}:{parts.port}"
    path = unicodedata.normalize("NFC", unquote(parts.path).translate(_INVISIBLE))
    path = re.sub(r"/{2,}", "/", _SESSION.sub("", path)).rstrip("/")
    query = urlsplit(canonicalize_url(urlunsplit(("http", "host", "/", parts.query, "")))).query
    while (shorter := _plain_path(path)) != path:  # what is cut off may bare what is to be cut off
        path = shorter
    return host + path + (f"?{query}" if query else "")


def resource_id(url: str) -> str:
    """The id that a resource found at this address is given: 13 letters and digits of its key's hash."""
    digest = hashlib.blake2b(canonical_key(url).encode(), digest_size=8).digest()
    return b32encode(digest).decode().rstrip("=").lower()


def host_of(url: str) -> str:
    """The host, without www."""
    return _host(urlsplit(url).hostname).removeprefix("www.")


def _plain_path(path: str) -> str:
    spelt = urlsplit(canonicalize_url(urlunsplit(("http", "host", path or "/", "", "")))).path
    return _FOLDER_PAGE.sub("", _FRONT_CONTROLLER.sub("", spelt.rstrip("/"))).rstrip("/")


def _host(host: str | None) -> str:
    return unquote(host or "").translate(_INVISIBLE).rstrip(".").lower()


def _without_tracking(path: str, query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    is_named = _LIFERAY_CONTENT in path
    kept = [
        (name, value) for name, value in pairs if not (_TRACKING.match(name) or (is_named and _LIFERAY.match(name)))
    ]
    return query if len(kept) == len(pairs) else urlencode(kept)
