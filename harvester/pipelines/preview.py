"""The last item pipeline of a preview."""

from __future__ import annotations

from aardekast.resource import Harvested
from harvester.pipelines.base import JobPipeline


class PreviewPipeline(JobPipeline):
    """Hands the page to the preview and keeps nothing."""

    def process_item(self, item: Harvested) -> Harvested:
        """The page as it is."""
        self.job.previewed.append(item)
        return item
