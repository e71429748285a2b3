"""What a document is worth before anything is asked, by its kind and year: gentle, to part those that say the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index import weights
from index.stored import Floats

_GUIDES = frozenset(["juhendmaterjal", "toovihik"])
_NEWS = frozenset(["uudis", "koolitus"])


def prior(kind: str | None, year: int | None, this_year: int) -> float:
    """The factor of a document's score: guides before news, newer before older, an unknown year between the two."""
    age = weights.OLD / 2 if year is None else min(max(this_year - year, 0), weights.OLD)
    of_kind = weights.GUIDE if kind in _GUIDES else weights.NEWS if kind in _NEWS else weights.OTHER_KIND
    return of_kind * (1 - weights.AGE * age / weights.OLD)


def priors(kinds: Sequence[str | None], years: Sequence[int | None], this_year: int) -> Floats:
    """The factor of each document."""
    pairs = zip(kinds, years, strict=True)
    return np.array([prior(kind, year, this_year) for kind, year in pairs], dtype=np.float32)
