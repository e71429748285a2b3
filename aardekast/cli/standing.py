"""The command that says how things stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from aardekast.catalogue import Catalogue, CatalogueSummary
from aardekast.catalogue.summary import NotTaken, SourceSummary
from aardekast.cli.state import opened
from aardekast.curated import load_curated
from aardekast.curated.last_good import vocabulary_in_force
from aardekast.errors import CuratedFileError, IndexMissingError
from aardekast.settings import Settings
from index import engine_at

EVERY_SOURCE = "*"
_MOST_COPIES = 10  # a line each; --json has them all
_COUNTS = ("read", "added", "changed", "unchanged", "missing", "rejected", "failed")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--not-taken",
    metavar="[SOURCE]",
    is_flag=False,
    flag_value=EVERY_SOURCE,
    help="List instead the addresses that the last run of the source, or of each, did not take, one by one, and why.",
)
def status(*, as_json: bool, not_taken: str | None) -> None:
    """Say how old the index is, what the catalogue holds, how the sources' last runs went."""
    settings = Settings.load()
    if not_taken is not None:
        _list_not_taken(settings, not_taken, as_json=as_json)
        return
    has_catalogue = Catalogue.is_at(settings.database_url)
    summary = _summary(settings) if has_catalogue else CatalogueSummary()
    found, faults = _index_values(settings), _faults(settings, summary)
    if as_json:
        values = {"has_catalogue": has_catalogue, "index": found, **asdict(summary), "faults": faults}
        click.echo(json.dumps(values, ensure_ascii=False, indent=2, default=str))
        return
    if not has_catalogue:
        click.echo("No catalogue yet: run 'aardekast run', or 'aardekast harvest' and 'aardekast index'.")
    _print_index(found)
    if has_catalogue:
        _print_summary(summary)
    for fault in faults:
        click.echo(f"Fault: {fault}")


def _summary(settings: Settings) -> CatalogueSummary:
    with opened(settings) as catalogue:
        return catalogue.summary()


def _list_not_taken(settings: Settings, source: str, *, as_json: bool) -> None:
    found: list[NotTaken] = []
    if Catalogue.is_at(settings.database_url):
        with opened(settings) as catalogue:
            found = catalogue.not_taken(None if source == EVERY_SOURCE else source)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2, default=str))
        return
    for one in found:
        click.echo(f"{one.source}\t{one.outcome}\t{one.url}\t{one.reason}")
    if not found:
        click.echo("No address is known that was not taken.", err=True)


def _index_values(settings: Settings) -> dict[str, Any] | None:
    try:
        searcher = engine_at(settings.index_folder, vocabulary_in_force(settings)).open()
    except (IndexMissingError, CuratedFileError):
        return None
    age = (datetime.now(UTC) - searcher.published_at).total_seconds()
    return {
        "generation": searcher.generation,
        "documents": searcher.size,
        "published_at": searcher.published_at.isoformat(),
        "age_seconds": round(age),
    }


def _faults(settings: Settings, summary: CatalogueSummary) -> list[str]:
    """What somebody should look at: the curators' files, sources that failed, a harvest that was broken off."""
    faults = [f"{source.id}: {source.fault}" for source in summary.sources if source.fault]
    if summary.last_run and summary.last_run.finished is None:
        faults.append("the last harvest was broken off, or is still under way; the next one carries on")
    try:
        load_curated(settings)
    except CuratedFileError as fault:
        faults.extend(str(fault).splitlines())
    return faults


def _print_index(found: dict[str, Any] | None) -> None:
    if found is None:
        click.echo("No index yet: run 'aardekast index'.")
    else:
        minutes = found["age_seconds"] // 60
        click.echo(f"Index {found['generation']}: {found['documents']} documents, {minutes} minutes old.")


def _print_summary(summary: CatalogueSummary) -> None:
    copies = f", {summary.copies} folded as copies of them" if summary.copies else ""
    click.echo(
        f"{summary.visible} resources visible, {summary.with_text} with text{copies}; {summary.waiting} waiting."
    )
    for title, counts in (("kind", summary.by_kind), ("topic", summary.by_topic), ("status", summary.by_status)):
        click.echo(f"By {title}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    for id_, url in summary.dead_links:
        click.echo(f"Dead link: {id_} {url}")
    for copy, original in summary.near_copies[:_MOST_COPIES]:
        click.echo(f"Copy: {copy} of {original}")
    if len(summary.near_copies) > _MOST_COPIES:
        click.echo(f"and {len(summary.near_copies) - _MOST_COPIES} more copies (--json lists them all)")
    _print_sources([source for source in summary.sources if source.last_run])
    if never := [source.id for source in summary.sources if not source.last_run]:
        click.echo(f"Never harvested: {', '.join(never)}")


def _print_sources(sources: Sequence[SourceSummary]) -> None:
    """A table on a terminal, elsewhere a line for each source."""
    rows = [(source.id, source.type or "", _when(source), _outcome(source)) for source in sources]
    console = Console()
    if not console.is_terminal:
        for row in rows:
            click.echo("  ".join(filter(None, row)))
    elif rows:
        table = Table("source", "type", "last run", "what came of it")
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)


def _when(source: SourceSummary) -> str:
    return f"{source.last_run:%Y-%m-%d %H:%M}" if source.last_run else ""


def _outcome(source: SourceSummary) -> str:
    counts = ", ".join(f"{source.counts[name]} {name}" for name in _COUNTS if source.counts.get(name))
    return "; ".join(filter(None, (source.fault, counts))) or "nothing new"
