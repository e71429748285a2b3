"""Which pages are worth finding."""

from __future__ import annotations

from harvester.items import Found
from harvester.pipelines.base import JobPipeline
from harvester.reasons import NotTakenError

# Of 18 pages of a real site the five that are little more than a menu have 8 to 12 words, the shortest real one 47.
LEAST_WORDS = 20


class QualityPipeline(JobPipeline):
    """Keeps empty pages, and those that are little more than a menu, from becoming resources."""

    def process_item(self, item: Found) -> Found:
        """The page itself. Raises NotTakenError."""
        found = item.harvested
        if not found.title:
            raise NotTakenError("no title")
        if found.format != "video" and not item.is_record:
            words = len(found.text.split())
            if not words:
                raise NotTakenError("empty page")
            if words < LEAST_WORDS:
                raise NotTakenError(f"little text ({words} words)")
        return item
