"""The doors of the front page: what each audience seeks, in the words of Kogukonnaveeb, one click away.

What has no hits for an audience leads to the nearest that has some, and where nothing is near it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index import Searcher, SearchRequest
from webapp import events
from webapp.language import gettext as _
from webapp.site import vocabulary
from webapp.wording import facet_label

STORIES, GUIDES, RECORDINGS, ADVISERS = "kogemuslugu", "juhendmaterjal", "veebiettekanne", "noustajad"
LEARNING, LEADERSHIP = "oppimine", "eestvedamine"


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that is sought: the request that finds it, or the coming events where `request` is None."""

    label: str
    count: int
    request: SearchRequest | None


@dataclass(frozen=True, slots=True)
class Door:
    """An audience, how many materials it has, and what it seeks among them."""

    value: str
    label: str
    says: str
    count: int
    sought: tuple[Sought, ...]


def doors(searcher: Searcher) -> tuple[Door, ...]:
    """Every audience, in the order of the vocabulary."""
    says = {
        "arendaja": _("Toetan teisi: otsin meetodeid, uuringuid, häid praktikaid ja kaaslasi."),
        "kogukond": _("Meil on küla, selts või asum ja mõte, mida koos ära teha."),
        "kov": _("Tahan oma valla või linna inimestega ühiselt otsustada."),
    }
    return tuple(
        Door(
            value=slug,
            label=facet_label("audience", slug),
            says=says.get(slug, ""),
            count=searcher.count(SearchRequest(audiences=(slug,))),
            sought=tuple(_all_sought(slug, searcher)),
        )
        for slug in vocabulary().audiences
    )


def _all_sought(audience: str, searcher: Searcher) -> Iterator[Sought]:
    own = (audience,)
    learning = (SearchRequest(audiences=own, topics=(LEARNING,)), SearchRequest(audiences=own, kinds=(RECORDINGS,)))
    advisers = (
        SearchRequest(audiences=own, kinds=(ADVISERS,)),
        SearchRequest(kinds=(ADVISERS,)),
        *(SearchRequest(text=word, audiences=own) for word in ("nõustaja", "konsultant", "koolitaja")),
    )
    fellows = (
        SearchRequest(text="võrgustik", audiences=own),
        SearchRequest(audiences=own, topics=(LEADERSHIP,)),
    )
    yield from _nearest(_("häid praktikaid"), searcher, SearchRequest(audiences=own, kinds=(STORIES,)))
    yield from _nearest(_("juhendmaterjale"), searcher, SearchRequest(audiences=own, kinds=(GUIDES,)))
    if coming := events.shown(searcher, SearchRequest(audiences=own)):
        yield Sought(_("õppimisvõimalusi"), coming, None)
    else:
        yield from _nearest(_("õppimisvõimalusi"), searcher, *learning)
    yield from _nearest(_("nõustajaid ja koolitajaid"), searcher, *advisers)
    yield from _nearest(_("mõttekaaslasi"), searcher, *fellows)


def _nearest(label: str, searcher: Searcher, *requests: SearchRequest) -> Iterator[Sought]:
    """The first of the requests that something answers in full."""
    for request in requests:
        found = searcher.search(request)
        if found.complete:
            yield Sought(label, found.total, request)
            return
