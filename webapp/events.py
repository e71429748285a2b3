"""Events and trainings by their day: the page, and calendars to subscribe to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from flask import Response, abort, render_template, request

from aardekast.resource import Resource, day_of
from aardekast.vocabulary import EVENT_KIND
from index import Searcher, SearchRequest, Sort
from webapp import params
from webapp.headers import conditional
from webapp.language import gettext as _
from webapp.language import written_date
from webapp.multilingual import MultilingualBlueprint
from webapp.site import searcher, today, vocabulary

COMING = 100  # on the page, in the calendar and in the feed
UNDATED = 10
RECORDINGS = 5
RECORDING_KIND = "veebiettekanne"
RECORDING_FORMATS = ("video", "audio")
MONTH = "LLLL y"

blueprint = MultilingualBlueprint("events", __name__)
conditional(blueprint)


@dataclass(frozen=True, slots=True)
class Month:
    """The events that begin in a month."""

    title: str
    events: tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the events can be narrowed to, of the values that any of them has: slugs."""

    audiences: tuple[str, ...]
    counties: tuple[str, ...]


@blueprint.get("/sundmused")
def index() -> str:
    """What is to come, month by month; trainings without a day; recordings of what is past."""
    wanted = wanted_of_request()
    served = searcher()
    every = served.coming(SearchRequest(), COMING)
    return render_template(
        "events.html",
        wanted=wanted,
        of_events=replace(wanted, kinds=(EVENT_KIND,)),
        months=tuple(_months(matching(every, wanted), today())),
        choices=_choices(every),
        undated=matching(_undated(served), wanted),
        recordings=_recordings(served, today()),
        term=vocabulary().kinds.get(EVENT_KIND),
        recording_kind=RECORDING_KIND,
    )


@blueprint.get("/sundmused.ics")
def calendar() -> Response:
    """The same events as a calendar to subscribe to."""
    events = matching(searcher().coming(SearchRequest(), COMING), wanted_of_request())
    return _calendar(events, _("Aardekasti sündmused ja koolitused"))


@blueprint.get("/materjal/<resource_id>.ics")
def calendar_of_one(resource_id: str) -> Response:
    """One event."""
    event = searcher().resource(resource_id)
    if event is None or day_of(event.starts) is None:
        abort(404)
    return _calendar((event,), event.title)


@blueprint.app_template_test("event_with_day")
def is_event_with_day(resource: Resource) -> bool:
    """Whether it can be put into a calendar."""
    return day_of(resource.starts) is not None


def wanted_of_request() -> SearchRequest:
    """The filters for events that the address holds."""
    asked = params.read(request.args, vocabulary()).request
    return SearchRequest(audiences=asked.audiences, counties=asked.counties)


def shown(served: Searcher, wanted: SearchRequest) -> int:
    """How many events the page shows under these filters."""
    every = (*served.coming(SearchRequest(), COMING), *_undated(served))
    return len(matching(every, wanted))


def matching(events: Sequence[Resource], wanted: SearchRequest) -> tuple[Resource, ...]:
    """The events that pass the filters, in the same order."""
    return tuple(
        event
        for event in events
        if (not wanted.audiences or set(wanted.audiences) & set(event.audiences))
        and (not wanted.counties or set(wanted.counties) & set(event.counties))
    )


def _months(events: Sequence[Resource], day: date) -> Iterator[Month]:
    """Those under way first, the rest by the month they begin in."""
    under_way = tuple(event for event in events if (event.starts or "") < day.isoformat()[: len(event.starts or "")])
    if under_way:
        yield Month(_("Praegu käimas"), under_way)
    later = sorted((event for event in events if event not in under_way), key=lambda event: event.starts or "")
    for month, group in groupby(later, key=lambda event: (event.starts or "")[:7]):
        yield Month(_month(month), tuple(group))


def _month(month: str) -> str:
    """`Detsember 2026`; of an event of which only the year is known, `2027`."""
    if len(month) < len("2026-12"):
        return month
    written = written_date(date.fromisoformat(f"{month}-01"), MONTH)
    return written[:1].upper() + written[1:]


def _choices(events: Sequence[Resource]) -> Choices:
    audiences = {slug for event in events for slug in event.audiences}
    counties = {slug for event in events for slug in event.counties}
    return Choices(
        tuple(slug for slug in vocabulary().audiences if slug in audiences),
        tuple(slug for slug in vocabulary().counties if slug in counties),
    )


def _undated(served: Searcher) -> tuple[Resource, ...]:
    wanted = SearchRequest(kinds=(EVENT_KIND,), sort=Sort.NEWEST, page_size=COMING)
    found = (hit.resource for hit in served.search(wanted).hits)
    return tuple(event for event in found if not (event.starts or event.ends))[:UNDATED]


def _recordings(served: Searcher, day: date) -> tuple[Resource, ...]:
    """The newest recorded talks, and past events that were recorded."""
    talks = SearchRequest(kinds=(RECORDING_KIND,), sort=Sort.NEWEST, page_size=RECORDINGS)
    recorded = SearchRequest(kinds=(EVENT_KIND,), formats=RECORDING_FORMATS, sort=Sort.NEWEST, page_size=2 * RECORDINGS)
    found = [hit.resource for hit in (*served.search(recorded).hits, *served.search(talks).hits)]
    past = [resource for resource in found if resource.kind != EVENT_KIND or resource.is_past(day)]
    by_day = sorted(past, key=lambda resource: resource.starts or resource.published or "", reverse=True)
    return tuple(by_day[:RECORDINGS])


def _calendar(events: Sequence[Resource], name: str) -> Response:
    from webapp.calendars import calendar_of

    key = request.full_path.strip("/?")
    written = calendar_of(events, name, key, searcher().published_at)
    return Response(written, mimetype="text/calendar", headers={"Access-Control-Allow-Origin": "*"})
