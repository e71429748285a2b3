"""Page -> what stands in it, by a worker process."""

from __future__ import annotations

from aardekast.resource import Harvested
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.items import Found, Page
from harvester.pipelines.base import JobPipeline
from harvester.reasons import NotTakenError
from harvester.wishes import Wishes, wishes_of


class ExtractPipeline(JobPipeline):
    """Has the page extracted and heeds what it says to robots."""

    async def process_item(self, item: Page | Harvested) -> Found:
        """The page with its text. Raises NotTakenError."""
        if isinstance(item, Harvested):
            return Found(harvested=item)
        _heed(wishes_of(tags=item.robots))  # nothing is read that is not to be kept
        publisher = self.job.source.publisher
        raw = Raw(url=item.url, body=item.body, content_type=item.content_type, publisher=publisher)
        extract = await self.job.kit.extractors.extract(raw)
        if isinstance(extract, NoExtract):
            raise NotTakenError(extract.reason, extract.outcome)
        wishes = wishes_of(tags=item.robots, metas=extract.robots, header=item.reservation, meta=extract.reservation)
        _heed(wishes)
        return Found(
            harvested=_harvested(item, extract, may_show_snippet=wishes.may_show_snippet),
            declared_language=extract.language,
        )


def _heed(wishes: Wishes) -> None:
    """Raises NotTakenError where the page is not to be a resource."""
    if wishes.refusal is not None:
        raise NotTakenError(wishes.refusal)


def _harvested(page: Page, extract: Extract, *, may_show_snippet: bool) -> Harvested:
    return Harvested(
        source=page.source,
        requested=page.requested,
        url=page.url,
        redirects=page.redirects,
        canonical=extract.canonical,
        title=extract.title or page.listed.title,
        text=extract.text,
        description=extract.description,
        authors=extract.authors,
        published=extract.published or page.listed.published,
        format=extract.format,
        pages=extract.pages,
        passages=extract.passages,
        etag=page.etag,
        last_modified=page.last_modified,
        may_show_snippet=may_show_snippet,
    )
