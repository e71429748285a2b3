"""What visitors sent and searched for, for the curators: letters in `aardekast review`, and `aardekast searches`."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Sequence
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from aardekast.catalogue import Catalogue
from aardekast.letters import Decision, Letter, LetterKind, WaitingLetter
from aardekast.resource import Review
from aardekast.searches import KEPT_FOR, QueryCount
from aardekast.searchfiles import SearchFiles
from aardekast.settings import Settings


def list_letters(letters: Sequence[WaitingLetter]) -> None:
    """Print what waits: on a terminal a table, else a line each, with tabs between its parts."""
    if not sys.stdout.isatty():
        for item in letters:
            told = (item.letter.title or item.letter.resource_id, item.letter.url, _detail(item.letter))
            parts = (item.id, str(item.letter.kind), *told, item.letter.text, item.letter.email)
            click.echo("\t".join(" ".join(part.split()) for part in parts))
    elif letters:
        table = Table("letter", "of", "what it says")
        for item in letters:
            table.add_row(item.id, f"{item.received:%Y-%m-%d}", Text(_told(item.letter)))
        Console().print(table)


def decide(catalogue: Catalogue, decision: Review, ids: Sequence[str], said: str) -> None:
    """Accept or reject letters; say how to add what was suggested. Raises UnknownLetterError."""
    accepts = decision is Review.ACCEPTED
    for done in catalogue.decide_letters(Decision.ACCEPTED if accepts else Decision.REJECTED, ids):
        click.echo(f"{said} {done.id}.")
        if accepts and done.letter.kind is LetterKind.SUGGESTION:
            click.echo(f"Add it, with its audience, by:\n{adding(done.letter)}")


def adding(letter: Letter) -> str:
    """The command that adds what was suggested, ready for a shell; the audience is left to the curator."""
    words = ["aardekast", "add", letter.url]
    words += [f"--title={letter.title}"] if letter.title else []
    words.append(f"--kind={letter.resource_kind or 'KIND'}")
    return f"{shlex.join(words)} --audience=AUDIENCE"


def _detail(letter: Letter) -> str:
    return letter.resource_kind if letter.kind is LetterKind.SUGGESTION else letter.reason


def _told(letter: Letter) -> str:
    """All of a letter, line by line."""
    first = " ".join(filter(None, (str(letter.kind), _detail(letter), letter.resource_id)))
    return "\n".join(filter(None, (first, letter.title, letter.url, letter.text, letter.email)))


@click.command()
@click.option(
    "--days",
    type=click.IntRange(1, KEPT_FOR.days),
    default=30,
    show_default=True,
    help="How far back to look; older than 90 days nothing is kept.",
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Queries in each list.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def searches(*, days: int, limit: int, as_json: bool) -> None:
    """Say what visitors search for most, and what they search for in vain."""
    summary = SearchFiles(Settings.load().searches_folder).summary(days=days, limit=limit)
    if as_json:
        click.echo(json.dumps(asdict(summary), ensure_ascii=False, indent=2))
        return
    click.echo(f"{summary.searches} searches in {days} days.")
    if summary.searches:
        click.echo(f"Half of them took less than {summary.median_ms} ms, 95 % less than {summary.p95_ms} ms.")
    _print_counts("Most frequent", summary.frequent)
    _print_counts("Without hits", summary.without_hits)


def _print_counts(title: str, counts: Sequence[QueryCount]) -> None:
    if counts:
        click.echo(f"\n{title}:")
    for count in counts:
        hits = "" if count.hits is None else f", {count.hits} hits"
        click.echo(f"{count.searches:>6}  {count.query}{hits}")
