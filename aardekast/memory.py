"""Memory that is given back: what a search or a page needs for a moment must not stay with the process for ever."""

from __future__ import annotations

import contextlib
import ctypes

# mallopt's numbers (malloc.h of glibc). Left alone, glibc learns from large arrays to keep ever more of what was freed:
# over 50,000 documents a process holds 131 MB of its own after 500 queries, with these 95 MB, and is as fast.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_TRIMMED = 4 << 20  # bytes free at the end of the heap
_MAPPED = 1 << 20  # bytes of one array


def give_back_memory(*, arenas: int = 0) -> None:
    """Let the C library return freed memory early; where it is another than glibc, nothing happens.

    `arenas`, if any, are the heaps that all threads share: else each has its own, with what only it can use again.
    """
    with contextlib.suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_TRIM_THRESHOLD, _TRIMMED)
        mallopt(_MMAP_THRESHOLD, _MAPPED)
        if arenas:
            mallopt(_ARENA_MAX, arenas)
