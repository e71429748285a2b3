"""The spider of sources of the type `ical`: the events of a calendar, as it describes them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit

from babel.dates import format_date
from scrapy import Request

from aardekast.catalogue import KnownResource
from aardekast.errors import NotFetchedError
from aardekast.resource import Harvested, Status
from aardekast.vocabulary import EVENT_KIND
from harvester.extraction.calendar_times import HERE
from harvester.extraction.calendar_values import Calendar, CalendarEvent, RawCalendar
from harvester.extraction.values import CANCELLED, NoExtract
from harvester.items import Item
from harvester.memory import keys_of
from harvester.spiders.base import SourceSpider
from harvester.spiders.calendar_addresses import addresses_of, is_calendar
from harvester.spiders.keywords import clean_keywords
from harvester.spiders.markup import plain
from harvester.spiders.shortening import shortened
from harvester.tally import LEFT_OUT
from harvester.wishes import PRIVATE

NOT_A_CALENDAR = "is not a calendar"
VANISHED = "is no longer in the calendar"
NOT_PUBLIC = "is the secret address of the calendar, which would be shown; take the public one"
_SECRET = re.compile(r"//calendar\.google\.com/.*/private-")
_PARTS = "ical"  # the parameter by which The Events Calendar gives the next thirty events, and not all


class CalendarSpider(SourceSpider):
    """Takes the events that are to come, under way or not long over, the nearest first."""

    name = "ical"

    async def listing(self) -> AsyncIterator[Request | Item]:
        """The events. Raises NotFetchedError."""
        url = self.job.source.url
        if _SECRET.search(url):
            raise NotFetchedError(url.partition("private-")[0], "rejected", NOT_PUBLIC)
        response = await self.fetch(url)
        if not is_calendar(response):
            raise NotFetchedError(url, "failed", NOT_A_CALENDAR)
        today = datetime.now(HERE).date()
        to_come = [known for known in self.job.known if _is_to_come(known, today)]
        self.job.at_stake = frozenset(known.id for known in to_come)
        calendar = await self.job.kit.extractors.read_calendar(RawCalendar(body=response.body, today=today))
        if isinstance(calendar, NoExtract):
            raise NotFetchedError(url, calendar.outcome, calendar.reason)
        for name, reason in calendar.faults:
            self.job.tally.not_taken(f"{url}#{name[:100]}" if name else url, "rejected", reason)
        pairs = list(zip(addresses_of(calendar.events, url), calendar.events, strict=True))
        pairs.sort(key=lambda pair: (pair[1].ends or pair[1].starts) < today.isoformat())
        for address, event in pairs:
            if self.scope.matches(address) and (item := self._item(address, event)) is not None:
                yield item
        self._note_vanished(calendar, [address for address, _ in pairs], to_come)

    def _item(self, address: str, event: CalendarEvent) -> Harvested | None:
        """The event as a material, None where it is not to be shown."""
        if event.is_cancelled or event.is_private:
            self.job.tally.not_taken(address, "rejected", CANCELLED if event.is_cancelled else PRIVATE)
            return None
        request = self.page(address)
        if request is None:
            return None
        self.job.tally.count("read")
        return _harvested(event, self.job.source.id, request.url)

    def _note_vanished(self, calendar: Calendar, addresses: list[str], to_come: Iterable[KnownResource]) -> None:
        """What is to come and stands in the calendar no more is gone; what is over leaves calendars by itself.

        Where an event could not be read, or not all were wanted, that one may be it.
        """
        job = self.job
        if calendar.faults or job.is_limited or job.tally.counts[LEFT_OUT]:
            return
        is_part = _PARTS in parse_qs(urlsplit(job.source.url).query)
        last = calendar.events[-1].starts if calendar.events else ""
        listed = keys_of(addresses)
        for known in to_come:
            if not known.keys & listed and ((known.starts or "") < last or not is_part):
                job.deleted.add(known.url)
                job.tally.not_taken(known.url, "missing", VANISHED)


def _is_to_come(known: KnownResource, today: date) -> bool:
    return known.status != Status.GONE and (known.starts or "") >= today.isoformat()


def _harvested(event: CalendarEvent, source: str, url: str) -> Harvested:
    described = plain(event.description)
    place = shortened(plain(event.place).replace("\n", ", "))
    is_online = place.startswith(("http://", "https://"))
    keywords = clean_keywords(event.categories)
    when = " ".join(part for part in (_written(event), event.hours) if part)
    return Harvested(
        source=source,
        requested=url,
        url=url,
        title=plain(event.title),
        description=shortened(described),
        # The day tells the texts of a series apart, which would be copies of each other otherwise.
        text="\n\n".join(part for part in (", ".join(filter(None, (when, place))), described) if part),
        kind=EVENT_KIND,
        starts=event.starts,
        ends=event.ends,
        place=None if is_online else place or None,
        suggested={"keywords": keywords} if keywords else {},
    )


def _written(event: CalendarEvent) -> str:
    """The days as one writes them in Estonian."""
    days = [format_date(date.fromisoformat(day), "d. MMMM y", "et") for day in (event.starts, event.ends) if day]
    return " – ".join(days)
