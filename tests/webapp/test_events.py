"""Events by their day, and calendars of them, read by the library that reads calendars."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from flask.testing import FlaskClient
from icalendar import Calendar

from aardekast.resource import Resource

ClientOf = Callable[..., FlaskClient]
CardOf = Callable[..., Resource]
EventOf = Callable[..., Resource]

FAR = 2999


@pytest.fixture
def event_of(card_of: CardOf) -> EventOf:
    return lambda number, title, **fields: card_of(number, title, kind="koolitus", **fields)


@pytest.fixture
def agenda(client_of: ClientOf, event_of: EventOf, card_of: CardOf) -> FlaskClient:
    today = datetime.now(UTC).date()
    return client_of(
        event_of(1, "Hilisem õpituba", starts=f"{FAR}-02-10", ends=f"{FAR}-02-11", place="Paide", audiences=("kov",)),
        event_of(2, "Varasem õpituba", starts=f"{FAR}-01-05", counties=("tartu",), keywords=("õpe", "küla, vald")),
        event_of(3, "Kestev kursus", starts=(today - timedelta(days=40)).isoformat(), ends=f"{FAR}-01-01"),
        event_of(4, "Möödunud seminar", starts="2020-01-01"),
        event_of(5, "Salvestatud seminar", starts="2021-01-01", format="video", minutes=41),
        event_of(6, "Koolitus kokkuleppel"),
        event_of(7, "Kevadkool", starts=f"{FAR}-03"),
        card_of(8, "Veebiettekanne kriisist", kind="veebiettekanne", published="2024"),
    )


def test_events_stand_by_month(agenda: FlaskClient) -> None:
    page = agenda.get("/sundmused").text
    expected = [
        "Praegu käimas",
        "Kestev kursus",
        f"Jaanuar {FAR}",
        "Varasem õpituba",
        f"Veebruar {FAR}",
        "Hilisem õpituba",
        f"Märts {FAR}",
        "Kevadkool",
    ]
    places = [page.index(f">{text}<") for text in expected]
    assert places == sorted(places)
    assert "<b>5</b><span>jaan</span>" in page
    assert f"10.02.{FAR}–11.02.{FAR}" in page or f"10.2.{FAR}–11.2.{FAR}" in page
    assert "Paide" in page


def test_past_events_stay_only_where_they_were_recorded(agenda: FlaskClient) -> None:
    page = agenda.get("/sundmused").text
    assert "Möödunud seminar" not in page
    recorded = page[page.index("Möödunud, salvestus olemas") :]
    assert recorded.index("Veebiettekanne kriisist") < recorded.index("Salvestatud seminar")
    assert "Kestev kursus" not in recorded


def test_trainings_without_a_day_stand_apart(agenda: FlaskClient) -> None:
    page = agenda.get("/sundmused").text
    assert page.index("Koolitused, mille päeva ei ole kirjas") < page.index("Koolitus kokkuleppel")
    assert page.index(f"Märts {FAR}") < page.index("Koolitus kokkuleppel")


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [("sihtruhm=kov", "Hilisem", "Varasem"), ("maakond=tartu", "Varasem", "Hilisem"), ("sihtruhm=", "Varasem", "xxx")],
)
def test_events_can_be_narrowed(query: str, shown: str, hidden: str, agenda: FlaskClient) -> None:
    for address in (f"/sundmused?{query}", f"/sundmused.ics?{query}", f"/sundmused.atom?{query}"):
        answer = agenda.get(address).text
        assert f"{shown} õpituba" in answer
        assert f"{hidden} õpituba" not in answer


def test_the_chosen_value_stays_chosen_and_goes_into_the_calendar(agenda: FlaskClient) -> None:
    page = agenda.get("/sundmused?sihtruhm=kov").text
    assert '<option value="kov" selected>' in page
    assert 'href="/sundmused.ics?sihtruhm=kov"' in page
    assert 'href="/sundmused.atom?sihtruhm=kov"' in page


def test_without_events_the_page_says_so(client: FlaskClient) -> None:
    assert "Praegu ühtegi sündmust kirjas ei ole." in client.get("/sundmused").text
    assert Calendar.from_ical(client.get("/sundmused.ics").data).events == []


def test_the_calendar_holds_what_has_a_day(agenda: FlaskClient) -> None:
    answer = agenda.get("/sundmused.ics")
    assert answer.mimetype == "text/calendar"
    calendar = Calendar.from_ical(answer.data)
    events = {str(event["SUMMARY"]): event for event in calendar.events}
    assert set(events) == {"Kestev kursus", "Varasem õpituba", "Hilisem õpituba"}
    two_days = events["Hilisem õpituba"]
    assert (two_days.start, two_days.end) == (date(FAR, 2, 10), date(FAR, 2, 12)), "the end is the day after"
    one_day = events["Varasem õpituba"]
    assert one_day.end - one_day.start == timedelta(days=1)
    assert one_day.categories == ["õpe", "küla, vald"]
    assert str(two_days["LOCATION"]) == "Paide"
    assert all("/materjal/" in str(event["DESCRIPTION"]) for event in events.values())
    assert len({str(event["UID"]) for event in events.values()}) == 3
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert not calendar.errors


def test_another_program_reads_the_same_days_titles_and_places_from_the_calendar(
    client_of: ClientOf, event_of: EventOf
) -> None:
    title = "Külapäev; talgud, söök ja „" + "väga " * 30 + "pikk“ jutt"
    days = {"starts": f"{FAR}-02-10", "ends": f"{FAR}-02-11", "place": "Paide, Pärnu tn 3; II korrus\nsaal"}
    client = client_of(event_of(1, title, **days), event_of(2, "Õpituba", starts=f"{FAR}-01-05"))
    calendar = vobject.readOne(client.get("/sundmused.ics").data.decode())
    read = {
        event.summary.value: (event.dtstart.value, event.dtend.value, event.uid.value.rpartition("/")[2])
        for event in calendar.vevent_list
    }
    assert read == {
        title: (date(FAR, 2, 10), date(FAR, 2, 12), "kaart-1"),
        "Õpituba": (date(FAR, 1, 5), date(FAR, 1, 6), "kaart-2"),
    }
    places = [event.location.value for event in calendar.vevent_list if hasattr(event, "location")]
    assert places == ["Paide, Pärnu tn 3; II korrus\nsaal"]


def test_names_in_calendars_stay_the_same(agenda: FlaskClient) -> None:
    whole = {str(event["UID"]) for event in Calendar.from_ical(agenda.get("/sundmused.ics").data).events}
    alone = Calendar.from_ical(agenda.get("/materjal/kaart-2.ics").data).events[0]
    assert str(alone["UID"]) in whole
    assert str(alone["UID"]) == "tag:kogukonnaveeb.ee,2026:aardekast/materjal/kaart-2"


@pytest.mark.parametrize("id_", ["kaart-6", "kaart-7", "kaart-8", "olematu"])
def test_what_has_no_day_has_no_calendar(id_: str, agenda: FlaskClient) -> None:
    assert agenda.get(f"/materjal/{id_}.ics").status_code == 404
    assert f"{id_}.ics" not in agenda.get("/sundmused").text


def test_an_event_is_put_into_a_calendar_from_its_page_too(agenda: FlaskClient) -> None:
    assert 'href="/materjal/kaart-1.ics"' in agenda.get("/materjal/kaart-1").text


def test_a_title_cannot_add_lines_to_a_calendar(client_of: ClientOf, event_of: EventOf) -> None:
    client = client_of(event_of(1, "Küla\r\nATTACH:http://kuri.ee/", starts=f"{FAR}-01-01", place="A\nB;C,D"))
    event = Calendar.from_ical(client.get("/sundmused.ics").data).events[0]
    assert "ATTACH" not in event
    assert str(event["LOCATION"]) == "A\nB;C,D"
