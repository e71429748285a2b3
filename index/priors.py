"""What a document is worth before anything is asked, by its kind and year: gentle, to part those that say the same."""

from __future__ import annotations

import numpy as np

from index import weights
from index.columns import Columns, Floats, Value

_GUIDES = frozenset(["juhendmaterjal", "toovihik"])
_NEWS = frozenset(["uudis", "koolitus"])


def priors(columns: Columns, this_year: int) -> Floats:
    """The factor of each document's score: guides before news, newer before older, an unknown year in between."""
    kinds, years = columns.facets["kind"], columns.facets["year"]
    worth = np.full(columns.size, weights.OTHER_KIND, dtype=np.float32)
    of_kinds = np.array([worth_of_kind(kind) for kind in kinds.values], dtype=np.float32)
    of_years = np.array([worth_of_year(year, this_year) for year in years.values], dtype=np.float32)
    worth[kinds.documents] = of_kinds[kinds.codes]
    worth[years.documents] *= of_years[years.codes]
    return worth


def worth_of_kind(kind: Value) -> float:
    """Guides before news."""
    return weights.GUIDE if kind in _GUIDES else weights.NEWS if kind in _NEWS else weights.OTHER_KIND


def worth_of_year(year: Value, this_year: int) -> float:
    """Newer before older; an unknown year is of half the age of an old one."""
    age = min(max(this_year - year, 0), weights.OLD) if isinstance(year, int) else weights.OLD / 2
    return 1 - weights.AGE * age / weights.OLD
