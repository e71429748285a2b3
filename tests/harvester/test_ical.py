"""Calendars as sources, in whole runs against a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

TODAY = datetime.now(ZoneInfo("Europe/Tallinn")).date()


def day(number: int) -> str:
    """So many days from today, as the catalogue has it."""
    return (TODAY + timedelta(days=number)).isoformat()


def on(number: int, name: str = "DTSTART") -> str:
    """A whole day, as calendars have it."""
    return f"{name};VALUE=DATE:{TODAY + timedelta(days=number):%Y%m%d}"


def at(number: int, hour: int, name: str = "DTSTART") -> str:
    """An hour by the Estonian clock."""
    return f"{name};TZID=Europe/Tallinn:{TODAY + timedelta(days=number):%Y%m%d}T{hour:02}0000"


@pytest.fixture(scope="module")
def ics(load_site: Any) -> Any:
    """The module of the calendar."""
    return load_site("ics")


@pytest.fixture
def make_calendar(ics: Any) -> Iterator[Callable[..., Any]]:
    """Makes a calendar that a test changes between runs."""
    made: list[Any] = []

    def make(*events: str, **options: Any) -> Any:
        made.append(ics.CalendarSite(*events, **options))
        return made[-1]

    yield make
    for site in made:
        site.close()


def source_home(quick_home: Any, yaml: Any, url: str, **fields: Any) -> Any:
    return quick_home(yaml.file([yaml.source("kalender", url, **{"type": "ical", **fields})]))


def run(home: Any, **options: Any) -> dict[str, Any]:
    home.harvest(source_ids=["kalender"], **options)
    found: dict[str, Any] = home.run_of("kalender")
    return found


def test_an_event_becomes_a_material_with_its_days_and_place(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    site = make_calendar(
        ics.event(
            "55@selts.ee",
            at(20, 17),
            at(20, 19, "DTEND"),
            f"DESCRIPTION:<p>{ics.PLAN}</p>",
            "LOCATION:Rahvamaja\\, Keskväljak 1\\, Paide",
            "URL:https://selts.ee/sundmus/oppepaev/",
            "CATEGORIES:Koolitus,Kaasamine",
            "ORGANIZER;CN=Mari Tamm:mailto:mari@selts.ee",
        ),
        ics.event("56@selts.ee", on(30), on(32, "DTEND"), "URL:https://selts.ee/sundmus/laager/", title="Laager"),
        ics.event("57@selts.ee", on(-90), "URL:https://selts.ee/sundmus/vana/", title="Ammu möödas"),
        ics.event("58@selts.ee", on(-9), "URL:https://selts.ee/sundmus/asja/", title="Äsja möödas"),
    )
    home = source_home(quick_home, yaml, site.url)
    done = run(home)
    assert (done["fault"], done["counts"]["added"], done["reasons"]) == (None, 3, [])
    found = home.resources()
    one, camp = found["/sundmus/oppepaev/"], found["/sundmus/laager/"]
    assert (one.title, one.kind, one.language) == ("Koosloome õppepäev", "koolitus", "et")
    assert (one.starts, one.ends, one.place) == (day(20), None, "Rahvamaja, Keskväljak 1, Paide")
    assert one.keywords == ("Koolitus", "Kaasamine")
    assert one.text.endswith(f"{one.starts[:4]} kell 17.00–19.00, {one.place}\n\n{ics.PLAN}")
    assert ics.PLAN.startswith(one.description[:-1])
    assert len(one.description) <= 300
    assert "mari" not in one.text.lower()
    assert (camp.starts, camp.ends, camp.place) == (day(30), day(31), None)
    assert [resource.is_past(TODAY) for resource in (one, camp, found["/sundmus/asja/"])] == [False, False, True]
    assert [path for _, path, _ in site.asked if path != "/robots.txt"] == ["/sundmused/?ical=1"]


def test_a_second_visit_changes_nothing_and_is_not_sent_the_calendar_again(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    site = make_calendar(ics.event("a", on(5), f"DESCRIPTION:{ics.PLAN}"), ics.event("b", on(6), "RRULE:FREQ=WEEKLY"))
    home = source_home(quick_home, yaml, site.file)
    first = run(home)
    revision = home.revision()
    done = run(home)
    assert site.asked[-1] == ("GET", "/kalender/basic.ics", 304)
    assert done["counts"]["unchanged"] == first["counts"]["added"] > 50
    assert (done["counts"]["missing"], home.revision()) == (0, revision)
    site.events[0] = ics.event("a", on(7), f"DESCRIPTION:{ics.PLAN}")
    assert run(home)["counts"]["changed"] == 1
    assert home.revision() == revision + 1


def test_events_without_a_page_and_days_of_a_series_have_addresses_of_their_own(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    page = "URL:https://selts.ee/ring/"
    site = make_calendar(
        ics.event("a@google.com", on(3), title="Leheta"),
        ics.event("b", on(4), "URL:https://selts.ee/", title="Ainult avaleht"),
        ics.event("c", on(5), page.replace("ring", "uhine"), title="Ühine 1"),
        ics.event("d", on(6), page.replace("ring", "uhine"), title="Ühine 2"),
        ics.event("e", at(8, 17), f"DESCRIPTION:{ics.PLAN}", page, "RRULE:FREQ=WEEKLY;COUNT=3", title="Õpiring"),
        ics.event("e", at(15, 17, "RECURRENCE-ID"), at(16, 18), page, title="Õpiring teisel päeval"),
    )
    home = source_home(quick_home, yaml, site.file)
    run(home)
    assert {path: resource.starts for path, resource in home.resources().items()} == {
        "/kalender/basic.ics?uid=a%40google.com": day(3),
        "/kalender/basic.ics?uid=b": day(4),
        "/uhine/?uid=c": day(5),
        "/uhine/?uid=d": day(6),
        f"/ring/?kuupaev={day(8)}": day(8),
        f"/ring/?kuupaev={day(15)}": day(16),
        f"/ring/?kuupaev={day(22)}": day(22),
    }


def test_a_cancelled_event_is_not_shown_until_it_is_held_again(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    events = [ics.event(f"s{n}", on(n), f"URL:https://selts.ee/{n}") for n in (5, 6, 7)]
    site = make_calendar(*events, ics.event("ammu", on(9), "STATUS:CANCELLED"))
    home = source_home(quick_home, yaml, site.file)
    assert run(home)["counts"]["added"] == 3
    site.events[0] = ics.event("s5", on(5), "URL:https://selts.ee/5", "STATUS:CANCELLED")
    site.events[1] = ics.event("s6", on(6), "URL:https://selts.ee/6", "CLASS:PRIVATE")
    done = run(home)
    assert done["fault"] is None  # not the fault of the source, however many there are
    assert {path: reason for path, (_, reason) in home.reasons("kalender").items()} == {
        "/5": "cancelled: the event is not held",
        "/6": "private: the event is not for everybody",
        "/kalender/basic.ics?uid=ammu": "cancelled: the event is not held",
    }
    assert list(home.resources()) == ["/7"]
    site.events[0] = events[0]
    run(home)
    assert sorted(home.resources()) == ["/5", "/7"]


def test_what_is_taken_out_of_the_calendar_is_gone_and_what_is_over_stays(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    events = {n: ics.event(f"s{n}", on(n), f"URL:https://selts.ee/{n}") for n in (-3, 4, 5, 6, 7)}
    site = make_calendar(*events.values())
    home = source_home(quick_home, yaml, site.file)
    run(home)
    site.events = [events[n] for n in (4, 6, 7)]
    done = run(home)
    assert (done["fault"], home.reasons("kalender")) == (None, {"/5": ("missing", "is no longer in the calendar")})
    assert sorted(home.resources()) == ["/-3", "/4", "/6", "/7"]
    site.events = [events[4]]
    assert "pages vanished" in run(home)["fault"]
    assert len(home.resources()) == 4  # much at once: nothing is marked
    assert run(home, confirm_losses=True)["counts"]["missing"] == 2
    assert sorted(home.resources()) == ["/-3", "/4"]


def test_years_of_past_events_do_not_hide_that_all_to_come_vanished(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    past = [ics.event(f"s{n}", on(n), f"URL:https://selts.ee/{n}") for n in range(-9, -1)]
    to_come = [ics.event(f"s{n}", on(n), f"URL:https://selts.ee/{n}") for n in (5, 6)]
    site = make_calendar(*past, *to_come)
    home = source_home(quick_home, yaml, site.file)
    run(home)
    site.events = past
    assert "2 of 2 known pages vanished" in run(home)["fault"]
    assert {"/5", "/6"} <= set(home.resources())


def test_a_calendar_cancels_what_it_brought_and_no_card_of_the_curators(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    lines = (on(5), "URL:https://selts.ee/5")
    site = make_calendar(ics.event("s5", *lines, "STATUS:CANCELLED"), ics.event("s6", on(6)))
    source = yaml.source("kalender", site.file, type="ical")
    home = quick_home(yaml.file([source], [yaml.card("kaart", "https://selts.ee/5", harvest=False)]))
    run(home)
    assert "/5" in home.resources()


def test_the_days_of_a_series_are_no_copies_and_what_they_repeat_is_no_menu(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    fee = "Päev on tasuta, lõunasöögi paneme koos lauale."
    series = [
        ics.event(f"s{week}", at(7 * week, 17), f"DESCRIPTION:{fee}\\n{week}. korda: {ics.PLAN[:-60]}")
        for week in range(1, 51)
    ]
    home = source_home(quick_home, yaml, make_calendar(*series).file)
    run(home)
    assert len(home.resources()) == 50
    assert all(fee in resource.text for resource in home.resources().values())
    assert run(home)["counts"]["changed"] == 0


def test_what_lies_behind_the_end_of_a_page_of_the_events_calendar_is_not_gone(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    events = [ics.event(f"s{n}", on(n), f"URL:https://selts.ee/{n}") for n in (4, 5, 6)]
    site = make_calendar(*events)
    home = source_home(quick_home, yaml, site.url)
    run(home)
    site.events = events[:2]  # a new one before them would have pushed the last one out
    assert run(home)["counts"]["missing"] == 0


def test_a_broken_event_costs_no_other_and_makes_none_vanish(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    events = [ics.event(f"s{n}", on(n), f"URL:https://selts.ee/{n}") for n in (4, 5, 6, 7)]
    site = make_calendar(*events)
    home = source_home(quick_home, yaml, site.file)
    run(home)
    site.events[1] = ics.event("s5", "DTSTART:varsti")
    site.events.append(ics.event("pomm", on(3), "RRULE:FREQ=SECONDLY"))
    done = run(home)
    assert (done["fault"], done["counts"]["unchanged"], done["counts"]["missing"]) == (None, 3, 0)
    assert home.reasons("kalender") == {
        "/kalender/basic.ics#s5": ("rejected", "an event that cannot be read (BrokenCalendarProperty)"),
        "/kalender/basic.ics#pomm": ("rejected", "recurs too often"),
    }
    assert len(home.resources()) == 4


def test_what_the_source_leaves_out_is_left_out_and_the_nearest_come_first(
    make_calendar: Any, quick_home: Any, yaml: Any, ics: Any
) -> None:
    names = {-2: "moodas", 3: "talgud", 4: "koosolek", 5: "laat", 6: "ring"}
    site = make_calendar(*(ics.event(f"s{n}", on(n), f"URL:https://selts.ee/{name}") for n, name in names.items()))
    home = source_home(quick_home, yaml, site.file, exclude=["/koosolek"], max_pages=2)
    done = run(home)
    assert (sorted(home.resources()), done["counts"]["left_out"]) == (["/laat", "/talgud"], 2)


@pytest.mark.parametrize("body", [b"<html><title>Sisse logida</title></html>", b""])
def test_what_is_no_calendar_says_so(make_calendar: Any, quick_home: Any, yaml: Any, body: bytes) -> None:
    site = make_calendar(content_type="text/html")
    site.body = body
    assert run(source_home(quick_home, yaml, site.file))["fault"].endswith("is not a calendar")


@pytest.mark.parametrize("content_type", ["text/calendar", "text/plain"])
def test_the_type_is_found_out(make_calendar: Any, make_home: Any, yaml: Any, ics: Any, content_type: str) -> None:
    site = make_calendar(ics.event("a", on(5)), content_type=content_type)
    home = make_home(yaml.file([]).replace("sources:", "sources: []"))
    found = home.finish(home.start("preview", url=site.url))
    source = found["source"]
    assert (source["type"], source["url"], source["listed"]) == ("ical", site.url, 1)
    assert source["why"] == "The address is that of a calendar."
    assert {"field": "kind", "value": "koolitus", "because": ["it is an event"]} in source["samples"][0]["tags"]
    assert found["page"] is None


def test_the_secret_address_of_a_calendar_is_neither_asked_for_nor_named(quick_home: Any, yaml: Any) -> None:
    url = "https://calendar.google.com/calendar/ical/kula%40gmail.com/private-0a1b2c/basic.ics"
    done = run(source_home(quick_home, yaml, url))
    assert done["fault"].endswith("is the secret address of the calendar, which would be shown; take the public one")
    assert "0a1b2c" not in str(done)
