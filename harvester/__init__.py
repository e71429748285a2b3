"""Harvesting: from the web into the catalogue. Importing it starts nothing; Scrapy is loaded by the first harvest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from aardekast.resource import Harvested, Source
from harvester.summary import Preview, RunSummary

if TYPE_CHECKING:  # worker processes import this package too: without SQLAlchemy they start a second sooner
    from aardekast.catalogue import Catalogue
    from aardekast.catalogue.runs import SourceRun
    from aardekast.settings import Settings
    from aardekast.vocabulary import Vocabulary
    from harvester.tally import Tally

__all__ = ["Preview", "RunSummary", "harvest", "preview"]

Suggest = Callable[[Harvested], Mapping[str, Any]]
Explain = Callable[[Harvested], Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]]


def harvest(
    catalogue: Catalogue,
    settings: Settings,
    vocabulary: Vocabulary,
    *,
    source_ids: Sequence[str] = (),
    due_only: bool = False,
    limit: int | None = None,
    full: bool = False,
    begun: Callable[[Tally], None] | None = None,
    confirm_losses: bool = False,
    report: Callable[[SourceRun], None] | None = None,
    suggest: Suggest | None = None,
) -> RunSummary:
    """Harvest the named sources, else all, or those that are due; blocks until it is done or a signal ends it.

    `limit` caps the pages of each source. `full` reads whole what has not changed either, and finds the types of
    sources out anew. `confirm_losses` marks what vanished even where that is much of a source, and takes what is
    missing for gone. `begun` is called as each source begins, with the counts that will grow, `report` as it is
    finished. `suggest` gives values for a page, of which those that the vocabulary has are kept.
    Raises UnknownSourceError, and HarvestError where this process has harvested before.
    """
    summary: RunSummary = import_module("harvester.run").run(
        catalogue,
        settings,
        vocabulary,
        source_ids=source_ids,
        due_only=due_only,
        limit=limit,
        full=full,
        begun=begun,
        confirm_losses=confirm_losses,
        report=report,
        suggest=suggest,
    )
    return summary


def preview(
    url: str,
    settings: Settings,
    vocabulary: Vocabulary,
    *,
    suggest: Suggest | None = None,
    explain: Explain | None = None,
    sources: Sequence[Source] = (),
) -> Preview:
    """What would be harvested from an address; writes nothing.

    `explain` gives the suggested values of a page, by field, with the words that speak for them. Where the address is
    that of one of `sources`, what its entry says holds. Raises HarvestError.
    """
    found: Preview = import_module("harvester.preview").run(
        url, settings, vocabulary, suggest=suggest, explain=explain, sources=sources
    )
    return found
