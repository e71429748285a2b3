"""Commands around the index: bring it up to date, search it."""

from __future__ import annotations

import json
import re
import sys
from html import unescape

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from aardekast.cli.state import State, synchronised
from aardekast.curated.last_good import vocabulary_in_force
from aardekast.errors import CuratedFileError
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
    """Publish the catalogue of an open state: to visitors, then to those who harvest it."""
    engine = engine_at(state.settings.index_folder, state.vocabulary)
    done = engine.build(state.catalogue) if rebuild else engine.update(state.catalogue)
    state.catalogue.keep_records(state.vocabulary)
    return done


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
