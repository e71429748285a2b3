"""Into the catalogue."""

from __future__ import annotations

from aardekast.addresses import host_of
from aardekast.catalogue import BUILT_IN_SOURCE
from aardekast.resource import Harvested, Outcome
from harvester.pipelines.base import JobPipeline
from harvester.reasons import NotTakenError

BY_CURATORS = "by the curators"  # how reasons end that are theirs and may change without the page


class KeepPipeline(JobPipeline):
    """Keeps a page and counts what that did."""

    async def process_item(self, item: Harvested) -> Harvested:
        """The page as it is. Raises NotTakenError where the curators do not want it."""
        keeper = self.job.kit.keeper
        assert keeper is not None
        source = None if self.job.source.id == BUILT_IN_SOURCE else self.job.source
        outcome = await keeper.keep(item, source)
        if outcome in (Outcome.WITHDRAWN, Outcome.REJECTED):
            raise NotTakenError(f"{outcome} {BY_CURATORS}")
        if outcome == Outcome.ELSEWHERE:
            raise NotTakenError("leads to another page for the moment", "failed")
        self.job.tally.count(outcome)
        await self.job.repeating.note_kept(host_of(item.url))
        return item
