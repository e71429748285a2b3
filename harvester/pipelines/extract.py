"""Page -> what stands in it, by a worker process."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aardekast.addresses import host_of
from aardekast.resource import Harvested
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.items import Found, Page
from harvester.pipelines.base import JobPipeline
from harvester.reasons import NotTakenError
from harvester.spiders.keywords import clean_keywords
from harvester.wishes import Wishes, wishes_of


class ExtractPipeline(JobPipeline):
    """Has the page extracted and heeds what it says to robots."""

    async def process_item(self, item: Page | Harvested) -> Found:
        """The page with its text. Raises NotTakenError."""
        if isinstance(item, Harvested):
            return Found(harvested=item, is_record=True, declared_language=item.language)
        _heed(wishes_of(tags=item.robots))  # nothing is read that is not to be kept
        source = self.job.source
        raw = Raw(
            url=item.url,
            body=item.body,
            content_type=item.content_type,
            publisher=source.publisher,
            language=source.language,
            repeated=await self.job.repeating.lines(host_of(item.url)),
        )
        extract = await self.job.kit.extractors.extract(raw)
        if isinstance(extract, NoExtract) and item.recording is not None:
            return Found(harvested=item.recording)
        if isinstance(extract, NoExtract):
            raise NotTakenError(extract.reason, extract.outcome)
        wishes = wishes_of(tags=item.robots, metas=extract.robots, header=item.reservation, meta=extract.reservation)
        _heed(wishes)
        return Found(
            harvested=_harvested(item, extract, may_show_snippet=wishes.may_show_snippet),
            declared_language=extract.language,
            detected=extract.detected,
        )


def _heed(wishes: Wishes) -> None:
    """Raises NotTakenError where the page is not to be a resource."""
    if wishes.refusal is not None:
        raise NotTakenError(wishes.refusal)


def _harvested(page: Page, extract: Extract, *, may_show_snippet: bool) -> Harvested:
    if page.recording is not None:
        return _recording(page.recording, extract, may_show_snippet=may_show_snippet)
    return Harvested(
        source=page.source,
        requested=page.requested,
        url=page.url,
        redirects=page.redirects,
        temporary=page.temporary,
        canonical=extract.canonical,
        title=extract.title or page.listed.title,
        text=extract.text,
        description=extract.description,
        authors=extract.authors,
        published=(page.listed.is_record and page.listed.published) or extract.published or page.listed.published,
        format=extract.format,
        kind=extract.kind,
        licence=extract.licence,
        starts=extract.starts,
        ends=extract.ends,
        place=extract.place,
        pages=extract.pages,
        minutes=extract.minutes,
        passages=extract.passages,
        alternates=extract.alternates,
        origins=extract.origins,
        bands=extract.bands,
        etag=page.etag,
        last_modified=page.last_modified,
        may_show_snippet=may_show_snippet,
        suggested=_suggested(page, extract),
    )


def _suggested(page: Page, extract: Extract) -> dict[str, Any]:
    """What the page's list and the page say of it, by field, where the curators say nothing."""
    keywords = clean_keywords((*page.listed.keywords, *extract.keywords))
    values = {
        "keywords": keywords,
        "publisher": extract.publisher,
        "kind": extract.likely_kind,
        "audiences": extract.audiences,
    }
    return {field: value for field, value in values.items() if value}


def _recording(found: Harvested, extract: Extract, *, may_show_snippet: bool) -> Harvested:
    """A recording with what only its page says; the page's text is not what is said in it."""
    return replace(
        found,
        title=found.title or extract.title,
        description=found.description or extract.description,
        authors=found.authors or extract.authors,
        published=found.published or extract.published,
        may_show_snippet=may_show_snippet,
    )
