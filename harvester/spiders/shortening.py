"""A description for a card out of a longer one."""

from __future__ import annotations

LONGEST = 300  # signs, as many as a snippet has: whoever wrote more of it shows the rest


def shortened(text: str) -> str:
    """The beginning of a text in one line, cut between two words."""
    words = " ".join(text.split())
    if len(words) <= LONGEST:
        return words
    return words[: LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…"
