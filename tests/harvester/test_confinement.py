"""What the process of yt-dlp may not do, and what becomes of one that does not end."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harvester.recordings.reader import MOST_REQUESTS, RecordingsReader
from harvester.recordings.values import Answer, NoRecording, Question, Recording, Wanted

QUESTION = Question(url="https://naide.ee/film", most=5)
BAD_WORKER = """
import os, time
from multiprocessing.connection import Connection
from harvester.recordings.values import NoRecording, Recording, Wanted

def serve(pipe):
    connection = Connection(pipe)
    while True:
        question = connection.recv()
        while question.url.endswith("lopmatu"):
            connection.send(Wanted(url="https://naide.ee/ikka"))
            connection.recv()
        if question.url.endswith("motleb"):
            time.sleep(60)
        if question.url.endswith("kukub"):
            os._exit(1)
        connection.send(Recording(url=question.url, title="Film"))
"""


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param("socket.create_connection(('127.0.0.1', 9))", id="connect"),
        pytest.param("socket.getaddrinfo('localhost', 80)", id="look-up"),
        pytest.param("socket.socket()", id="socket"),
        pytest.param("subprocess.run(['/bin/true'])", id="program"),
        pytest.param("os.system('true')", id="shell"),
        pytest.param("os.fork()", id="fork"),
        pytest.param("open(folder + '/uus', 'w')", id="new-file"),
        pytest.param("os.open(folder + '/uus', os.O_CREAT | os.O_WRONLY)", id="new-file-by-number"),
        pytest.param("os.remove(folder + '/vana')", id="delete"),
        pytest.param("os.rename(folder + '/vana', folder + '/uus')", id="rename"),
        pytest.param("os.mkdir(folder + '/kaust')", id="folder"),
    ],
)
def test_it_reaches_no_network_starts_no_program_and_writes_no_file(deed: str, tmp_path: Path) -> None:
    (tmp_path / "vana").write_text("vana", "utf-8")
    code = (
        "import os, socket, subprocess\n"
        "from harvester.recordings.confinement import confine\n"
        f"folder = {str(tmp_path)!r}\nconfine()\nprint(open(folder + '/vana').read())\n"
        f"try:\n    {deed}\nexcept PermissionError as fault:\n    print(fault)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "vana"
    assert done.stdout.splitlines()[1].endswith("is forbidden here")
    assert [path.name for path in tmp_path.iterdir()] == ["vana"]


def test_too_much_memory_is_refused_to_it() -> None:
    code = (
        "from harvester.recordings.confinement import MOST_MEMORY, confine\nconfine()\n"
        "try:\n    bytearray(MOST_MEMORY)\nexcept MemoryError:\n    print('refused')\n"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "refused\n"
    )


def test_a_question_that_hangs_crashes_or_never_ends_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad_worker.py").write_text(BAD_WORKER, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    asked: list[str] = []

    async def fetch(wanted: Wanted) -> Answer:
        asked.append(wanted.url)
        return Answer(url=wanted.url, status=200)

    async def ask() -> list[Any]:
        reader = RecordingsReader(most_thought=1.5, module="bad_worker")
        names = ("hea", "kukub", "hea", "lopmatu", "hea")
        found = [await reader.read(Question(url=f"https://naide.ee/{name}", most=1), fetch) for name in names]
        found.append(await reader.read(Question(url="https://naide.ee/motleb", most=1), fetch))
        reader.close()
        found.append(await reader.read(QUESTION, fetch))
        return found

    found = asyncio.run(ask())
    assert [isinstance(one, Recording) for one in found] == [True, False, True, False, True, False, False]
    assert [one.reason for one in found if isinstance(one, NoRecording)] == [
        "made its reader crash",
        f"wants more than {MOST_REQUESTS} requests",
        "took longer than 1.5 s to read",
        "stopped",
    ]
    assert len(asked) == MOST_REQUESTS
