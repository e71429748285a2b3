"""Events out of iCalendar: days as Estonia has them, series within limits, broken events alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from harvester.extraction.calendar_values import Calendar, RawCalendar
from harvester.extraction.calendars import read_calendar

TODAY = date(2026, 11, 22)


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def one(*lines: str) -> str:
    return event("UID:1", "SUMMARY:Talgud", *lines)


def read(*events: str, ending: str = "END:VCALENDAR\r\n") -> Calendar:
    body = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *events, ending)).encode()
    return read_calendar(RawCalendar(body=body, today=TODAY))


def days(*events: str) -> list[str]:
    found = read(*events)
    assert found.faults == ()
    return [event.starts for event in found.events]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(
            ";TZID=Europe/Tallinn:20261210T170000",
            ";TZID=Europe/Tallinn:20261210T190000",
            ("2026-12-10", None, "kell 17.00–19.00"),
            id="here",
        ),
        pytest.param(":20261210T220000Z", ":20261211T000000Z", ("2026-12-11", None, "kell 00.00–02.00"), id="utc"),
        pytest.param(":20260610T210000Z", ":20260610T213000Z", None, id="long-over"),
        pytest.param(
            ";TZID=America/New_York:20261210T190000",
            ";TZID=America/New_York:20261210T200000",
            ("2026-12-11", None, "kell 02.00–03.00"),
            id="far",
        ),
        pytest.param(
            ";TZID=FLE Standard Time:20261210T170000",
            ";TZID=FLE Standard Time:20261210T180000",
            ("2026-12-10", None, "kell 17.00–18.00"),
            id="windows",
        ),
        pytest.param(
            ";TZID=Customized Time Zone:20261210T170000",
            ";TZID=Customized Time Zone:20261211T000000",
            ("2026-12-10", None, "kell 17.00"),
            id="unknown-zone-until-midnight",
        ),
        pytest.param(":20261210T170000", ":20261211T130000", ("2026-12-10", "2026-12-11", "kell 17.00"), id="floating"),
        pytest.param(";VALUE=DATE:20261210", ";VALUE=DATE:20261211", ("2026-12-10", None, ""), id="whole-day"),
        pytest.param(";VALUE=DATE:20261210", ";VALUE=DATE:20261213", ("2026-12-10", "2026-12-12", ""), id="whole-days"),
        pytest.param(";VALUE=DATE:20261101", ";VALUE=DATE:20261213", ("2026-11-01", "2026-12-12", ""), id="under-way"),
        pytest.param(":20261210T170000Z", ":20261209T170000Z", ("2026-12-10", None, "kell 19.00"), id="end-before"),
    ],
)
def test_days_and_hours_are_those_of_estonia(start: str, end: str, expected: Any) -> None:
    found = read(one(f"DTSTART{start}", f"DTEND{end}"))
    assert found.faults == ()
    assert [(event.starts, event.ends, event.hours) for event in found.events] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("DTSTART:20261210T100000Z", "DURATION:PT2H"), "kell 12.00–14.00", id="duration"),
        pytest.param(("DTSTART:20261210T100000Z", "DURATION:kaks"), "kell 12.00", id="broken-duration"),
        pytest.param(("DTSTART:20261210T100000Z",), "kell 12.00", id="no-end"),
        pytest.param(("DTSTART;VALUE=DATE:20261210",), "", id="no-end-of-a-day"),
    ],
)
def test_an_end_may_be_said_otherwise_or_not_at_all(lines: tuple[str, ...], expected: str) -> None:
    (found,) = read(one(*lines)).events
    assert (found.starts, found.ends, found.hours) == ("2026-12-10", None, expected)


def test_what_the_event_says_is_unfolded_and_unescaped() -> None:
    (found,) = read(
        one(
            "DTSTART;VALUE=DATE:20261210",
            "DESCRIPTION:Tule\\, kui saad\\nja võta na",
            " aber kaasa",
            "LOCATION:Rahvamaja\\, Paide",
            "URL:https://kogu.ee/talgud",
            "CATEGORIES:Koolitus,Küla\\, vald",
            "CATEGORIES:Talgud",
            "BEGIN:VALARM",
            "DESCRIPTION:Äratus",
            "END:VALARM",
        )
    ).events
    assert (found.title, found.description, found.place) == (
        "Talgud",
        "Tule, kui saad\nja võta naaber kaasa",
        "Rahvamaja, Paide",
    )
    assert (found.url, found.categories) == ("https://kogu.ee/talgud", ("Koolitus", "Küla, vald", "Talgud"))


def test_a_series_keeps_its_hour_when_the_clocks_change() -> None:
    lines = ("DTSTART;TZID=Europe/Tallinn:20261021T170000", "DTEND;TZID=Europe/Tallinn:20261021T180000")
    found = read(one(*lines, "RRULE:FREQ=WEEKLY;COUNT=3")).events
    assert [(event.starts, event.hours) for event in found] == [
        ("2026-10-28", "kell 17.00–18.00"),
        ("2026-11-04", "kell 17.00–18.00"),
    ]  # the first is long over


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("RRULE:FREQ=WEEKLY;COUNT=3",), ["2026-12-01", "2026-12-08", "2026-12-15"], id="count"),
        pytest.param(("RRULE:FREQ=WEEKLY;UNTIL=20261208T150000Z",), ["2026-12-01", "2026-12-08"], id="until"),
        pytest.param(("RRULE:FREQ=WEEKLY;UNTIL=20261208",), ["2026-12-01", "2026-12-08"], id="until-day"),
        pytest.param(("RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=2",), ["2026-12-01", "2027-01-05"], id="first-tuesday"),
        pytest.param(
            ("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Tallinn:20261208T170000"),
            ["2026-12-01", "2026-12-15"],
            id="exdate",
        ),
        pytest.param(
            ("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261208T150000Z"), ["2026-12-01", "2026-12-15"], id="exdate-utc"
        ),
        pytest.param(
            ("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20261201,20261208"), ["2026-12-15"], id="exdate-days"
        ),
        pytest.param(
            ("RDATE;TZID=Europe/Tallinn:20261203T170000,20261204T170000",),
            ["2026-12-01", "2026-12-03", "2026-12-04"],
            id="rdate",
        ),
    ],
)
def test_a_series_is_told_day_by_day(lines: tuple[str, ...], expected: list[str]) -> None:
    assert days(one("DTSTART;TZID=Europe/Tallinn:20261201T170000", *lines)) == expected


def test_a_series_without_end_is_told_for_a_year() -> None:
    found = days(one("DTSTART;VALUE=DATE:20200107", "RRULE:FREQ=WEEKLY"))
    assert (found[0], found[-1], len(found)) == ("2026-10-27", "2027-11-23", 57)


def test_one_day_of_a_series_may_be_moved_or_cancelled_and_stays_that_day_of_the_series() -> None:
    found = read(
        one("DTSTART:20261201T150000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "URL:https://kogu.ee/ring"),
        event("UID:1", "SUMMARY:Talgud mujal", "RECURRENCE-ID:20261208T150000Z", "DTSTART:20261209T160000Z"),
        one("RECURRENCE-ID:20261215T150000Z", "DTSTART:20261215T150000Z", "STATUS:CANCELLED"),
    ).events
    assert [(event.starts, event.day, event.title, event.is_cancelled) for event in found] == [
        ("2026-12-01", "2026-12-01", "Talgud", False),
        ("2026-12-09", "2026-12-08", "Talgud mujal", False),
        ("2026-12-15", "2026-12-15", "Talgud", True),
    ]
    assert {event.url for event in found} == {"https://kogu.ee/ring"}


def test_of_several_versions_the_newest_counts() -> None:
    found = read(one("DTSTART;VALUE=DATE:20261201"), one("SEQUENCE:2", "DTSTART;VALUE=DATE:20261202")).events
    assert [(event.starts, event.day) for event in found] == [("2026-12-02", None)]


def test_days_with_one_uid_and_no_rule_are_all_told() -> None:
    found = read(one("DTSTART;VALUE=DATE:20261201"), one("DTSTART;VALUE=DATE:20261202")).events
    assert [event.day for event in found] == ["2026-12-01", "2026-12-02"]


def test_events_without_uid_are_different_ones() -> None:
    found = read(event("SUMMARY:A", "DTSTART;VALUE=DATE:20261201"), event("SUMMARY:B", "DTSTART;VALUE=DATE:20261201"))
    assert len({event.uid for event in found.events}) == 2


NUMBERS = ",".join(map(str, range(24)))
MINUTES = ",".join(map(str, range(60)))


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        pytest.param("FREQ=SECONDLY", "recurs too often", id="every-second"),
        pytest.param(f"FREQ=DAILY;BYHOUR={NUMBERS}", "recurs too often", id="every-hour"),
        pytest.param(
            f"FREQ=DAILY;BYHOUR={NUMBERS};BYMINUTE={MINUTES};BYSECOND={MINUTES}",
            "recurs by a rule that takes too long to follow",
            id="every-second-of-a-day",
        ),
        pytest.param(
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "recurs by a rule that takes too long to follow", id="never"
        ),
        pytest.param("FREQ=DAILY;INTERVAL=0", "recurs by a rule that cannot be read", id="never-the-next"),
        pytest.param("FREQ=WEEKLY;RSCALE=CHINESE", "recurs by a rule that cannot be read", id="other-calendar"),
        pytest.param("FREQ=HOMME", "an event that cannot be read (BrokenCalendarProperty)", id="no-rule"),
    ],
)
def test_a_rule_that_is_a_bomb_costs_only_its_own_event(rule: str, reason: str) -> None:
    found = read(
        event("UID:pomm", "SUMMARY:Pomm", "DTSTART:20200101T100000Z", f"RRULE:{rule}"),
        one("DTSTART;VALUE=DATE:20261210"),
    )
    assert found.faults == (("pomm", reason),)
    assert [event.title for event in found.events] == ["Talgud"]


def test_many_bombs_end_too() -> None:
    bombs = [
        event(f"UID:pomm-{n}", "DTSTART:20200101T100000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
        for n in range(12)
    ]
    found = read(*bombs, one("DTSTART;VALUE=DATE:20261210"))
    assert len(found.faults) == 12
    assert found.faults[-1][1] == "recurs, as too much of the calendar does"
    assert len(found.events) == 1


def test_a_broken_event_costs_no_other() -> None:
    found = read(
        event("UID:paevata", "SUMMARY:Kunagi"),
        event("UID:homme", "SUMMARY:Homme", "DTSTART:homme"),
        event("UID:segane", "see on", "muu;;:", "="),
        "BEGIN:VEVENT\r\nUID:lahti\r\nSUMMARY:Lõputa\r\nDTSTART;VALUE=DATE:20261209",
        "SUMMARY:üleliigne\r\nEND:VTODO",
        one("DTSTART;VALUE=DATE:20261210", "LAST-MODIFIED:muna", "GEO:kuskil"),
    )
    assert {name for name, _ in found.faults} == {"paevata", "homme", "segane"}
    assert [event.uid for event in found.events] == ["lahti", "1"]


def test_a_calendar_that_breaks_off_says_so() -> None:
    found = read(one("DTSTART;VALUE=DATE:20261210"), "BEGIN:VEVENT", "UID:pool", ending="SUMMARY:Po")
    assert (len(found.events), found.faults) == (1, (("", "breaks off"),))


def test_what_is_no_calendar_holds_nothing() -> None:
    assert read_calendar(RawCalendar(body=b"\x00\xff\xfe<html>", today=TODAY)).events == ()
