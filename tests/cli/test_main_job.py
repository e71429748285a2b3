"""`run` and `refresh`: the main job in one go, and what a timer calls."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

PATIENCE = 60.0
ONLINE = {"AARDEKAST_ALLOW_PRIVATE": "1", "AARDEKAST_DELAY": "0"}
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """`aardekast` in the background; what is still alive at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "aardekast", *arguments],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def server_module() -> ModuleType:
    spec = spec_from_file_location("fixture_site", Path(__file__).parents[1] / "sites" / "server.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    """The fixture site, as the only source of the folder."""
    opened = server_module().FixtureSite()
    text = (folder / "resources.yaml").read_text("utf-8")
    entry = f"sources:\n  - {{id: kogukond, url: '{opened.base}/', publisher: Kogukond, trusted: true}}\nresources:"
    cards = text.split("resources:\n", 1)[1].replace("https://kysk.ee", opened.base)
    (folder / "resources.yaml").write_text(f"{entry}\n{cards}", "utf-8")
    yield opened.base
    opened.close()


def read_until(process: subprocess.Popen[str], pattern: str) -> re.Match[str]:
    """The first line that has the pattern."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        found = re.search(pattern, line)
        if found:
            return found
    raise AssertionError(f"{pattern} never came: {''.join(lines)}")


def get(address: str) -> str:
    """A page, as soon as its server answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def count_resources(folder: Path) -> int:
    path = folder / "var" / "catalogue.sqlite"
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM resources").fetchone()[0])
        except sqlite3.OperationalError:  # not made yet
            return 0


def children_of(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task/{process}/children")
    found = [int(child) for child in tasks.read_text().split()] if tasks.exists() else []
    return found + [grandchild for child in found for grandchild in children_of(child)]


def are_gone(processes: list[int]) -> bool:
    """Whether they end soon; a dead process that nobody collects counts as gone."""
    deadline = time.monotonic() + 20
    while any(is_alive(process) for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_serves_the_cards_without_a_network_and_stops_cleanly(start: Start, number: signal.Signals) -> None:
    process = start("run", "--port", "0")
    assert read_until(process, r"(\d+) documents").group(1) == "2"
    address = read_until(process, r"http://[\d.]+:\d+/").group()
    assert "Küla kriisiplaani koostamine" in re.sub("</?mark>", "", get(address + "otsing?q=kriisiplaanidega"))
    children = children_of(process.pid)
    assert children
    process.send_signal(number)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, output
    assert "Traceback" not in output
    assert are_gone(children)


def test_run_dies_whole_when_it_is_killed(start: Start) -> None:
    process = start("run", "--port", "0")
    read_until(process, r"http://[\d.]+:\d+/")
    children = children_of(process.pid)
    process.kill()
    process.wait()
    assert are_gone(children)


def test_run_shows_what_the_harvest_brings(start: Start, site: str, aardekast) -> None:
    process = start("run", "--port", "0", **ONLINE)
    address = read_until(process, r"http://[\d.]+:\d+/").group()
    # Two cards and seven pages, of which one has the text of another.
    assert int(read_until(process, r"Index 0*[2-9]\d*: (\d+) documents").group(1)) == 8
    deadline = time.monotonic() + PATIENCE
    while "Külavanema esimene aasta" not in re.sub("</?mark>", "", get(address + "otsing?q=k%C3%BClavanematele")):
        assert time.monotonic() < deadline
        time.sleep(0.5)


def test_refresh_harvests_what_is_due_and_indexes_it(aardekast, site: str) -> None:
    done = aardekast("refresh", **ONLINE)
    assert "kogukond:" in done.stdout
    assert "404" in done.stdout
    found = json.loads(aardekast("search", "külavanematele", "--json").stdout)
    # The text stands at two addresses; the one that answered first stands for both.
    same = {f"{site}/juhendid/kulavanem/", f"{site}/juhendid/tagasi-voetud/"}
    assert len(same & {hit["url"] for hit in found["hits"]}) == 1
    again = aardekast("refresh", **ONLINE)
    assert "No source is due." in again.stdout
    assert "is up to date" in again.stdout


def test_refresh_without_a_network_says_so_and_keeps_every_card(aardekast) -> None:
    done = aardekast("refresh", code=3)
    assert "no network" in done.stdout
    assert json.loads(aardekast("search", "kriisiplaan", "--json").stdout)["total"] == 1
    status = json.loads(aardekast("status", "--json").stdout)
    assert status["by_status"] == {"live": 2}
    assert all(source["fault"] for source in status["sources"])


def test_a_second_refresh_leaves_with_a_message(start: Start, aardekast, folder: Path, site: str) -> None:
    first = start("refresh", **{**ONLINE, "AARDEKAST_DELAY": "3"})
    deadline = time.monotonic() + PATIENCE
    while not (folder / "var" / "harvest.lock").exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert "A refresh is already under way" in aardekast("refresh", code=4).stderr
    first.send_signal(signal.SIGTERM)
    output, _ = first.communicate(timeout=PATIENCE)
    assert "the next refresh carries on" in output


def test_a_killed_refresh_is_carried_on_by_the_next(start: Start, aardekast, site: str, folder: Path) -> None:
    first = start("refresh", **{**ONLINE, "AARDEKAST_DELAY": "1"})
    wait_for(lambda: count_resources(folder) > 4)  # the two cards and some pages, but not all
    first.kill()
    first.wait()
    assert "kogukond:" in aardekast("refresh", **ONLINE).stdout
    assert json.loads(aardekast("search", "külavanematele", "--json").stdout)["total"] >= 2


def test_faults_in_the_curators_files_do_not_stop_a_refresh(aardekast, site: str, folder: Path) -> None:
    aardekast("index")
    path = folder / "resources.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Kaasav", "titel: Kaasav"), "utf-8")
    done = aardekast("refresh", code=2, **ONLINE)
    assert "did you mean 'title'?" in done.stderr
    assert "kogukond:" in done.stdout


def test_preview_says_what_would_come_and_why_and_keeps_nothing(aardekast, site: str, folder: Path) -> None:
    done = aardekast("preview", f"{site}/juhendid/kulavanem/", **ONLINE)
    assert "Külavanema esimene aasta" in done.stdout
    assert "eestvedamine" in done.stdout
    assert "külavanem" in done.stdout
    found = json.loads(aardekast("preview", f"{site}/", "--json", **ONLINE).stdout)
    assert found["source"]["type"] == "sitemap"
    assert not (folder / "var" / "catalogue.sqlite").exists()


def test_preview_of_a_private_address_is_refused(aardekast, site: str) -> None:
    done = aardekast("preview", f"{site}/")
    assert "AARDEKAST_ALLOW_PRIVATE" in done.stdout


def test_add_asks_the_page_for_its_title(aardekast, site: str, folder: Path) -> None:
    url = f"{site}/juhendid/kulavanem/"
    aardekast("add", url, "--kind", "juhendmaterjal", "--audience", "kogukond", **ONLINE)
    text = (folder / "resources.yaml").read_text("utf-8")
    assert "title: Külavanema esimene aasta" in text
    assert "language: et" in text


@pytest.mark.parametrize("after", [0.0, 0.4, 0.8, 1.2, 1.6])
def test_a_harvest_ends_soon_whenever_it_is_stopped(start: Start, site: str, folder: Path, after: float) -> None:
    process = start("harvest", **{**ONLINE, "AARDEKAST_DELAY": "1"})
    wait_for((folder / "var" / "harvest.lock").exists)
    time.sleep(after)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=15)


def test_a_second_signal_does_no_more_than_the_first(start: Start) -> None:
    process = start("run", "--port", "0")
    read_until(process, r"http://[\d.]+:\d+/")
    for _ in range(3):
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, output
    assert "Traceback" not in output
