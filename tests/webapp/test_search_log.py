"""The search log: people's searches, once each, never in the way of an answer."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from aardekast.errors import InboxError
from aardekast.resource import Resource
from aardekast.searches import Searched
from aardekast.searchfiles import SearchFiles
from aardekast.vocabulary import Vocabulary
from index import Searcher
from webapp import create_app, searchlog
from webapp.searchlog import SearchLog

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


@dataclass
class Opened:
    searcher: Searcher

    def open(self) -> Searcher:
        return self.searcher


@dataclass
class Keeper:
    """Keeps in memory; while `is_away`, nothing."""

    kept: list[Searched] = field(default_factory=list)
    is_away: bool = False
    asked: threading.Event = field(default_factory=threading.Event)

    def keep_searches(self, searches: Sequence[Searched]) -> None:
        self.asked.set()
        if self.is_away:
            raise InboxError("away")
        self.kept.extend(searches)


@dataclass
class Noted:
    client: FlaskClient
    keeper: Keeper
    log: SearchLog

    def after(self, path: str, agent: str = PHONE, **headers: str) -> list[Searched]:
        sent = {"User-Agent": agent} | {name.replace("_", "-"): value for name, value in headers.items()}
        assert self.client.get(path, headers=sent).status_code == 200
        self.log.close()
        return self.keeper.kept


@pytest.fixture
def noted(
    index_of: Callable[..., Searcher], vocabulary: Vocabulary, card_of: Callable[..., Resource]
) -> Iterator[Noted]:
    keeper = Keeper()
    log = SearchLog(keeper)
    cards = [card_of(1, "Külavanema valimine", topics=("kulaelu",)), card_of(2, "Talgud", audiences=("kov",))]
    app = create_app(Opened(index_of(*cards)), vocabulary, search_log=log, testing=True)
    yield Noted(app.test_client(), keeper, log)
    log.close()


def test_words_filters_hits_and_time_are_kept_and_nothing_else(noted: Noted) -> None:
    (search,) = noted.after("/otsing?q=KÜLA++vanem&sihtruhm=kogukond")
    assert (search.query, search.filters, search.hits) == ("küla vanem", "sihtruhm=kogukond", 1)
    assert search.took_ms > 0
    assert set(search.__slots__) == {"query", "filters", "hits", "took_ms", "at"}


def test_a_search_answered_from_what_is_kept_counts_too(noted: Noted) -> None:
    noted.client.get("/otsing?q=talgud", headers={"User-Agent": "curl/8.5.0"})
    noted.client.get("/otsing?q=talgud", headers={"User-Agent": PHONE})
    assert [(search.query, search.hits) for search in noted.after("/otsing?q=talgud")] == [("talgud", 1)] * 2


def test_a_topic_alone_is_a_search_too(noted: Noted) -> None:
    assert [search.filters for search in noted.after("/otsing?teema=kulaelu")] == ["teema=kulaelu"]


def test_what_finds_nothing_is_kept(noted: Noted) -> None:
    assert [(search.query, search.hits) for search in noted.after("/otsing?q=kratt")] == [("kratt", 0)]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/", id="front"),
        pytest.param("/otsing", id="everything"),
        pytest.param("/api/v1/search?q=talgud", id="api"),
        pytest.param("/api/v1/suggest?q=talg", id="completion"),
        pytest.param("/otsing?q=mari@kyla.ee", id="e-mail"),
        pytest.param("/otsing?q=38001085718", id="personal-code"),
        pytest.param("/otsing?q=talgud&valjaandja=51234567", id="phone-in-a-filter"),
    ],
)
def test_other_pages_and_persons_are_not_kept(noted: Noted, path: str) -> None:
    assert noted.after(path) == []


@pytest.mark.parametrize(
    ("agent", "headers"),
    [
        pytest.param("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", {}, id="robot"),
        pytest.param("Mozilla/5.0 AppleWebKit/537.36 (KHTML; compatible; bingbot/2.0) Chrome/116", {}, id="bingbot"),
        pytest.param("curl/8.5.0", {}, id="program"),
        pytest.param("", {}, id="silent"),
        pytest.param(PHONE, {"Sec_Purpose": "prefetch"}, id="fetched-ahead"),
    ],
)
def test_robots_are_not_counted_as_visitors(noted: Noted, agent: str, headers: dict[str, str]) -> None:
    assert noted.after("/otsing?q=talgud", agent, **headers) == []


def test_an_answer_does_not_wait_for_the_files_nor_fail_with_them(noted: Noted) -> None:
    noted.keeper.is_away = True
    assert noted.after("/otsing?q=talgud") == []
    assert noted.keeper.asked.is_set()


def test_what_could_not_be_written_is_written_later_in_its_order() -> None:
    keeper = Keeper(is_away=True)
    log = SearchLog(keeper, every=0.01)
    noted = [_searched(f"otsing {n}") for n in range(3)]
    for search in noted:
        log.note(search)
    assert keeper.asked.wait(10)
    keeper.is_away = False
    log.close()
    assert keeper.kept == noted


def test_while_nothing_can_be_written_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searchlog, "MOST", 2)
    keeper = Keeper()
    log = SearchLog(keeper)
    for n in range(4):
        log.note(_searched(f"otsing {n}"))
    log.close()
    assert [search.query for search in keeper.kept] == ["otsing 2", "otsing 3"]


def test_the_files_keep_what_the_log_writes(tmp_path: Path) -> None:
    log = SearchLog(SearchFiles(tmp_path / "otsingud"))
    log.note(_searched("talgud"))
    log.close()
    summary = SearchFiles(tmp_path / "otsingud").summary(days=1, limit=5)
    assert [count.query for count in summary.frequent] == ["talgud"]


def _searched(query: str) -> Searched:
    from datetime import UTC, datetime

    return Searched(query=query, filters="", hits=1, took_ms=1.0, at=datetime.now(UTC))
