"""A run for people: a table on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.table import Table

from aardekast.catalogue.runs import SourceRun
from harvester.summary import COUNTS, RunSummary
from harvester.tally import LEFT_OUT

_MOST_REASONS = 5  # kinds of reasons for each source; the catalogue keeps them all


def summary_table(summary: RunSummary) -> Table:
    """A line for each source, and the totals; without a network every line would say the same, and there are none."""
    table = Table(show_footer=len(summary.sources) > 1)
    totals = summary.totals
    table.add_column("source", footer="together")
    for name in COUNTS:
        table.add_column(name, justify="right", footer=str(totals[name]))
    table.add_column("s", justify="right", footer=f"{summary.seconds:.0f}")
    table.add_column("why not", overflow="fold")
    for run in summary.sources if not summary.is_offline else ():
        counts = [str(run.counts.get(name, 0) or "") for name in COUNTS]
        table.add_row(run.source, *counts, f"{_seconds(run):.0f}", "\n".join(_why(run)))
    return table


def plain_line(run: SourceRun) -> str:
    """One source on one plain line."""
    counts = ", ".join(f"{run.counts[name]} {name}" for name in COUNTS if run.counts.get(name))
    line = f"{run.source}: {counts or 'nothing'} ({_seconds(run):.0f} s)"
    return f"{line}; FAILED: {run.fault}" if run.fault else line


def summary_lines(summary: RunSummary) -> Iterator[str]:
    """The whole run in plain lines; without a network every source would say the same."""
    if summary.is_offline:
        yield summary.sentence
        return
    for run in summary.sources:
        yield from source_lines(run)
    yield summary.sentence


def source_lines(run: SourceRun) -> Iterator[str]:
    """One source in plain lines, and why addresses were not taken."""
    yield plain_line(run)
    for why in _reasons(run):
        yield f"    {why}"


def source_object(run: SourceRun) -> dict[str, Any]:
    """One source for programs: all that the catalogue keeps of its run, every address that was not taken among it."""
    return {"event": "source", **asdict(run), "seconds": _seconds(run)}


def run_object(summary: RunSummary, exit_code: int) -> dict[str, Any]:
    """The whole run for programs; what it did with each source stands in the objects of these."""
    return {
        "event": "run",
        "started": summary.started,
        "finished": summary.finished,
        "seconds": summary.seconds,
        "sources": len(summary.sources),
        "failed_sources": [run.source for run in summary.failed_sources],
        "counts": summary.totals,
        "is_offline": summary.is_offline,
        "was_stopped": summary.was_stopped,
        "sentence": summary.sentence,
        "exit_code": exit_code,
    }


def _why(run: SourceRun) -> Iterator[str]:
    if run.fault:
        yield run.fault
    yield from _reasons(run)


def _reasons(run: SourceRun) -> Iterator[str]:
    """The reasons with how often each occurred, the most frequent first."""
    kinds = Counter(f"{reason.outcome}: {reason.reason}" for reason in run.reasons).most_common()
    for kind, number in kinds[:_MOST_REASONS]:
        yield f"{number} × {kind}"
    if len(kinds) > _MOST_REASONS:
        yield f"and {len(kinds) - _MOST_REASONS} other reasons"
    if run.counts.get(LEFT_OUT):
        yield f"{run.counts[LEFT_OUT]} more addresses left out (max_pages)"


def _seconds(run: SourceRun) -> float:
    return (run.finished - run.started).total_seconds()
