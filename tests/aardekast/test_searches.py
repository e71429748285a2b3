"""What of a search is kept: its words without who, and nothing that looks like a person's."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aardekast.errors import InboxError
from aardekast.searches import KEPT_FOR, Searched, is_personal, is_personal_code, normalised
from aardekast.searchfiles import SearchFiles

NOW = datetime.now(UTC)


@pytest.fixture
def files(tmp_path: Path) -> SearchFiles:
    return SearchFiles(tmp_path / "otsingud")


def searched(query: str, hits: int = 1, *, filters: str = "", at: datetime = NOW, took_ms: float = 10) -> Searched:
    return Searched(query=query, filters=filters, hits=hits, took_ms=took_ms, at=at)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("mari.tamm@kyla.ee", id="e-mail"),
        pytest.param("kiri aadressile mari@kyla.ee palun", id="e-mail-among-words"),
        pytest.param("mari(at)kyla.ee", id="disguised-e-mail"),
        pytest.param("38001085718", id="personal-code"),
        pytest.param("EE38001085718", id="personal-code-with-country"),
        pytest.param("isikukood 380 0108 5718", id="personal-code-in-groups"),
        pytest.param("+372 5123 4567", id="phone-with-country"),
        pytest.param("51234567", id="mobile"),
        pytest.param("helista 512 3456", id="short-mobile"),
        pytest.param("tel (0)672-2000", id="landline"),
        pytest.param("00372 6722000", id="international"),
    ],
)
def test_what_looks_like_a_person_is_dropped(text: str) -> None:
    assert is_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("külavanema valimine", id="words"),
        pytest.param("aasta:2020..2024", id="years"),
        pytest.param("arengukava 2023-2026", id="years-with-hyphen"),
        pytest.param("arengukava 2023–2026", id="years-with-dash"),
        pytest.param("rahastus 2024 2025", id="two-years"),
        pytest.param("17. jaanuar 2026", id="day"),
        pytest.param("rahvastik 123 456", id="number"),
        pytest.param("@kogukond", id="at-sign"),
        pytest.param("§ 22 lg 1 p 34", id="paragraph"),
    ],
)
def test_other_queries_are_kept(text: str) -> None:
    assert not is_personal(text)


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        pytest.param("38001085718", True, id="first-weights"),
        pytest.param("37605030299", True, id="published-example"),
        pytest.param("38001085719", False, id="wrong-checksum"),
        pytest.param("38013085713", False, id="no-such-month"),
        pytest.param("3800108571", False, id="too-short"),
    ],
)
def test_a_personal_code_is_told_by_its_checksum(code: str, is_one: bool) -> None:
    assert is_personal_code(code) is is_one


def test_a_query_is_normalised() -> None:
    assert normalised("  KÜLA\tVanem  ") == "küla vanem"
    assert normalised("Ku\u0308la") == "küla"


def test_the_most_frequent_and_those_without_hits(files: SearchFiles) -> None:
    files.keep_searches(
        [
            *[searched("külavanem", 5)] * 3,
            *[searched("kratt", 0)] * 2,
            searched("talgud", 4),
            searched("kriisiplaan", 0, filters="sihtruhm=kov"),
            searched("", 9, filters="teema=kriisivalmidus", took_ms=30),
        ]
    )
    summary = files.summary(days=30, limit=2)
    assert summary.searches == 8
    assert (summary.median_ms, summary.p95_ms) == (10, 23)
    assert [(c.query, c.searches, c.hits) for c in summary.frequent] == [("külavanem", 3, 5), ("kratt", 2, 0)]
    assert [c.query for c in summary.without_hits] == ["kratt"], "with a filter a query may well find nothing"


def test_what_finds_something_by_now_is_not_in_vain(files: SearchFiles) -> None:
    files.keep_searches([searched("kratt", 0), searched("kratt", 1)])
    assert not files.summary(days=30, limit=5).without_hits


def test_nothing_is_kept_longer_than_90_days(files: SearchFiles) -> None:
    files.keep_searches([searched("ammu", at=NOW - KEPT_FOR - timedelta(days=1)), searched("veel", at=NOW - KEPT_FOR)])
    files.keep_searches([searched("hiljuti")])
    assert [c.query for c in files.summary(days=200, limit=5).frequent] == ["veel", "hiljuti"]
    assert len(list(files.folder.iterdir())) == 2


def test_only_the_days_that_are_asked_for_count(files: SearchFiles) -> None:
    files.keep_searches([searched("eile", at=NOW - timedelta(days=1)), searched("ammu", at=NOW - timedelta(days=9))])
    assert [c.query for c in files.summary(days=7, limit=5).frequent] == ["eile"]


def test_half_a_line_costs_one_search(files: SearchFiles) -> None:
    files.keep_searches([searched("enne")])
    (path,) = files.folder.iterdir()
    with path.open("a", encoding="utf-8") as file:
        file.write('{"query": "pool\n[1]\n')
    files.keep_searches([searched("pärast")])
    assert [c.query for c in files.summary(days=1, limit=5).frequent] == ["enne", "pärast"]


def test_two_processes_do_not_write_into_each_others_lines(files: SearchFiles) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: files.keep_searches([searched(f"otsing {n} {m}") for m in range(50)]), range(40)))
    assert files.summary(days=1, limit=1).searches == 2_000


def test_only_the_owner_reads_them(files: SearchFiles) -> None:
    files.keep_searches([searched("talgud")])
    (path,) = files.folder.iterdir()
    assert (stat.S_IMODE(files.folder.stat().st_mode), stat.S_IMODE(path.stat().st_mode)) == (0o700, 0o600)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "fail").write_text("", "utf-8")
    with pytest.raises(InboxError, match="fail"):
        SearchFiles(tmp_path / "fail").keep_searches([searched("talgud")])


def test_without_searches_there_are_no_figures(files: SearchFiles) -> None:
    summary = files.summary(days=30, limit=5)
    assert (summary.searches, summary.median_ms, summary.p95_ms) == (0, None, None)
