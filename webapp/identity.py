"""Names that stay the same wherever the site stands: of feeds, entries, calendar events."""

from __future__ import annotations

AUTHORITY = "kogukonnaveeb.ee,2026"  # RFC 4151: who gives the names, and a year in which the domain was theirs


def name_of(kind: str, key: str) -> str:
    """`tag:kogukonnaveeb.ee,2026:aardekast/materjal/kriisiplaan`; `key` may hold what an address may."""
    return f"tag:{AUTHORITY}:aardekast/{kind}/{key}"
