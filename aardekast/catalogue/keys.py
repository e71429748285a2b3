"""The primary keys of addresses."""

from __future__ import annotations

import hashlib

from aardekast.addresses import canonical_key


def key_of(url: str) -> str:
    """A digest of the address's canonical key, which may be too long for an index."""
    return hashlib.blake2b(canonical_key(url).encode("utf-8", "replace"), digest_size=16).hexdigest()
