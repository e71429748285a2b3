"""Commands around the harvest: harvest sources, preview an address."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click

from aardekast.cli.progress import teller
from aardekast.cli.state import State, synchronised
from aardekast.curated import SourceEntry, load_curated
from aardekast.curated.last_good import vocabulary_in_force
from aardekast.errors import CuratedFileError
from aardekast.language.counties import CountyNames, suggest_counties
from aardekast.language.topic_words import Card, TopicWords
from aardekast.language.topics import suggest_topics
from aardekast.locks import exclusive
from aardekast.resource import Harvested, Source
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary

SOURCES_FAILED = 3


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--full", is_flag=True, help="Also sources whose turn it is not, and whole what has not changed.")
@click.option("--limit", type=click.IntRange(1), help="At most so many pages of each source.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines: a line for each source, then one for the run.")
@click.option("--confirm-losses", is_flag=True, help="What vanished from the named sources is gone, be it much.")
def harvest(sources: tuple[str, ...], *, full: bool, limit: int | None, confirm_losses: bool, as_json: bool) -> None:
    """Harvest what is due, or the named sources; 'curated' is the source of the curated addresses."""
    if confirm_losses and not sources:
        raise click.UsageError("Name the sources whose losses --confirm-losses confirms.")
    settings = Settings.load()
    with exclusive(settings.home / "harvest.lock", "A harvest"), synchronised(settings) as state:
        code = harvest_state(
            state, sources=sources, full=full, limit=limit, confirm_losses=confirm_losses, as_json=as_json
        )
    sys.exit(code)


def harvest_state(
    state: State,
    *,
    sources: tuple[str, ...] = (),
    full: bool = False,
    limit: int | None = None,
    as_json: bool = False,
    confirm_losses: bool = False,
) -> int:
    """Harvest into an open state; the exit code."""
    from harvester import harvest as run_harvest

    due_only = not (sources or full)
    with teller(len(state.catalogue.source_ids(sources, due_only=due_only)), as_json=as_json) as told:
        summary = run_harvest(
            state.catalogue,
            state.settings,
            state.vocabulary,
            source_ids=sources,
            due_only=due_only,
            full=full,
            confirm_losses=confirm_losses,
            limit=limit,
            begun=told.begun,
            report=told.done,
            suggest=Suggester(state.vocabulary, state.catalogue.cards()).suggest,
        )
        code = CuratedFileError.exit_code if state.has_faults else SOURCES_FAILED if summary.failed_sources else 0
        told.ended(summary, code)
    return code


class Suggester:
    """What the harvester asks for the topics and counties of a page, by field; nothing of pages in other languages."""

    def __init__(self, vocabulary: Vocabulary, cards: Iterable[Card]) -> None:
        """Topics are learnt from the cards, which takes a second."""
        self._topics = TopicWords(vocabulary, cards)
        self._counties = CountyNames(vocabulary)

    def suggest(self, found: Harvested) -> Mapping[str, tuple[str, ...]]:
        """The values alone."""
        return {field: tuple(value for value, _ in explained) for field, explained in self.explain(found).items()}

    def explain(self, found: Harvested) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        """Each value with the words that speak of it."""
        if found.language not in (None, "et"):
            return {}
        # What the site itself files the page under says as much as a heading.
        filed_under = found.suggested.get("keywords", ())
        headings = [*filed_under, *(passage.heading for passage in found.passages if passage.heading)]
        text = f"{found.description}\n{found.text}"
        suggested = {
            "topics": suggest_topics(found.title, headings, text, self._topics),
            "counties": suggest_counties(found.title, headings, text, self._counties),
        }
        return {field: tuple((s.value, s.words) for s in suggestions) for field, suggestions in suggested.items()}


@click.command()
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def preview(url: str, *, as_json: bool) -> None:
    """Say what would be harvested from an address, tagged how, and why; nothing is kept."""
    from harvester import preview as run_preview
    from harvester.preview_report import preview_lines

    settings = Settings.load()
    vocabulary = vocabulary_in_force(settings)
    cards, sources = _without_fault(settings)
    suggester = Suggester(vocabulary, cards)
    found = run_preview(
        url, settings, vocabulary, suggest=suggester.suggest, explain=suggester.explain, sources=sources
    )
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
    else:
        click.echo("\n".join(preview_lines(found)))


def _without_fault(settings: Settings) -> tuple[Sequence[Card], Sequence[Source]]:
    """Cards and sources of resources.yaml; none while it has faults: the words of the vocabulary are left."""
    try:
        curated = load_curated(settings)
    except CuratedFileError:
        return (), ()
    return curated.resources, [_source(entry) for entry in curated.sources]


def _source(entry: SourceEntry) -> Source:
    written = entry.model_dump()
    written["audiences"] = written.pop("audience")
    values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in written.items()}
    return Source(**values)
