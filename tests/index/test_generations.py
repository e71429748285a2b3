"""Generations: published whole or not at all, updated by what changed, rebuilt when they must be."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aardekast.errors import IndexMissingError
from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import Engine, ResourceList, SearchRequest, array_engine, engine_at, publishing


class Shelf(ResourceList):
    def change(self, *resources: Resource) -> None:
        self.resources, self.revision = list(resources), self.revision + 1


def card(name: str, text: str) -> Resource:
    return Resource(id=name, url=f"https://naide.ee/{name}", title=name, description=text, language="et")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf([card("a", "küla"), card("b", "vald"), card("c", "linn")])


def found(index: Engine, text: str) -> list[str]:
    return [hit.resource.id for hit in index.open().search(SearchRequest(text=text)).hits]


def test_before_the_first_one_the_remedy_is_said(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(IndexMissingError, match="aardekast index"):
        _ = engine_at(tmp_path / "index", vocabulary).open()


def test_only_what_changed_is_written(tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf) -> None:
    first = engine_at(tmp_path, vocabulary).update(shelf)
    assert (first.documents, first.added, first.was_rebuilt) == (3, 3, True)
    shelf.change(card("a", "küla"), card("b", "maakond"), card("d", "saar"))
    second = engine_at(tmp_path, vocabulary).update(shelf)
    assert (second.documents, second.added, second.changed, second.removed) == (3, 1, 1, 1)
    assert not second.was_rebuilt
    index = engine_at(tmp_path, vocabulary)
    assert [found(index, text) for text in ("külad", "vallad", "maakonnad", "linnad", "saared")] == [
        ["a"], [], ["b"], [], ["d"],
    ]  # fmt: skip
    assert index.open().size == 3


def test_many_updates_answer_as_one_build(tmp_path: Path, vocabulary: Vocabulary) -> None:
    shelf = Shelf([])
    for number in range(12):
        shelf.change(*(card(f"r{n}", f"küla arengukava {n if n != 5 else number}") for n in range(number + 1)))
        engine_at(tmp_path / "updated", vocabulary).update(shelf)
    engine_at(tmp_path / "built", vocabulary).update(shelf)
    updated, built = (engine_at(tmp_path / name, vocabulary) for name in ("updated", "built"))
    for text in ("külad", "arengukava 5", "11", "3 küla"):
        one, other = (i.open().search(SearchRequest(text=text)) for i in (updated, built))
        assert (one.total, one.complete) == (other.total, other.complete)
        assert [hit.resource.id for hit in one.hits] == [hit.resource.id for hit in other.hits]


def test_where_nothing_changed_nothing_is_published(tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf) -> None:
    first = engine_at(tmp_path, vocabulary).update(shelf)
    again = engine_at(tmp_path, vocabulary).update(shelf)
    assert (again.generation, again.is_new) == (first.generation, False)


def test_another_abbreviation_is_understood_without_a_build(
    tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf
) -> None:
    engine_at(tmp_path, vocabulary).update(shelf)
    index = engine_at(tmp_path, replace(vocabulary, abbreviations={"XQ": ("linn",)}))
    assert not index.update(shelf).is_new
    assert found(index, "XQ") == ["c"]


def test_another_analyzer_or_a_wish_builds_anew(
    tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine_at(tmp_path, vocabulary).update(shelf)
    assert engine_at(tmp_path, vocabulary).build(shelf).was_rebuilt
    monkeypatch.setattr(publishing, "ANALYZER_VERSION", 999)
    assert engine_at(tmp_path, vocabulary).update(shelf).was_rebuilt


def test_a_reader_goes_on_with_its_generation_and_then_takes_the_next(
    tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(array_engine, "_LOOK_EVERY", 0.0)
    engine_at(tmp_path, vocabulary).update(shelf)
    index = engine_at(tmp_path, vocabulary)
    former = index.open()
    shelf.change(card("e", "uus küla"))
    engine_at(tmp_path, vocabulary).update(shelf)
    assert former.search(SearchRequest(text="vald")).total == 1
    assert found(index, "küla") == ["e"]
    assert index.open() is not former


def test_an_index_of_another_program_is_not_asked(
    tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine_at(tmp_path, vocabulary).update(shelf)
    monkeypatch.setattr(array_engine, "ANALYZER_VERSION", 999)
    with pytest.raises(IndexMissingError, match="another Aardekast"):
        _ = engine_at(tmp_path, vocabulary).open()


@pytest.mark.parametrize("damage", ["CURRENT", "about.json", "toc"])
def test_a_reader_keeps_what_it_has_when_the_next_cannot_be_read(
    damage: str, tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(array_engine, "_LOOK_EVERY", 0.0)
    engine_at(tmp_path, vocabulary).update(shelf)
    index = engine_at(tmp_path, vocabulary)
    assert found(index, "külad") == ["a"]
    shelf.change(card("e", "uus küla"))
    folder = tmp_path / engine_at(tmp_path, vocabulary).update(shelf).generation
    if damage == "CURRENT":
        (tmp_path / "CURRENT").write_bytes(b"\xff\x00 ../..")
    elif damage == "toc":
        for path in folder.glob("*.toc"):
            path.unlink()
    else:
        (folder / damage).write_text("{")
    assert found(index, "külad") == ["a"]
    with pytest.raises(IndexMissingError, match="aardekast index"):
        _ = engine_at(tmp_path, vocabulary).open()


def test_an_index_that_cannot_be_read_is_built_anew(tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf) -> None:
    folder = tmp_path / engine_at(tmp_path, vocabulary).update(shelf).generation
    for path in folder.glob("*.toc"):
        path.unlink()
    assert engine_at(tmp_path, vocabulary).update(shelf).was_rebuilt
    assert found(engine_at(tmp_path, vocabulary), "külad") == ["a"]


def test_a_look_that_found_nothing_new_writes_nothing(tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf) -> None:
    engine_at(tmp_path, vocabulary).update(shelf)
    looked_at = [replace(resource, last_checked=datetime(2026, 3, 1, tzinfo=UTC)) for resource in shelf.resources]
    shelf.change(*looked_at[:2], card("c", "saar"))
    assert engine_at(tmp_path, vocabulary).update(shelf).changed == 1


def test_a_build_that_fails_leaves_the_last_whole_generation(
    tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf
) -> None:
    engine_at(tmp_path, vocabulary).update(shelf)

    class Broken(Shelf):
        def visible_resources(self, ids: Sequence[str] | None = None) -> Iterator[Resource]:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        engine_at(tmp_path, vocabulary).update(Broken([], revision=2))
    assert found(engine_at(tmp_path, vocabulary), "külad") == ["a"]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["000001"]


def test_what_a_killed_build_left_is_not_read(tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf) -> None:
    engine_at(tmp_path, vocabulary).update(shelf)
    (tmp_path / ".building-1").mkdir()
    (tmp_path / ".building-1" / "half").touch()
    (tmp_path / "000002").mkdir()
    assert found(engine_at(tmp_path, vocabulary), "külad") == ["a"]
    shelf.change(card("f", "talu"))
    assert engine_at(tmp_path, vocabulary).update(shelf).generation == "000003"


def test_old_generations_go_after_the_next_publish_and_not_before_a_minute(
    tmp_path: Path, vocabulary: Vocabulary, shelf: Shelf
) -> None:
    names = []
    for number in range(4):
        shelf.change(card("a", f"küla {number}"))
        names.append(engine_at(tmp_path, vocabulary).update(shelf).generation)
    assert all((tmp_path / name).exists() for name in names)
    for name in names:
        os.utime(tmp_path / name, (time.time() - 61,) * 2)
    shelf.change(card("a", "küla viimane"))
    names.append(engine_at(tmp_path, vocabulary).update(shelf).generation)
    assert [(tmp_path / name).exists() for name in names] == [False, False, False, True, True]
