"""What a document's kind and age are worth before anything is asked: gentle, so that they only part equals."""

from __future__ import annotations

# Factors of the score. A guide says more of a matter than a news item that says the same.
_KINDS = {
    "juhendmaterjal": 1.0,
    "toovihik": 1.0,
    "kogemuslugu": 0.98,
    "teadusartikkel": 0.98,
    "veebiettekanne": 0.98,
    "artikkel": 0.97,
    "noustajad": 0.97,
    "uudis": 0.94,
    "koolitus": 0.94,
}
_OTHER_KIND = 0.97
_OLDEST = 0.97  # of a text of HALF_LIFE and more years
_YEARS = 10


def prior(kind: str, year: int | None, this_year: int) -> float:
    return _KINDS.get(kind, _OTHER_KIND)
