"""What the pages of a source answered at earlier visits and answer now: what has not changed is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from aardekast.catalogue import Visit
from aardekast.catalogue.keys import key_of
from harvester.items import Page

MOST_HELD = 100  # visits that a killed run forgets at most: their pages are read once more


class Memory:
    """Of one source in one run. `is_full` asks for everything as if it were asked for the first time."""

    def __init__(self, visits: Mapping[str, Visit], *, is_full: bool) -> None:
        self.is_full = is_full
        self._visits = visits
        self._begun: dict[str, Visit] = {}
        self._noted: list[Visit] = []
        self._unchanged: list[str] = []

    def visit(self, url: str) -> Visit | None:
        """What the address answered, None where that is not known or not to be relied on."""
        return None if self.is_full else self._visits.get(key_of(url))

    def begin(self, page: Page) -> Visit | None:
        """The earlier visit where the page is still the same; else the page is on its way to be read."""
        now = Visit(
            key=key_of(page.requested),
            answered=key_of(page.url),
            body=_digest(page),
            etag=page.etag,
            last_modified=page.last_modified,
        )
        before = self.visit(page.requested)
        if before is not None and (before.answered, before.body) == (now.answered, now.body):
            if (before.etag, before.last_modified) != (now.etag, now.last_modified):
                self._noted.append(replace(now, reason=before.reason))
            return before
        self._begun[page.requested] = now
        return None

    def end(self, requested: str, reason: str | None) -> None:
        """The page was kept, or rejected for this reason."""
        visit = self._begun.pop(requested, None)
        if visit is not None:
            self._noted.append(replace(visit, reason=reason))

    def note_unchanged(self, url: str) -> None:
        """The address answered as it did before."""
        self._unchanged.append(url)

    @property
    def is_heavy(self) -> bool:
        """Whether enough is held to be kept."""
        return len(self._noted) + len(self._unchanged) >= MOST_HELD

    def taken(self) -> tuple[list[Visit], list[str]]:
        """What is to be kept: new visits, and addresses that answered as before; from now on held no more."""
        taken = self._noted, self._unchanged
        self._noted, self._unchanged = [], []
        return taken


def keys_of(urls: Iterable[str]) -> set[str]:
    """The keys of what can be read as addresses."""
    keys = set()
    for url in urls:
        with suppress(ValueError):
            keys.add(key_of(url))
    return keys


def _digest(page: Page) -> str:
    """Of all that decides what becomes of the page."""
    digest = hashlib.blake2b(page.body, digest_size=16)
    digest.update(
        repr((page.content_type, page.robots, page.reservation, page.listed, page.recording)).encode("utf-8", "replace")
    )
    return digest.hexdigest()
