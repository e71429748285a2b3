"""What stands on every page of a site is no text of any of them."""

from __future__ import annotations

from dataclasses import replace

from aardekast.addresses import host_of
from aardekast.language.repeated import without_repeated
from harvester.items import Found
from harvester.job import Job
from harvester.pipelines.base import JobPipeline


class RepeatedPipeline(JobPipeline):
    """Takes out the lines that are known from many pages of the host; new ones are found at the end of a run."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._known: dict[str, frozenset[str]] = {}

    async def process_item(self, item: Found) -> Found:
        """The page without them."""
        found = item.harvested
        if found.format != "html" or self.job.kit.catalogue is None:
            return item
        text, passages = without_repeated(found.text, found.passages, await self._lines(host_of(found.url)))
        return replace(item, harvested=replace(found, text=text, passages=passages))

    async def _lines(self, host: str) -> frozenset[str]:
        catalogue = self.job.kit.catalogue
        assert catalogue is not None
        if host not in self._known:
            self._known[host] = await self.job.kit.aside(lambda: catalogue.repeated_lines(host))
        self.job.compared.add(host)
        return self._known[host]
