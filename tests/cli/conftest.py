"""The command line in a folder of its own, with a few cards."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

RESOURCES = """\
sources:
  - {id: kysk, url: 'https://kysk.ee/', publisher: KÜSK}
resources:
  - url: https://kysk.ee/kriisiplaan
    title: Küla kriisiplaani koostamine
    description: Kuidas külavanem kogukonnaga kriisiplaani teeb.
    kind: juhendmaterjal
    audience: [kogukond]
    topics: [kriisivalmidus]
  - url: https://kysk.ee/eelarve
    title: Kaasav eelarve vallas
    kind: artikkel
    audience: [kov]
    topics: [kaasav-eelarve]
withdrawn: []
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "resources.yaml").write_text(RESOURCES, "utf-8")
    return tmp_path


@pytest.fixture
def aardekast(folder: Path) -> Run:
    """`aardekast` as a process of its own, in that folder."""

    def run(*arguments: str, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        import os

        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "aardekast", *arguments],
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return run
