"""Searches kept in the state folder: a file of JSON Lines for each day, which goes as a whole after 90 days.

Files and not the catalogue: a site writes them every few seconds and would else want its turn between those who
harvest, and 30 MB more for the database in each of its processes.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from aardekast.errors import InboxError
from aardekast.searches import KEPT_FOR, QueryCount, Searched, SearchSummary

_SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """The files below a folder; any number of processes may add to them at once."""

    folder: Path

    def keep_searches(self, searches: Sequence[Searched]) -> None:
        """Add searches to the files of their days, and delete what is too old. Raises InboxError."""
        lines: defaultdict[date, list[str]] = defaultdict(list)
        for search in searches:
            values = asdict(search) | {"at": search.at.isoformat(timespec="seconds")}
            lines[search.at.astimezone(UTC).date()].append(json.dumps(values, ensure_ascii=False))
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for day, written in lines.items():
                _append(self._file(day), "".join(f"{line}\n" for line in written))
            self.forget_old()
        except OSError as fault:
            raise InboxError(f"{self.folder} takes no searches in just now: {fault}") from fault

    def forget_old(self) -> None:
        """Delete the files of days that are more than 90 days ago. Raises OSError."""
        first = datetime.now(UTC).date() - KEPT_FOR
        for day, path in self._files():
            if day < first:
                path.unlink(missing_ok=True)

    def summary(self, *, days: int, limit: int) -> SearchSummary:
        """The searches of today and of so many days before, each list no longer than `limit`."""
        counts: Counter[str] = Counter()
        hits: dict[str, int] = {}
        times: list[float] = []
        for search in self._since(datetime.now(UTC).date() - timedelta(days=days)):
            times.append(search.took_ms)
            if search.query:
                counts[search.query] += 1
                if not search.filters:
                    hits[search.query] = search.hits
        found = [QueryCount(query=query, searches=n, hits=hits.get(query)) for query, n in counts.most_common()]
        median, p95 = np.percentile(times, (50, 95)).round(1).tolist() if times else (None, None)
        return SearchSummary(
            days=days,
            searches=len(times),
            median_ms=median,
            p95_ms=p95,
            frequent=tuple(found[:limit]),
            without_hits=tuple([count for count in found if count.hits == 0][:limit]),
        )

    def _since(self, first: date) -> Iterator[Searched]:
        for day, path in self._files():
            if day >= first:
                for line in path.read_text("utf-8", "replace").splitlines():
                    try:
                        values = json.loads(line)
                        yield Searched(**values | {"at": datetime.fromisoformat(values["at"])})
                    except (ValueError, TypeError, KeyError):
                        continue  # half a line: its process was killed, or the disk was full

    def _files(self) -> list[tuple[date, Path]]:
        """Each day with its file, in their order."""
        return sorted((date.fromisoformat(path.stem), path) for path in self.folder.glob(f"????-??-??{_SUFFIX}"))

    def _file(self, day: date) -> Path:
        return self.folder / f"{day.isoformat()}{_SUFFIX}"


def _append(path: Path, text: str) -> None:
    """Add to the end in one go, so that two processes do not write into each other's lines."""
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, text.encode("utf-8", "replace"))
    finally:
        os.close(file)
