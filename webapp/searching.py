"""Which searches are noted: those of people on the results page, once each.

Not the JSON API: programs ask it, and the search box after each letter. Not robots: they walk links. What a visitor's
program calls itself is looked at for that and not kept.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Request

from aardekast.searches import Searched, is_personal, normalised
from index import SearchPage, SearchRequest
from webapp import params
from webapp.site import site

# What robots and programs call themselves; every browser starts with "Mozilla/" and has none of these words.
_ROBOT = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|archiver|preview|scan|monitor|headless|https?://", re.IGNORECASE
)


def note_search(request: Request, wanted: SearchRequest, found: SearchPage) -> None:
    """Put a search into the log, where there is one, without anything of who searched."""
    log = site().search_log
    if log is None or wanted.page > 1 or not (wanted.text or wanted.has_filters):
        return
    filters = params.filter_pairs(wanted)
    if is_machine(request) or any(map(is_personal, (wanted.text, *(value for _, value in filters)))):
        return
    query = normalised(wanted.text)
    now = datetime.now(UTC)
    log.note(Searched(query=query, filters=urlencode(filters), hits=found.total, took_ms=found.took_ms, at=now))


def is_machine(request: Request) -> bool:
    """Whether nobody looks at the answer: a robot, a program, or a browser that fetches ahead."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return not agent.startswith("Mozilla/") or _ROBOT.search(agent) is not None or "prefetch" in ahead
