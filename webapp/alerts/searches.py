"""The search of an alert: what of a request is kept, and read again when a mail is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from aardekast.resource import Resource
from aardekast.vocabulary import EVENT_KIND, Vocabulary
from index import SearchRequest, Sort
from webapp import params


def kept_search(wanted: SearchRequest) -> SearchRequest:
    """What of a search can be followed: text and filters, whatever the order and the page."""
    return replace(wanted, sort=Sort.RELEVANCE, page=1)


def written(wanted: SearchRequest) -> str:
    """The one way in which a search is kept."""
    return params.to_query_string(kept_search(wanted))


def read_again(search: str, vocabulary: Vocabulary) -> SearchRequest | None:
    """The search that was kept; None where the vocabulary has a value of it no more: without it, it is another."""
    wanted = params.read(MultiDict(parse_qsl(search)), vocabulary).request
    return wanted if written(wanted) == search else None


def in_order(wanted: SearchRequest, found: Sequence[Resource]) -> list[Resource]:
    """What came last stands first; of events, what begins first."""
    if wanted.kinds == (EVENT_KIND,):
        return sorted(found, key=lambda event: event.starts or "9999")
    return list(found)
