"""Whatever happens to a build or to its files: the last whole generation answers, and the next publish mends."""

import gc
import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path
from threading import Event

import pytest

from aardekast.errors import IndexMissingError
from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import Engine, ResourceList, SearchRequest, array_engine, engine_at

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from recombined import make_resources


def numbered(number: int, count: int = 40) -> list[Resource]:
    """Resources of which only their edition, a word of its own, changes."""
    return [replace(resource, description=f"väljaanne{number}") for resource in make_resources(count, 40)]


def totals(index: Engine) -> list[int]:
    return [index.open().search(SearchRequest(text=f'"väljaanne{number}"')).complete for number in (1, 2)]


def break_file(file: Path, damage: str) -> None:
    content = file.read_bytes()
    file.unlink()  # what it is linked to stays as it is
    if damage != "missing":
        size = len(content)
        file.write_bytes({"cut": content[: size // 2], "foreign": b"something else", "garbled": b"\xa5" * size}[damage])


@pytest.mark.parametrize("ending", [".arrays", ".columns"])
@pytest.mark.parametrize("damage", ["cut", "foreign", "missing"])
def test_a_damaged_file_is_named_and_built_anew(
    ending: str, damage: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    folder = tmp_path / engine_at(tmp_path, vocabulary).update(ResourceList(numbered(1))).generation
    (file,) = folder.glob(f"*{ending}")
    break_file(file, damage)
    with pytest.raises(IndexMissingError, match=f"{file.name}.*aardekast index --rebuild"):
        _ = engine_at(tmp_path, vocabulary).open()
    mended = engine_at(tmp_path, vocabulary).update(ResourceList(numbered(2)))
    assert mended.was_rebuilt
    assert totals(engine_at(tmp_path, vocabulary)) == [0, 40]


# Whoosh leaves a table of contents open that it cannot read; tests collect it while this holds.
LEFT_OPEN = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")


@LEFT_OPEN
@pytest.mark.parametrize(
    ("pattern", "damage"),
    [
        *product(("_MAIN_*.toc", "*.resource.col", "*._stored.col"), ("cut", "foreign", "missing")),
        ("_MAIN_*.toc", "garbled"),
        ("*.resource.col", "garbled"),
    ],
)
def test_a_damaged_file_of_whoosh_is_named_kept_from_readers_and_built_anew(
    pattern: str, damage: str, tmp_path: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(array_engine, "_LOOK_EVERY", 0.0)
    engine_at(tmp_path, vocabulary).update(ResourceList(numbered(1)))
    holding = engine_at(tmp_path, vocabulary)
    assert totals(holding) == [40, 0]
    folder = tmp_path / engine_at(tmp_path, vocabulary).update(ResourceList(numbered(2), 2)).generation
    (file,) = folder.glob(pattern)
    break_file(file, damage)
    assert totals(holding) == [40, 0]
    with pytest.raises(IndexMissingError, match="aardekast index --rebuild"):
        _ = engine_at(tmp_path, vocabulary).open()
    assert engine_at(tmp_path, vocabulary).update(ResourceList(numbered(2), 2)).was_rebuilt
    assert totals(holding) == [0, 40]
    gc.collect()


@LEFT_OPEN
def test_a_table_of_contents_cut_anywhere_is_no_index_also_where_no_sizes_were_noted(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    folder = tmp_path / engine_at(tmp_path, vocabulary).update(ResourceList(numbered(1))).generation
    about = folder / "about.json"
    kept = json.loads(about.read_text("utf-8"))
    about.write_text(json.dumps({name: kept[name] for name in kept if name != "files"} | {"vocabulary": "5e1f"}))
    assert totals(engine_at(tmp_path, vocabulary)) == [40, 0]
    (file,) = folder.glob("_MAIN_*.toc")
    content = file.read_bytes()
    for size in range(0, len(content), 9):
        file.write_bytes(content[:size])
        with pytest.raises(IndexMissingError, match="aardekast index --rebuild"):
            _ = engine_at(tmp_path, vocabulary).open()
    gc.collect()


@pytest.mark.parametrize("damage", ["cut", "foreign", "missing"])
def test_a_damaged_table_of_folded_forms_stops_no_search_and_is_mended(
    damage: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    shelf = ResourceList([replace(make_resources(1, 5)[0], title="Küsitlus", description="")])
    engine_at(tmp_path, vocabulary).update(shelf)
    (file,) = tmp_path.glob("folded-*.arrays")
    content = file.read_bytes()
    break_file(file, damage)
    assert engine_at(tmp_path, vocabulary).open().search(SearchRequest(text="küsitlused")).total == 1
    assert engine_at(tmp_path, vocabulary).update(shelf).is_new
    assert file.read_bytes() == content
    assert engine_at(tmp_path, vocabulary).open().search(SearchRequest(text="kusitlustest")).total == 1


# Publishes 40 resources and ends itself by kill -9 where a function is called.
PUBLISH_AND_DIE = """
import os, signal, sys, importlib
from pathlib import Path
sys.path.insert(0, "benchmarks")
from recombined import make_resources
from dataclasses import replace
from aardekast.curated import load_vocabulary
from aardekast.settings import Settings
from index import ResourceList, engine_at
module, name = sys.argv[3].rsplit(":", 1)
owner = importlib.import_module(module.partition("/")[0])
for part in filter(None, module.partition("/")[2].split("/")):
    owner = getattr(owner, part)
setattr(owner, name, lambda *args, **options: os.kill(os.getpid(), signal.SIGKILL))
resources = [replace(resource, description="väljaanne2") for resource in make_resources(40, 40)]
engine = engine_at(Path(sys.argv[2]), load_vocabulary(Settings.load({})))
getattr(engine, sys.argv[1])(ResourceList(resources, 2))
"""


@pytest.mark.parametrize("is_update", [False, True], ids=["build", "update"])
@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("index.writing:document_of", id="while-adding"),
        pytest.param("index.codec:write_arrays", id="before-the-postings"),
        pytest.param("whoosh.index/TOC:write", id="before-the-table-of-contents"),
        pytest.param("index.generations/Generations:_switch", id="before-the-switch"),
        pytest.param("index.generations/Generations:_remove_old", id="after-the-switch"),
    ],
)
def test_a_build_that_is_killed_leaves_the_last_generation(
    moment: str, is_update: bool, tmp_path: Path, vocabulary: Vocabulary, repository: Path
) -> None:
    engine_at(tmp_path, vocabulary).update(ResourceList(numbered(1)))
    wanted = ["update" if is_update else "build", str(tmp_path), moment]
    died = subprocess.run([sys.executable, "-c", PUBLISH_AND_DIE, *wanted], cwd=repository, check=False)
    assert died.returncode == -signal.SIGKILL
    is_switched = moment.endswith("_remove_old")
    index = engine_at(tmp_path, vocabulary)
    assert totals(index) == ([0, 40] if is_switched else [40, 0])
    assert engine_at(tmp_path, vocabulary).update(ResourceList(numbered(2), 3)).is_new
    assert totals(engine_at(tmp_path, vocabulary)) == [0, 40]


def test_readers_see_whole_generations_while_others_are_published(
    tmp_path: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(array_engine, "_LOOK_EVERY", 0.0)
    engine_at(tmp_path, vocabulary).update(ResourceList(numbered(1)))
    index, is_over = engine_at(tmp_path, vocabulary), Event()

    def read() -> set[tuple[int, ...]]:
        seen = set()
        while not is_over.is_set():
            searcher = index.open()
            pages = [searcher.search(SearchRequest(text=f'"väljaanne{n}"')) for n in range(1, 9)]
            seen.add(tuple(page.complete for page in pages))
        return seen

    with ThreadPoolExecutor() as readers:
        reading = [readers.submit(read) for _ in range(3)]
        try:
            for number in range(2, 9):
                engine_at(tmp_path, vocabulary).update(ResourceList(numbered(number), number))
        finally:
            is_over.set()
    seen = set.union(*(reader.result() for reader in reading))
    assert len(seen) > 1
    assert all(sorted(counts) == [0] * 7 + [40] for counts in seen)
