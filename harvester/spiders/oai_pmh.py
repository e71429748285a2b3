"""The spider of sources of the type `oai-pmh`: the records of a repository.

A record becomes a material as its metadata describe it, one of Dublin Core with the abstract as its text; its page is
not visited. oai_dc names no files, the pages of DSpace 7 are empty without JavaScript, and a request for each of some
thousand theses would take hours where their records come a hundred at a time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request

from aardekast.catalogue.keys import key_of
from aardekast.errors import NotFetchedError
from aardekast.resource import Status
from harvester.items import Item
from harvester.job import Job
from harvester.spiders.base import SourceSpider
from harvester.spiders.oai_answers import Answer, Record
from harvester.spiders.oai_formats import DUBLIN_CORE, format_at
from harvester.spiders.oai_lists import RecordLists, Repository, from_moment, granularity_of, repository_at
from harvester.tally import LEFT_OUT

DELETED = "deleted in the repository"
NO_RECORDS = "the repository has no such record"


class OaiPmhSpider(SourceSpider):
    """Takes the records of a repository, at later visits those that changed since."""

    name = "oai-pmh"

    def __init__(self, job: Job, **options: Any) -> None:
        super().__init__(job, **options)
        self._is_complete = True
        self._format = DUBLIN_CORE
        self._known = {key: known for known in job.known for key in known.keys}

    async def listing(self) -> AsyncIterator[Request | Item]:
        """The records of each set. Raises NotFetchedError."""
        repository = repository_at(self.job.source.url)
        granularity = await granularity_of(self.fetch, repository)
        self._format = await format_at(self.fetch, repository)
        since = from_moment(self.job.since, granularity) if self.job.since else None
        moments: list[str | None] = []
        for set_ in repository.sets or (None,):
            seen = 0
            async for answer in RecordLists(self.fetch, repository, self._format.prefix, set_, since):
                moments.append(answer.moment)
                self._note(answer, repository, since)
                for record in answer.records:
                    if (item := self._item(record, repository)) is not None:
                        yield item
                seen += len(answer.records)
                if self.is_full and (answer.token or self.job.tally.counts[LEFT_OUT]):
                    self.job.tally.counts[LEFT_OUT] += max(0, (answer.size or 0) - seen)
                    self._is_complete = False
                    break
        if self._is_complete and moments:
            self.job.complete_as_of = moments[0]

    def _note(self, answer: Answer, repository: Repository, since: str | None) -> None:
        """Report what is to be known of a list."""
        if not answer.is_whole:
            self._is_complete = False
            self.missed(NotFetchedError(repository.base, "failed", "broken XML: some records could not be read"))
        if answer.error is not None and since is None:
            self.missed(NotFetchedError(self.job.source.url, "rejected", NO_RECORDS))

    def _item(self, record: Record, repository: Repository) -> Item | None:
        """The record as a material, None where it is not wanted."""
        entry = repository.record(record.identifier)
        if record.is_deleted:
            self._delete(entry)
            return None
        url = self._format.address_of(record, repository.base)
        if url is None:
            self.job.tally.not_taken(record.identifier, "rejected", "names no address of its page")
            return None
        if not self.scope.matches(url):
            return None
        request = self.page(url)
        if request is None:
            return None
        self.job.tally.count("read")
        return self._format.harvested(record, self.job.source.id, entry, request.url, repository.base)

    def _delete(self, entry: str) -> None:
        """What was kept of a record that the repository deleted is gone."""
        known = self._known.get(key_of(entry))
        if known is not None and known.status != Status.GONE:
            self.job.tally.not_taken(known.url, "missing", DELETED)
            self.job.deleted.add(known.url)
