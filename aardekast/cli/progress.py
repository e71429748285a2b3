"""How a harvest tells what it does: bars on a terminal, plain lines elsewhere, JSON Lines for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from aardekast.catalogue import SourceRun

if TYPE_CHECKING:  # what it tells of is loaded by the harvest itself
    from harvester import RunSummary
    from harvester.tally import Tally


@dataclass(frozen=True, slots=True)
class Teller:
    """Told of a source that begins, with its counts as they grow, of one that is done, and of the whole run."""

    begun: Callable[[Tally], None]
    done: Callable[[SourceRun], None]
    ended: Callable[[RunSummary, int], None]


@contextmanager
def teller(total: int, *, as_json: bool) -> Iterator[Teller]:
    """The right one for where the output goes; `total` sources are harvested."""
    console = Console()
    if as_json:
        yield Teller(_nothing, lambda done: _say(_source_object(done)), lambda run, code: _say(_run_object(run, code)))
    elif console.is_terminal:
        with _bars(console, total) as told:
            yield told
    else:
        yield Teller(_nothing, _print_lines, lambda run, _code: click.echo(run.sentence))


def _nothing(_tally: Tally) -> None:
    """Nothing is told of what only begins."""


def _say(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def _print_lines(done: SourceRun) -> None:
    from harvester.report import source_lines

    click.echo("\n".join(source_lines(done)))


def _source_object(done: SourceRun) -> dict[str, Any]:
    from harvester.report import source_object

    return source_object(done)


def _run_object(summary: RunSummary, exit_code: int) -> dict[str, Any]:
    from harvester.report import run_object

    return run_object(summary, exit_code)


class _Counts(ProgressColumn):
    """What a source has come to so far."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        """The counts that are not zero."""
        tally: Tally | None = task.fields.get("tally")
        counts = dict(tally.counts) if tally else {}
        return Text(", ".join(f"{count} {name}" for name, count in counts.items() if count))


@contextmanager
def _bars(console: Console, total: int) -> Iterator[Teller]:
    """A bar for all sources, and below it a line for each that is being harvested; at the end the table."""
    from harvester.report import plain_line, summary_table

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), _Counts())
    bars = Progress(*columns, console=console, transient=True)
    tasks = {"": bars.add_task("sources", total=total)}

    def begun(tally: Tally) -> None:
        tasks[tally.source_id] = bars.add_task(tally.source_id, total=None, tally=tally)

    def done(run: SourceRun) -> None:
        console.print(plain_line(run), highlight=False, markup=False)
        bars.remove_task(tasks.pop(run.source))
        bars.advance(tasks[""])

    def ended(summary: RunSummary, _code: int) -> None:
        bars.stop()
        if summary.sources and not summary.is_offline:
            console.print(summary_table(summary))
        click.echo(summary.sentence)

    with bars:
        yield Teller(begun, done, ended)
