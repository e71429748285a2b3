"""What all item pipelines have in common."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from harvester.job import Job


class JobPipeline:
    """An item pipeline that knows the job of its crawler."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler.spider.job)  # type: ignore[union-attr]
