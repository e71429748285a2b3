"""Which searches are noted: those of people on the results page, once each.

Not the JSON API: programs ask it, and the search box after each letter. Not robots: they walk links. What a visitor's
program calls itself is looked at for that and not kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
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


def searched(wanted: SearchRequest, found: SearchPage) -> Searched | None:
    """What may be noted of a search: nothing of who searched, and nothing at all that looks like a person's."""
    filters = params.filter_pairs(wanted)
    if wanted.page > 1 or not (wanted.text or filters):
        return None
    if any(map(is_personal, (wanted.text, *(value for _, value in filters)))):
        return None
    return Searched(
        query=normalised(wanted.text),
        filters=urlencode(filters),
        hits=found.total,
        took_ms=found.took_ms,
        at=datetime.now(UTC),
    )


def note(request: Request, search: Searched | None) -> None:
    """Put it into the log, where there is one and a person asked."""
    log = site().search_log
    if log is not None and search is not None and not is_machine(request):
        log.note(search)


def note_again(request: Request, search: Searched | None) -> None:
    """The same search, answered without searching."""
    if search is not None:
        note(request, replace(search, took_ms=0.0, at=datetime.now(UTC)))


def is_machine(request: Request) -> bool:
    """Whether nobody looks at the answer: a robot, a program, or a browser that fetches ahead."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return not agent.startswith("Mozilla/") or _ROBOT.search(agent) is not None or "prefetch" in ahead
