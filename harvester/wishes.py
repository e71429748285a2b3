"""What is asked of us: by pages (X-Robots-Tag, robots metas, TDMRep), and of events that are not to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harvester.extraction.values import CANCELLED
from harvester.network.reservations import RESERVED

NOT_LISTED = "noindex: the page asks not to be listed"
PRIVATE = "private: the event is not for everybody"
CALLED_OFF = frozenset({CANCELLED, PRIVATE})  # what is said of one event, and no fault of a source
TO_BE_FORGOTTEN = frozenset({NOT_LISTED, RESERVED, *CALLED_OFF})  # reasons after which nothing of a page is kept

_OURS = frozenset({"", "*", "aardekast"})  # whom a directive is for, where it is for us
_WITH_VALUE = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_NOT_LISTED = frozenset({"noindex", "none"})  # "none" is noindex and nofollow in one word
_NO_SNIPPET = frozenset({"nosnippet", "noarchive"})
_SNIPPET = 300  # characters of the longest snippet of a hit


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked; `refusal` is the reason for which the page is no resource, None where it may be one."""

    refusal: str | None
    may_show_snippet: bool


def wishes_of(*, tags: str = "", metas: str = "", header: str | None = None, meta: str | None = None) -> Wishes:
    """Read them: `tags` are the X-Robots-Tag headers, a line each, `metas` the contents of robots metas.

    `header` and `meta` are the values of tdm-reservation, of which the meta goes first.
    """
    words = frozenset(word for line in (*tags.splitlines(), metas) for word in _ours(line))
    is_reserved = (meta or header or "").strip() == "1"
    refusal = NOT_LISTED if words & _NOT_LISTED else RESERVED if is_reserved else None
    return Wishes(refusal, may_show_snippet=not (words & _NO_SNIPPET or any(map(_is_too_short, words))))


def _ours(line: str) -> Iterator[str]:
    """The directives of a line that are for us; a name before a colon says whom all that follow are for."""
    agent = ""
    for part in line.lower().split(","):
        name, colon, rest = (piece.strip() for piece in part.partition(":"))
        if colon and name not in _WITH_VALUE:
            agent, name, rest = name, *(piece.strip() for piece in rest.partition(":")[::2])
        if agent in _OURS:
            yield f"{name}:{rest}" if rest else name


def _is_too_short(word: str) -> bool:
    """Whether it allows fewer signs than our snippets have; -1 allows any number."""
    name, _, length = word.partition(":")
    return name == "max-snippet" and length.isdigit() and int(length[:9]) < _SNIPPET
