"""Values that only a program guessed."""

from __future__ import annotations

from dataclasses import replace

from aardekast.resource import Harvested
from harvester.items import Found
from harvester.pipelines.base import JobPipeline


class SuggestPipeline(JobPipeline):
    """Adds what the caller of the harvest suggests for a page."""

    async def process_item(self, item: Found) -> Harvested:
        """The page with suggestions."""
        found, kit = item.harvested, self.job.kit
        suggested = await kit.aside(lambda: kit.suggest(found))
        return replace(found, suggested={**found.suggested, **suggested})
