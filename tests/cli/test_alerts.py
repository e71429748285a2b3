"""`aardekast alerts`, and the end of a refresh: real processes, a real mail server."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from mailhost import MailHost, mail_host

from aardekast.alerts import Rhythm, Wish
from aardekast.catalogue import Catalogue, alerts
from webapp.guards import SHORTEST

MARI, JAAN = "mari@kyla.ee", "jaan@kyla.ee"
PATIENCE = 60.0
SOURCES_FAILED = 3  # the code of a refresh without a network, with or without mails


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as opened:
        yield opened


@pytest.fixture
def mail(host: MailHost) -> dict[str, str]:
    """The settings with which mails go out."""
    return {
        "AARDEKAST_SMTP_URL": f"smtp://127.0.0.1:{host.port}?starttls=never",
        "AARDEKAST_MAIL_FROM": "aardekast@kyla.ee",
        "AARDEKAST_PUBLIC_URL": "https://aardekast.kyla.ee",
    }


@pytest.fixture
def catalogue(folder: Path) -> Iterator[Catalogue]:
    opened = Catalogue.open(f"sqlite:///{folder / 'var' / 'catalogue.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def two(aardekast, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """Two who follow kriisiplaan daily since the day before the materials came in."""
    monkeypatch.setattr(alerts, "_now", lambda: datetime.now(UTC) - timedelta(days=2))
    for address in (MARI, JAAN):
        wish = Wish(address=address, search="q=kriisiplaan", language="et", rhythm=Rhythm.DAILY)
        catalogue.alerts.wish(wish)
        (asked,) = catalogue.alerts.take_asked()
        catalogue.alerts.confirm(asked.id, asked.rhythm)
    monkeypatch.undo()
    aardekast("index")
    return catalogue


def test_without_a_mail_server_the_command_says_how_to_set_one(aardekast) -> None:
    said = aardekast("alerts", code=2).stderr
    assert "No mail server is set. Set AARDEKAST_SMTP_URL" in said
    assert "Traceback" not in said


def test_half_a_configuration_is_told_by_every_command(aardekast) -> None:
    said = aardekast("index", code=2, AARDEKAST_SMTP_URL="smtp://mari:salajane@post.kyla.ee").stderr
    assert "AARDEKAST_MAIL_FROM and AARDEKAST_PUBLIC_URL" in said
    assert "salajane" not in said


def test_what_is_due_is_sent_once_and_told_in_counts(aardekast, two: Catalogue, host: MailHost, mail) -> None:
    said = aardekast("alerts", "--dry-run", **mail).stdout
    assert said.splitlines()[-1] == "Would send 2 alerts and 0 confirmation mails."
    assert sorted(said.splitlines()[:-1]) == [f"Alert {n}: 1 new for q=kriisiplaan" for n in (1, 2)]
    assert "@" not in said, "a log holds no addresses"
    assert not host.mails

    assert aardekast("alerts", **mail).stdout == "Sent 2 alerts and 0 confirmation mails.\n"
    assert sorted(to for _, to, _ in host.envelopes) == [JAAN, MARI]
    assert host.connections == 1
    found = json.loads(aardekast("alerts", "--json", **mail).stdout)
    assert found == {
        "asked": 0, "sent": 0, "rejected": 0, "ended": 0, "failed": 0, "forgotten": 0, "unreadable": 0,
        "is_away": False, "is_whole": True, "faults": [],
    }  # fmt: skip


def test_a_server_that_is_away_is_named_and_nothing_is_lost(aardekast, two: Catalogue, host: MailHost, mail) -> None:
    away = {**mail, "AARDEKAST_SMTP_URL": "smtp://mari:salajane@127.0.0.1:1?starttls=never"}
    two.alerts.wish(Wish(address="peeter@kyla.ee", search="q=eelarve", language="et", rhythm=Rhythm.DAILY))
    done = aardekast("alerts", code=2, **away)
    assert "127.0.0.1:1 takes no mail" in done.stderr
    assert "due again at the next run" in done.stderr
    assert "salajane" not in done.stdout + done.stderr
    assert aardekast("alerts", **mail).stdout == "Sent 2 alerts and 1 confirmation mails.\n"


def test_a_second_sender_leaves_at_once(aardekast, two: Catalogue, host: MailHost, folder: Path, mail) -> None:
    host.hold.clear()
    first = begin(folder, mail)
    wait_until(lambda: bool(host.tries))
    assert "Sending alerts is already under way" in aardekast("alerts", code=4, **mail).stderr
    host.hold.set()
    assert first.wait(PATIENCE) == 0
    assert sorted(to for _, to, _ in host.envelopes) == [JAAN, MARI]


def test_asked_to_stop_it_ends_after_the_mail_under_way(two: Catalogue, host: MailHost, folder: Path, mail) -> None:
    host.hold.clear()
    process = begin(folder, mail)
    wait_until(lambda: bool(host.tries))
    process.send_signal(signal.SIGTERM)
    host.hold.set()
    assert process.wait(PATIENCE) == 1
    assert len(host.mails) == 1
    assert [alert.address for alert in two.alerts.confirmed() if alert.last_sent] == [host.envelopes[0][1]]


def test_killed_between_the_server_and_the_catalogue_one_mail_comes_twice_and_none_is_lost(
    aardekast, two: Catalogue, host: MailHost, folder: Path, mail
) -> None:
    host.hold.clear()
    process = begin(folder, mail)
    wait_until(lambda: bool(host.tries))
    with closing(sqlite3.connect(folder / "var" / "catalogue.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")  # so that it cannot note what the server takes over now
        host.hold.set()
        host.wait_for(1)
        process.kill()
        process.wait(PATIENCE)
        other.rollback()
    assert not [alert for alert in two.alerts.confirmed() if alert.last_sent]

    assert aardekast("alerts", **mail).stdout == "Sent 2 alerts and 0 confirmation mails.\n"
    first = host.envelopes[0][1]
    once, twice = host.to(first)
    assert once["Message-ID"] == twice["Message-ID"]
    assert [len(host.to(address)) for address in sorted({MARI, JAAN} - {first})] == [1]
    assert aardekast("alerts", **mail).stdout == "Sent 0 alerts and 0 confirmation mails.\n"


def test_a_refresh_sends_what_is_due_when_it_has_published(aardekast, two: Catalogue, host: MailHost, mail) -> None:
    said = aardekast("refresh", **mail, code=SOURCES_FAILED)
    assert "Sent 2 alerts and 0 confirmation mails." in said.stdout
    assert sorted(to for _, to, _ in host.envelopes) == [JAAN, MARI]


def test_a_refresh_does_not_fail_for_the_mail_servers_sake(aardekast, two: Catalogue, mail) -> None:
    away = {**mail, "AARDEKAST_SMTP_URL": "smtp://127.0.0.1:1"}
    done = aardekast("refresh", **away, code=SOURCES_FAILED)
    assert "127.0.0.1:1 takes no mail" in done.stderr


def test_the_served_site_asks_back_at_once(aardekast, host: MailHost, folder: Path, mail) -> None:
    aardekast("index")
    command = [sys.executable, "-m", "aardekast", "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, cwd=folder, env={**os.environ, **mail}, stdout=subprocess.PIPE, text=True) as site:
        try:
            assert site.stdout is not None
            address = site.stdout.readline().strip()
            with urlopen(f"{address}teavita?q=kriisiplaan") as page:
                stamp = re.findall(r'name="tempel" value="([^"]+)"', page.read().decode())[0]
            time.sleep(SHORTEST + 0.5)  # as a person takes
            form = urlencode({"tempel": stamp, "epost": MARI, "sagedus": "paev"}).encode()
            sent = Request(f"{address}teavita?q=kriisiplaan", form, {"Origin": address.rstrip("/")})
            with urlopen(sent) as answer:
                assert answer.url == f"{address}teavita/aitah"
            host.wait_for(1)
        finally:
            site.terminate()
    assert host.envelopes == [("aardekast@kyla.ee", MARI, False)]
    assert host.mails[0]["Subject"] == "Kinnita, et tahad kirju: „kriisiplaan“"


def begin(folder: Path, mail: dict[str, str]) -> subprocess.Popen[bytes]:
    """`aardekast alerts` in the background; it ends with the test, for its server does."""
    command = [sys.executable, "-W", "error", "-m", "aardekast", "alerts"]
    return subprocess.Popen(command, cwd=folder, env={**os.environ, **mail}, stdout=subprocess.DEVNULL)


def wait_until(is_so) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)
