"""Commands around the index: bring it up to date, search it, say how things stand."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from html import unescape
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from aardekast.catalogue import CatalogueSummary
from aardekast.cli.state import State, opened, synchronised
from aardekast.curated.last_good import vocabulary_in_force
from aardekast.errors import CuratedFileError, IndexMissingError
from aardekast.settings import Settings
from index import PAGE_SIZE, Published, SearchPage, SearchRequest, engine_at


@click.command()
@click.option("--rebuild", is_flag=True, help="Analyse every document again.")
def index(*, rebuild: bool) -> None:
    """Bring the index up to the catalogue and publish it."""
    with synchronised(Settings.load()) as state:
        report_published(publish_state(state, rebuild=rebuild))
    if state.has_faults:
        sys.exit(CuratedFileError.exit_code)


def publish_state(state: State, *, rebuild: bool = False) -> Published:
    """Publish the catalogue of an open state."""
    engine = engine_at(state.settings.index_folder, state.vocabulary)
    return engine.build(state.catalogue) if rebuild else engine.update(state.catalogue)


def report_published(done: Published) -> None:
    """Say what publishing did."""
    if not done.is_new:
        click.echo(f"Index {done.generation} is up to date: {done.documents} documents.")
        return
    speed = f", {done.written / done.seconds:.0f} documents/s" if done.written and done.seconds else ""
    click.echo(
        f"Index {done.generation}: {done.documents} documents "
        f"({done.added} added, {done.changed} changed, {done.removed} removed) in {done.seconds:.1f} s{speed}."
    )


@click.command()
@click.argument("query")
@click.option("--audience", multiple=True, help="arendaja, kogukond or kov; may be repeated.")
@click.option("--topic", multiple=True, help="A topic of vocabulary.yaml; may be repeated.")
@click.option("--kind", multiple=True, help="A kind of vocabulary.yaml; may be repeated.")
@click.option("--lang", multiple=True, help="et, en, ru; may be repeated.")
@click.option("--limit", type=click.IntRange(1, 1000), default=PAGE_SIZE, show_default=True, help="Hits to show.")
@click.option("--json", "as_json", is_flag=True, help="Print what the API answers.")
def search(query: str, *, limit: int, as_json: bool, **filters: tuple[str, ...]) -> None:
    """Search as the site does."""
    settings = Settings.load()
    searcher = engine_at(settings.index_folder, vocabulary_in_force(settings)).open()
    page = searcher.search(
        SearchRequest(
            text=query,
            audiences=filters["audience"],
            topics=filters["topic"],
            kinds=filters["kind"],
            languages=filters["lang"],
            page_size=limit,
        )
    )
    if as_json:
        click.echo(json.dumps(page.as_json(), ensure_ascii=False, indent=2))
    else:
        _print_hits(page)


def _print_hits(page: SearchPage) -> None:
    console = Console(highlight=False)
    for number, hit in enumerate(page.hits, start=1):
        console.print(Text(f"{number:>3}. ") + _terminal(hit.title_html))
        console.print(Text(f"     {hit.resource.url}", style="blue"), soft_wrap=True)
        if hit.snippet:
            console.print(Padding(_terminal(hit.snippet), (0, 0, 0, 5)))
    console.print(f"{page.total} hits, {page.complete} with all words, {page.took_ms} ms.")


def _terminal(safe_html: str) -> Text:
    """Safe HTML with <mark> as the terminal's bold; nothing in it is taken for the terminal's own markup."""
    shown = Text()
    for number, piece in enumerate(re.split("</?mark>", safe_html)):
        shown.append(unescape(piece), style="bold yellow" if number % 2 else None)
    return shown


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(*, as_json: bool) -> None:
    """Say how old the index is, what the catalogue holds, how the sources' last runs went."""
    settings = Settings.load()
    with opened(settings) as catalogue:
        summary = catalogue.summary()
    values = {"index": _index_values(settings), **asdict(summary)}
    if as_json:
        click.echo(json.dumps(values, ensure_ascii=False, indent=2, default=str))
    else:
        _print_status(values["index"], summary)


def _index_values(settings: Settings) -> dict[str, Any] | None:
    try:
        searcher = engine_at(settings.index_folder, vocabulary_in_force(settings)).open()
    except IndexMissingError:
        return None
    age = (datetime.now(UTC) - searcher.published_at).total_seconds()
    return {
        "generation": searcher.generation,
        "documents": searcher.size,
        "published_at": searcher.published_at.isoformat(),
        "age_seconds": round(age),
    }


def _print_status(found: dict[str, Any] | None, summary: CatalogueSummary) -> None:
    if found is None:
        click.echo("No index yet: run 'aardekast index'.")
    else:
        minutes = found["age_seconds"] // 60
        click.echo(f"Index {found['generation']}: {found['documents']} documents, {minutes} minutes old.")
    copies = f", {summary.copies} folded as copies of them" if summary.copies else ""
    click.echo(
        f"{summary.visible} resources visible, {summary.with_text} with text{copies}; {summary.waiting} waiting."
    )
    for title, counts in (("kind", summary.by_kind), ("topic", summary.by_topic), ("status", summary.by_status)):
        click.echo(f"By {title}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    for id_, url in summary.dead_links:
        click.echo(f"Dead link: {id_} {url}")
    table = Table("source", "type", "last run", "read", "added", "changed", "failed", "fault")
    for source in summary.sources:
        figures = [str(source.counts.get(name, "")) for name in ("read", "added", "changed", "failed")]
        last = source.last_run.strftime("%Y-%m-%d %H:%M") if source.last_run else "never"
        table.add_row(*map(Text, (source.id, source.type or "", last, *figures, source.fault or "")))
    Console().print(table)
