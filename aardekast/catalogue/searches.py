"""What visitors searched for, in the catalogue for 90 days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from aardekast.catalogue.storable import storable
from aardekast.catalogue.tables import SearchRow
from aardekast.searches import KEPT_FOR, QueryCount, Searched, SearchSummary


def keep_searches(session: Session, searches: Sequence[Searched], now: datetime) -> None:
    """Keep them; what is older than 90 days goes."""
    forget_old_searches(session, now)
    session.add_all(
        SearchRow(
            at=search.at,
            query=storable(search.query),
            filters=storable(search.filters),
            hits=search.hits,
            took_ms=search.took_ms,
        )
        for search in searches
    )


def forget_old_searches(session: Session, now: datetime) -> None:
    """Delete what is older than 90 days."""
    session.execute(delete(SearchRow).where(SearchRow.at < now - KEPT_FOR))


def summarise_searches(session: Session, days: int, limit: int, now: datetime) -> SearchSummary:
    """The searches of the last so many days, each list no longer than `limit`."""
    since = select(SearchRow).where(SearchRow.at >= now - timedelta(days=days)).order_by(SearchRow.id)
    counts: Counter[str] = Counter()
    hits: dict[str, int] = {}
    times: list[float] = []
    for row in session.scalars(since):
        times.append(row.took_ms)
        if row.query:
            counts[row.query] += 1
            if not row.filters:
                hits[row.query] = row.hits
    found = [QueryCount(query=query, searches=n, hits=hits.get(query)) for query, n in counts.most_common()]
    return SearchSummary(
        days=days,
        searches=len(times),
        median_ms=round(float(np.median(times)), 1) if times else None,
        p95_ms=round(float(np.percentile(times, 95)), 1) if times else None,
        frequent=tuple(found[:limit]),
        without_hits=tuple([count for count in found if count.hits == 0][:limit]),
    )
