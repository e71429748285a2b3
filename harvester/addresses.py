"""Addresses as pages, feeds and sitemaps write them: relative, and sometimes no addresses at all."""

from __future__ import annotations

from urllib.parse import urljoin

from aardekast.addresses import canonical_key

UNREADABLE = "cannot be read as an address"
LONGEST_SHOWN = 200  # of what is no address, in its reason: it may be as long as the page


def joined(base: str, href: str) -> str | None:
    """The whole address, None where it cannot be read (`http://[oops/`); what is joined has a canonical key."""
    try:
        url = urljoin(base, href.strip())
        canonical_key(url)
    except ValueError:
        return None
    return url
