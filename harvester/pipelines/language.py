"""The language of a text."""

from __future__ import annotations

from dataclasses import replace

from aardekast.language.detect import detect_language
from harvester.items import Found
from harvester.pipelines.base import JobPipeline


class LanguagePipeline(JobPipeline):
    """Detects the language; where the text is too short, what the page declares and the source's default remain.

    Of a record its own word goes first: it tells the language of the work, which its abstract may not be in.
    """

    async def process_item(self, item: Found) -> Found:
        """The page with its language."""
        found = item.harvested
        hint = item.declared_language or self.job.source.language
        language = item.detected or found.language
        if language is None and (item.is_record or not found.text):
            text = found.text or f"{found.title}. {found.description}"
            language = await self.job.kit.aside(lambda: detect_language(text, hint=hint))
        return replace(item, harvested=replace(found, language=language or item.declared_language))
