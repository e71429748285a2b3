"""Alerts in the catalogue: what is kept of whom, how long, and when the next mail is due."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError

from aardekast.alerts import ASKED_FOR, MOST_ASKED, MOST_FAILURES, MOST_OF_ADDRESS, Alert, Rhythm, Wish
from aardekast.catalogue import Catalogue, alerts
from aardekast.catalogue.tables import AlertRow, Base
from aardekast.errors import InboxError

START = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Clock:
    """The time as the catalogue of a test has it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(alerts, "_now", clock)
    return clock


def wish(search: str = "q=kriisiplaan", **fields: Any) -> Wish:
    known = {"address": "mari@kyla.ee", "search": search, "language": "et", "rhythm": Rhythm.WEEKLY}
    return Wish(**(known | fields))


def rows(catalogue: Catalogue) -> list[AlertRow]:
    with catalogue._database.reading() as session:
        return list(session.scalars(select(AlertRow).order_by(AlertRow.id)))


def subscribed(catalogue: Catalogue, **fields: Any) -> Alert:
    catalogue.alerts.wish(wish(**fields))
    (asked,) = catalogue.alerts.take_asked()
    confirmed = catalogue.alerts.confirm(asked.id, asked.rhythm)
    assert confirmed is not None
    return confirmed


def test_a_wish_is_asked_back_once_and_sends_nothing_before_it_is_confirmed(catalogue: Catalogue, clock: Clock) -> None:
    catalogue.alerts.wish(wish())
    (asked,) = catalogue.alerts.take_asked()
    assert (asked.address, asked.search, asked.rhythm, asked.confirmed) == (
        "mari@kyla.ee", "q=kriisiplaan", Rhythm.WEEKLY, None,
    )  # fmt: skip
    assert not catalogue.alerts.take_asked(), "another process may ask at the same time"
    assert not catalogue.alerts.confirmed()
    catalogue.alerts.confirm(asked.id, asked.rhythm)
    assert [alert.confirmed for alert in catalogue.alerts.confirmed()] == [START]


def test_what_could_not_be_asked_waits_on(catalogue: Catalogue) -> None:
    catalogue.alerts.wish(wish())
    (asked,) = catalogue.alerts.take_asked()
    catalogue.alerts.ask_later(asked)
    assert catalogue.alerts.take_asked() == [asked]


def test_an_unconfirmed_wish_is_deleted_in_time(catalogue: Catalogue, clock: Clock) -> None:
    catalogue.alerts.wish(wish())
    clock.now += ASKED_FOR
    assert catalogue.alerts.forget_unconfirmed() == 0
    clock.pass_(seconds=1)
    assert catalogue.alerts.alert(1) is None
    assert catalogue.alerts.confirm(1, Rhythm.DAILY) is None
    assert rows(catalogue) == []


def test_forgetting_keeps_what_is_confirmed(catalogue: Catalogue, clock: Clock) -> None:
    subscribed(catalogue)
    catalogue.alerts.wish(wish("q=eelarve"))
    clock.pass_(days=30)
    assert catalogue.alerts.forget_unconfirmed() == 1
    assert [row.search for row in rows(catalogue)] == ["q=kriisiplaan"]


def test_the_same_wish_is_one_alert_whose_rhythm_changes_when_that_is_confirmed(
    catalogue: Catalogue, clock: Clock
) -> None:
    first = subscribed(catalogue)
    clock.pass_(hours=1)
    catalogue.alerts.wish(wish(address="Mari@kyla.ee", rhythm=Rhythm.DAILY))
    (asked,) = catalogue.alerts.take_asked()
    assert (asked.id, asked.rhythm, asked.confirmed) == (first.id, Rhythm.DAILY, START)
    assert catalogue.alerts.confirmed()[0].rhythm is Rhythm.WEEKLY, "anyone may wish for this address"
    catalogue.alerts.confirm(asked.id, asked.rhythm)
    (alert,) = catalogue.alerts.confirmed()
    assert (alert.rhythm, alert.confirmed) == (Rhythm.DAILY, START)


def test_another_language_or_search_is_another_alert(catalogue: Catalogue) -> None:
    for number, other in enumerate(({}, {"search": "q=eelarve"}, {"language": "ru"}), start=1):
        subscribed(catalogue, **other)
        assert len(catalogue.alerts.confirmed()) == number


def test_who_leaves_leaves_no_row_and_the_id_is_never_given_again(catalogue: Catalogue) -> None:
    first = subscribed(catalogue)
    catalogue.alerts.leave(first.id)
    catalogue.alerts.leave(first.id)
    assert rows(catalogue) == []
    assert subscribed(catalogue).id == first.id + 1


def test_a_mailbox_is_asked_so_often_a_day_whatever_stands_after_the_plus(catalogue: Catalogue, clock: Clock) -> None:
    for number in range(MOST_ASKED + 3):
        catalogue.alerts.wish(wish(f"q={number}", address=f"mari+{number}@kyla.ee"))
    assert len(catalogue.alerts.take_asked()) == MOST_ASKED
    catalogue.alerts.wish(wish(address="jaan@kyla.ee"))
    assert [asked.address for asked in catalogue.alerts.take_asked()] == ["jaan@kyla.ee"]
    clock.pass_(days=1)
    catalogue.alerts.wish(wish("q=homme"))
    assert [asked.search for asked in catalogue.alerts.take_asked()] == ["q=homme"]


def test_one_wish_sent_again_and_again_is_asked_no_more_often(catalogue: Catalogue, clock: Clock) -> None:
    asked = 0
    for _ in range(MOST_ASKED + 3):
        catalogue.alerts.wish(wish())
        asked += len(catalogue.alerts.take_asked())
    assert asked == MOST_ASKED
    clock.pass_(days=1, seconds=1)
    catalogue.alerts.wish(wish())
    assert len(catalogue.alerts.take_asked()) == 1


def test_a_mailbox_has_so_many_alerts_and_may_change_those_that_it_has(catalogue: Catalogue, clock: Clock) -> None:
    for number in range(MOST_OF_ADDRESS):
        subscribed(catalogue, search=f"q={number}")
        clock.pass_(days=1)
    catalogue.alerts.wish(wish("q=veel"))
    assert not catalogue.alerts.take_asked()
    catalogue.alerts.wish(wish("q=0", rhythm=Rhythm.DAILY))
    assert [asked.search for asked in catalogue.alerts.take_asked()] == ["q=0"]


def test_a_flood_is_not_kept(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alerts, "MOST_WAITING", 1)
    catalogue.alerts.wish(wish())
    with pytest.raises(InboxError, match="wait to be confirmed"):
        catalogue.alerts.wish(wish(address="jaan@kyla.ee"))
    catalogue.alerts.wish(wish(rhythm=Rhythm.DAILY))


def test_no_message_of_a_fault_holds_an_address(catalogue: Catalogue) -> None:
    with catalogue._database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER broken BEFORE INSERT ON alerts BEGIN SELECT RAISE(ABORT, 'x'); END")
    with pytest.raises(SQLAlchemyError) as raised:
        catalogue.alerts.wish(wish())
    assert "INSERT INTO alerts" in str(raised.value)
    assert "mari" not in str(raised.value)


def test_an_address_refused_in_so_many_sendings_ends_its_alert(catalogue: Catalogue, clock: Clock) -> None:
    alert = subscribed(catalogue, rhythm=Rhythm.DAILY)
    for number in range(1, MOST_FAILURES + 1):
        clock.pass_(days=1)
        assert [due.is_due(clock.now) for due in catalogue.alerts.confirmed()] == [True]
        assert catalogue.alerts.note_refused(alert.id) is (number == MOST_FAILURES)
        assert not any(due.is_due(clock.now) for due in catalogue.alerts.confirmed()), "one sending a day"
    assert rows(catalogue) == []


def test_a_mail_that_gets_through_forgives_what_was_refused_before(catalogue: Catalogue, clock: Clock) -> None:
    alert = subscribed(catalogue)
    for _ in range(MOST_FAILURES):
        assert not any(catalogue.alerts.note_refused(alert.id) for _ in range(MOST_FAILURES - 1))
        catalogue.alerts.note_sent(alert.id)


def test_a_wish_whose_address_is_refused_goes_at_once(catalogue: Catalogue) -> None:
    catalogue.alerts.wish(wish())
    (asked,) = catalogue.alerts.take_asked()
    assert catalogue.alerts.note_refused(asked.id)
    assert rows(catalogue) == []


def day(text: str) -> datetime:
    """A moment in Estonia, which is two hours ahead of UTC in winter."""
    return datetime.fromisoformat(f"{text}+02:00")


@pytest.mark.parametrize(
    ("rhythm", "last", "not_yet", "due"),
    [
        pytest.param("paev", "2026-11-22T23:50", "2026-11-22T23:59", "2026-11-23T00:00", id="a-day-is-estonias"),
        pytest.param("paev", "2026-11-22T00:10", "2026-11-22T23:59", "2026-11-23T00:00", id="once-a-day"),
        pytest.param("nadal", "2026-11-22T12:00", "2026-11-28T23:59", "2026-11-29T00:00", id="a-week"),
        pytest.param("kuu", "2026-11-22T12:00", "2026-12-21T23:59", "2026-12-22T00:00", id="a-month"),
        pytest.param("kuu", "2026-12-31T12:00", "2027-01-30T23:59", "2027-01-31T00:00", id="a-month-over-new-year"),
        pytest.param("kuu", "2027-01-31T12:00", "2027-02-27T23:59", "2027-02-28T00:00", id="a-short-month"),
        pytest.param("kuu", "2028-01-31T12:00", "2028-02-28T23:59", "2028-02-29T00:00", id="a-leap-year"),
    ],
)
def test_the_next_mail_may_come_on_the_day_of_the_rhythm(rhythm: str, last: str, not_yet: str, due: str) -> None:
    kept = {"id": 1, "address": "mari@kyla.ee", "search": "", "language": "et", "rhythm": Rhythm(rhythm)}
    for sent in ({"confirmed": day(last)}, {"confirmed": day("2026-01-01T12:00"), "last_sent": day(last)}):
        alert = Alert(**kept, **sent)  # type: ignore[arg-type]
        assert not alert.is_due(day(not_yet))
        assert alert.is_due(day(due))


def test_an_unconfirmed_alert_is_never_due(catalogue: Catalogue) -> None:
    catalogue.alerts.wish(wish())
    alert = catalogue.alerts.alert(1)
    assert alert is not None
    assert not alert.is_due(START + timedelta(days=400))


def test_what_is_shown_later_than_it_was_found_is_new_when_it_is_shown(catalogue: Catalogue, clock: Clock) -> None:
    long_ago = START - timedelta(days=100)
    first = catalogue.alerts.first_shown([("vana", long_ago), ("teadmata", None)])
    assert first["vana"] == long_ago
    assert first["teadmata"] < long_ago
    clock.pass_(days=1)
    seen = [("vana", long_ago), ("uus", clock.now), ("ootas-kuraatorit", long_ago)]
    assert catalogue.alerts.first_shown(seen, keep=False) == catalogue.alerts.first_shown(seen)
    later = clock.now
    clock.pass_(days=1)
    assert dict(catalogue.alerts.first_shown(seen)) == {
        "vana": long_ago, "uus": later, "ootas-kuraatorit": later,
    }  # fmt: skip


def test_a_dry_look_keeps_nothing(catalogue: Catalogue, clock: Clock) -> None:
    catalogue.alerts.first_shown([("vana", START)])
    catalogue.alerts.first_shown([("vana", START), ("uus", START)], keep=False)
    clock.pass_(days=1)
    assert catalogue.alerts.first_shown([("uus", START)])["uus"] == clock.now


def test_the_migration_makes_the_tables_that_the_code_knows(catalogue: Catalogue) -> None:
    found = inspect(catalogue._database.engine)
    for name in ("alerts", "first_shown"):
        table = Base.metadata.tables[name]
        columns = {column["name"]: column["nullable"] for column in found.get_columns(name)}
        assert columns == {column.name: column.nullable for column in table.columns}
