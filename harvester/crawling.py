"""Scrapy as this harvester uses it: its settings, and its log kept quiet."""

from __future__ import annotations

import logging
from typing import Any

from aardekast.settings import Settings

REDIRECTS = 5  # http -> https -> www -> new site -> new page; more is a circle
_BUSY_HOSTS = 64  # of the curated addresses, on some hundred hosts, each with a turn of its own


def scrapy_settings(settings: Settings, *, keeps: bool) -> dict[str, Any]:
    """For every crawler of a run; the gate does the pacing, Scrapy's own slots only keep a host's requests in order."""
    handler = "harvester.network.handler.GatedDownloadHandler"
    return {
        "USER_AGENT": settings.user_agent,
        "ROBOTSTXT_OBEY": False,  # MannersMiddleware does, for all crawlers of a run at once
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
            "Accept-Language": "et,en;q=0.5,ru;q=0.3",
        },
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler, "ftp": None, "file": None, "data": None, "s3": None},
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DOWNLOAD_MAXSIZE": settings.max_size,
        "DOWNLOAD_WARNSIZE": 0,
        "CONCURRENT_REQUESTS": _BUSY_HOSTS,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        # Of one answer: a page, and the links on it. Scrapy makes as many tasks for each answer, and its 100 take 3 ms.
        "CONCURRENT_ITEMS": 4,
        # Bytes of a crawler's answers that wait to be extracted. With Scrapy's 5 MB for each of sixteen hosts that
        # answer sooner than we read, the process has 560 MB.
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 500_000,
        "DOWNLOADER_MIDDLEWARES": {
            "harvester.network.manners.MannersMiddleware": 100,  # the place of Scrapy's own for robots.txt
            "harvester.revisits.RevisitMiddleware": 560,  # engine's side of the redirects: a hop is a request
            "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "harvester.redirects.PlainMetaRefreshMiddleware": 580,  # Scrapy's own places
            "harvester.redirects.PlainRedirectMiddleware": 600,
        },
        "REDIRECT_MAX_TIMES": REDIRECTS,
        "METAREFRESH_MAXDELAY": 5,
        "RETRY_ENABLED": False,  # the next run is the retry
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # behind a proxy it is the proxy that looks names up, unchecked
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the spiders compare by canonical keys
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # near pages first
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "EXTENSIONS_BASE": {},
        "EXTENSIONS": {"harvester.counting.Counting": 0, "harvester.unlisted.Unlisted": 0},
        "ITEM_PIPELINES": _pipelines(keeps=keeps),
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
    }


def _pipelines(*, keeps: bool) -> dict[str, int]:
    names = (
        "known.KnownPipeline",
        "extract.ExtractPipeline",
        "language.LanguagePipeline",
        "quality.QualityPipeline",
    )
    last = "keep.KeepPipeline" if keeps else "preview.PreviewPipeline"
    order = (*names, "suggest.SuggestPipeline", last)
    return {f"harvester.pipelines.{name}": place for place, name in enumerate(order)}


def quiet_logs() -> None:
    """Only what is our own fault is printed: what goes wrong with an address has its place in the summary."""
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    logging.getLogger("scrapy.core.downloader.handlers.http11").setLevel(logging.CRITICAL)
