from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from rich.console import Console

from aardekast.catalogue.runs import Reason, SourceRun
from aardekast.cli import progress
from harvester.report import run_object, source_object, summary_lines, summary_table
from harvester.summary import RunSummary
from harvester.tally import Tally

START = datetime(2026, 11, 22, tzinfo=UTC)
KYSK = SourceRun(
    source="kysk",
    started=START,
    finished=START + timedelta(seconds=12),
    counts={"read": 3, "added": 1, "missing": 2, "left_out": 7},
    reasons=(
        Reason(url="https://kysk.ee/a", outcome="missing", reason="404 not found"),
        Reason(url="https://kysk.ee/b", outcome="missing", reason="404 not found"),
    ),
)
IVEK = SourceRun(source="ivek", started=START, finished=START, counts={}, fault="host does not answer")
SUMMARY = RunSummary(started=START, finished=START + timedelta(seconds=13), sources=(KYSK, IVEK))


def test_plain_lines_say_what_was_done_and_why_not() -> None:
    assert list(summary_lines(SUMMARY)) == [
        "kysk: 3 read, 1 added, 2 missing (12 s)",
        "    2 × missing: 404 not found",
        "    7 more addresses left out (max_pages)",
        "ivek: nothing (0 s); FAILED: host does not answer",
        "2 sources harvested in 13 s: 3 pages read, 1 added, 0 changed, 0 unchanged; 1 of 2 sources failed.",
    ]


def test_the_table_has_a_line_for_each_source_and_the_totals() -> None:
    console = Console(width=140, record=True, file=None, quiet=False, force_terminal=False)
    with console.capture() as captured:
        console.print(summary_table(SUMMARY))
    shown = captured.get()
    assert all(word in shown for word in ("kysk", "ivek", "host does not answer", "2 × missing", "together"))


def test_without_a_network_one_sentence_is_enough() -> None:
    offline = RunSummary(started=START, finished=START, sources=(IVEK,), is_offline=True)
    assert list(summary_lines(offline)) == [offline.sentence]


def test_importing_the_harvester_loads_neither_scrapy_nor_a_reactor() -> None:
    heavy = ("scrapy", "twisted", "trafilatura", "sqlalchemy")
    code = f"import harvester, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_objects_for_programs_say_all_that_is_known() -> None:
    told = source_object(KYSK)
    assert (told["event"], told["source"], told["seconds"], told["counts"]["left_out"]) == ("source", "kysk", 12.0, 7)
    assert told["reasons"][0] == {"url": "https://kysk.ee/a", "outcome": "missing", "reason": "404 not found"}
    run = run_object(SUMMARY, 3)
    assert (run["event"], run["sources"], run["failed_sources"], run["exit_code"]) == ("run", 2, ["ivek"], 3)
    assert run["counts"]["missing"] == 2


def test_on_a_terminal_a_bar_grows_and_the_table_comes_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    console = Console(force_terminal=True, width=140, file=StringIO())
    monkeypatch.setattr(progress, "Console", lambda: console)
    tally = Tally("kysk")
    tally.count("read")
    with progress.teller(2, as_json=False) as told:
        told.begun(tally)
        told.done(KYSK)
        told.ended(SUMMARY, 3)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "sources" in shown
    assert "1 read" in shown
    assert "1/2" in shown
    assert shown.index("kysk: 3 read, 1 added") < shown.index("together")
    assert SUMMARY.sentence in capsys.readouterr().out
