"""Pages that were read before: the first of the item pipelines."""

from __future__ import annotations

from aardekast.resource import Harvested
from harvester.items import Page
from harvester.memory import keys_of
from harvester.pipelines.base import JobPipeline
from harvester.reasons import SettledError


class KnownPipeline(JobPipeline):
    """Lets a page that is byte for byte what it was cost no extraction: many hosts answer no conditional request."""

    async def process_item(self, item: Page | Harvested) -> Page | Harvested:
        """The item as it is. Raises SettledError for a page that did not change."""
        memory = self.job.memory
        self.job.seen |= keys_of((item.requested, item.url))
        if memory is None or not isinstance(item, Page):
            return item
        before = memory.begin(item)
        await self.job.remember()
        if before is None:
            return item
        self.job.settle_unchanged(item.requested, before.reason)
        raise SettledError
