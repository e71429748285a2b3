"""The wheel works outside the checkout, with nothing but what it holds and the locked packages."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import no_network
import pytest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
        "--disable-pip-version-check", "--wheel-dir", str(folder), str(repository),
    )  # fmt: skip
    (built,) = folder.glob("aardekast-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The `aardekast` of a new environment that sees the locked packages, but not the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    call(
        sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index",
        "--disable-pip-version-check", str(wheel),
    )  # fmt: skip
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "locked.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder / "bin" / "aardekast"


def call(*command: str, folder: Path | None = None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(Path(no_network.__file__).parent)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_what_is_no_python(wheel: Path, repository: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("resources.yaml", "vocabulary.yaml"):
        assert f"aardekast/defaults/{name}" in names
    assert "aardekast/catalogue/migrations/script.py.mako" in names
    for package in ("aardekast", "harvester", "index", "webapp"):
        files = {
            str(path.relative_to(repository))
            for path in (repository / package).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert files <= names
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


def test_the_wheel_checks_indexes_and_searches_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    command = str(installed)
    where = call(str(installed.parent / "python"), "-c", "import aardekast; print(aardekast.__file__)", folder=tmp_path)
    assert str(installed.parents[1]) in where
    assert "44 sources, 255 resources" in call(command, "check", folder=tmp_path)
    assert "255 documents (255 added" in call(command, "index", folder=tmp_path)
    answer = json.loads(call(command, "search", "külavanematele", "--json", folder=tmp_path))
    assert answer["total"] >= 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["var"]


def test_the_site_of_the_wheel_speaks_all_its_languages(installed: Path, tmp_path: Path) -> None:
    ask = "from webapp import app_from_settings as app; print(app().test_client().get('/ru/privaatsus').text)"
    assert "<h1>Конфиденциальность</h1>" in call(str(installed.parent / "python"), "-c", ask, folder=tmp_path)


def test_add_copies_the_built_in_file_before_it_writes(installed: Path, tmp_path: Path) -> None:
    entry = ["--title", "Uus", "--kind", "artikkel", "--audience", "kov"]
    call(str(installed), "add", "https://naide.ee/uus", *entry, folder=tmp_path)
    assert "https://naide.ee/uus" in (tmp_path / "resources.yaml").read_text("utf-8")
    assert "44 sources, 256 resources" in call(str(installed), "check", folder=tmp_path)
