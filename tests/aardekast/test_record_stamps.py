"""Records: what others harvest is what visitors see, and no change of it can slip past who asks since the last time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aardekast import catalogue as catalogue_module
from aardekast.catalogue import Catalogue
from aardekast.curated import Curated
from aardekast.errors import RecordsError
from aardekast.records import CatalogueRecords, Record, Selection
from aardekast.resource import Copy, Harvested, Review, Source
from aardekast.vocabulary import Term, Vocabulary

CuratedFrom = Callable[[str], Curated]
SOURCE = Source(id="kysk", url="https://kysk.ee/", publisher="KÜSK", kind="artikkel", audiences=("kov",), trusted=True)
TEXT = " ".join(f"sõna{number} külast ja vallast" for number in range(60))
START = datetime(2026, 11, 20, 10, 0, 0, 300_000, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Clock:
    """The catalogue's clock, which stands until a test moves it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    standing = Clock()
    monkeypatch.setattr(catalogue_module, "_now", standing)
    return standing


def page(name: str, **values: object) -> Harvested:
    url = f"https://kysk.ee/{name}"
    known = {"source": "kysk", "requested": url, "url": url, "title": name, "text": f"Sisu: {name}."}
    return Harvested(**{**known, **values})  # type: ignore[arg-type]


def id_of(catalogue: Catalogue, title: str) -> str:
    return next(resource.id for resource in catalogue.visible_resources() if resource.title == title)


def records(catalogue: Catalogue, wanted: Selection | None = None) -> dict[str, Record]:
    with catalogue.records() as reader:
        return {record.id: record for record in reader.batch(wanted or Selection(), 1000)}


def moment(catalogue: Catalogue) -> datetime:
    with catalogue.records() as reader:
        return reader.moment


def test_they_are_what_visitors_see_but_for_the_text(catalogue: Catalogue, vocabulary: Vocabulary) -> None:
    catalogue.keep(page("a", text=TEXT, description="Külast.", authors=("Mari",), published="2024-05"), SOURCE)
    catalogue.keep(page("b", text=f"{TEXT} Lõpp."), SOURCE)
    catalogue.keep(page("ootel"), replace(SOURCE, trusted=False))
    catalogue.keep_records(vocabulary)
    [seen] = catalogue.visible_resources()
    [record] = records(catalogue).values()
    assert seen.copies == (Copy(url="https://kysk.ee/b", title="b", publisher="KÜSK"),)
    nothing = {"text": "", "passages": (), "words": None, "last_checked": None, "source": None}
    assert record.resource == replace(seen, **nothing)  # type: ignore[arg-type]
    assert record.sets == ("liik:artikkel",)
    assert record.label("audience", "kov") == "Kohalik omavalitsus"


def test_only_what_changed_in_public_is_stamped_anew(
    catalogue: Catalogue, vocabulary: Vocabulary, clock: Clock
) -> None:
    for name in ("a", "b", "c"):
        catalogue.keep(page(name), SOURCE)
    assert catalogue.keep_records(vocabulary) == 3
    before, asked_at = records(catalogue), moment(catalogue)
    clock.now += timedelta(hours=1)
    assert catalogue.keep_records(vocabulary) == 0
    catalogue.keep(page("a", description="Uus kirjeldus."), SOURCE)
    catalogue.keep(page("b", text="Hoopis teine tekst."), SOURCE)
    assert catalogue.keep_records(vocabulary) == 1
    changed = records(catalogue, Selection(since=asked_at))
    assert [record.resource.description for record in changed.values() if record.resource] == ["Uus kirjeldus."]
    after = records(catalogue)
    assert {id_ for id_ in after if after[id_] != before[id_]} == changed.keys()
    assert after.keys() == before.keys()


def test_what_visitors_see_no_more_is_deleted_for_good_and_may_come_back(
    catalogue: Catalogue, vocabulary: Vocabulary, clock: Clock
) -> None:
    catalogue.keep(page("a"), SOURCE)
    catalogue.keep_records(vocabulary)
    (id_,) = records(catalogue)
    seen: list[tuple[datetime, bool]] = []
    for decision in (Review.REJECTED, Review.REJECTED, Review.ACCEPTED):
        clock.now += timedelta(hours=1)
        catalogue.review(decision, [id_])
        catalogue.keep_records(vocabulary)
        record = records(catalogue)[id_]
        assert record.sets == ("liik:artikkel",), "of its last version, so that who harvests the set is told"
        seen.append((record.datestamp, record.resource is None))
    assert [is_deleted for _, is_deleted in seen] == [True, True, False]
    assert seen[0] == seen[1], "deleted once"
    assert seen[1][0] < seen[2][0]


def test_a_merged_resource_is_deleted_and_its_heir_is_not(
    catalogue: Catalogue, vocabulary: Vocabulary, clock: Clock
) -> None:
    catalogue.keep(page("a"), SOURCE)
    catalogue.keep(page("b"), SOURCE)
    catalogue.keep_records(vocabulary)
    first, second = id_of(catalogue, "a"), id_of(catalogue, "b")
    clock.now += timedelta(hours=1)
    catalogue.keep(page("a", redirects=("https://kysk.ee/b",)), SOURCE)
    catalogue.keep_records(vocabulary)
    shown = {resource.id for resource in catalogue.visible_resources()}
    assert len(shown) == 1
    assert {id_: record.resource is not None for id_, record in records(catalogue).items()} == {
        id_: id_ in shown for id_ in (first, second)
    }


def test_another_word_in_the_vocabulary_stamps_what_is_called_by_it(
    catalogue: Catalogue, vocabulary: Vocabulary, clock: Clock
) -> None:
    catalogue.keep(page("a"), SOURCE)
    catalogue.keep(page("b", kind="uudis"), SOURCE)
    catalogue.keep_records(vocabulary)
    asked_at = moment(catalogue)
    renamed = replace(vocabulary, kinds={**vocabulary.kinds, "uudis": Term("uudis", {"et": "Teade"})})
    assert catalogue.keep_records(renamed) == 1
    [record] = records(catalogue, Selection(since=asked_at)).values()
    assert record.label("kind", "uudis") == "Teade"


@pytest.mark.parametrize("passed", [0.0, 0.1, 0.69, 0.7, 0.99, 1.0, 30.0, -3600.0])
def test_no_change_is_stamped_with_a_moment_that_was_answered_for(
    passed: float, catalogue: Catalogue, vocabulary: Vocabulary, clock: Clock
) -> None:
    """Whatever the clock does between two changes, be it nothing or going back."""
    catalogue.keep(page("a"), SOURCE)
    catalogue.keep_records(vocabulary)
    answered = moment(catalogue)
    assert max(record.datestamp for record in records(catalogue).values()) < answered
    clock.now += timedelta(seconds=passed)
    catalogue.keep(page("a", description="Uus."), SOURCE)
    catalogue.keep(page("b"), SOURCE)
    before_commit = max(answered, moment(catalogue), clock.now.replace(microsecond=0))
    catalogue.keep_records(vocabulary)
    stamps = {record.datestamp for record in records(catalogue).values()}
    assert len(stamps) == 1
    assert stamps.pop() >= before_commit
    assert len(records(catalogue, Selection(since=answered))) == 2, "who asks since the last answer gets both"


def test_an_answer_given_while_the_change_is_written_is_for_an_earlier_second(
    catalogue: Catalogue, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    catalogue.keep(page("a"), SOURCE)
    answered: list[tuple[datetime, int]] = []

    def while_writing() -> datetime:
        monkeypatch.setattr(catalogue_module, "_now", clock)
        stamped_at = clock.now
        clock.now += timedelta(seconds=0.5)
        with catalogue.records() as reader:
            answered.append((clock.now, len(reader.batch(Selection(), 10))))
        return stamped_at

    monkeypatch.setattr(catalogue_module, "_now", while_writing)
    catalogue.keep_records(vocabulary)
    [record] = records(catalogue).values()
    assert answered[0][1] == 0
    assert record.datestamp > answered[0][0]


def test_of_two_processes_that_publish_at_once_none_writes_over_the_other(
    catalogue: Catalogue, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    catalogue.keep(page("a"), SOURCE)
    other = Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    compare = catalogue_module.records.compare
    tries = []

    def overtaken(*known: Any) -> object:
        found = compare(*known)
        tries.append(found)
        if len(tries) == 1:
            other.keep(page("b"), SOURCE)
            monkeypatch.setattr(catalogue_module.records, "compare", compare)
            assert other.keep_records(vocabulary) == 2
            monkeypatch.setattr(catalogue_module.records, "compare", overtaken)
        return found

    monkeypatch.setattr(catalogue_module.records, "compare", overtaken)
    assert catalogue.keep_records(vocabulary) == 0
    assert len(tries) == 2
    assert len(records(catalogue)) == 2
    other.close()


def test_they_are_read_in_the_order_of_their_datestamps_and_by_set(
    catalogue: Catalogue, vocabulary: Vocabulary, clock: Clock
) -> None:
    for name, kind, topics in (("c", "uudis", ("abcd",)), ("b", "artikkel", ("abcd", "noored")), ("a", "uudis", ())):
        catalogue.keep(page(name, kind=kind, suggested={"topics": topics}), replace(SOURCE, kind=None))
        catalogue.keep_records(vocabulary)
        clock.now += timedelta(minutes=1)

    def titles(wanted: Selection, limit: int = 10) -> list[str]:
        with catalogue.records() as reader:
            found = reader.batch(wanted, limit)
            assert reader.count(wanted) >= len(found)
            return [record.resource.title for record in found if record.resource]

    assert titles(Selection()) == ["c", "b", "a"]
    first = records(catalogue)[id_of(catalogue, "c")]
    assert titles(Selection(after=first.place)) == ["b", "a"]
    assert titles(Selection(since=first.datestamp, until=first.datestamp)) == ["c"]
    assert titles(Selection(until=first.datestamp - SECOND)) == []
    assert titles(Selection(set="teema")) == ["c", "b"]
    assert titles(Selection(set="teema:noored")) == ["b"]
    assert titles(Selection(set="liik:uudis"), limit=1) == ["c"]
    assert titles(Selection(set="tee")) == titles(Selection(set="%")) == []
    with catalogue.records() as reader:
        assert reader.sets() == ["liik:artikkel", "liik:uudis", "teema:abcd", "teema:noored"]
        assert reader.earliest == first.datestamp


def test_without_a_catalogue_or_with_one_that_is_none_it_says_so(tmp_path: Path) -> None:
    missing = tmp_path / "puudub.sqlite"
    with (
        pytest.raises(RecordsError, match="Run 'aardekast index' first"),
        CatalogueRecords(f"sqlite:///{missing}").reading(),
    ):
        pass
    assert not missing.exists(), "asking makes none"
    broken = tmp_path / "katki.sqlite"
    broken.write_bytes(b"no database" * 100)
    with pytest.raises(RecordsError), CatalogueRecords(f"sqlite:///{broken}").reading():
        pass


def test_the_moment_of_a_catalogue_without_records_is_the_earliest(catalogue: Catalogue) -> None:
    with catalogue.records() as reader:
        assert reader.moment == reader.earliest == START.replace(microsecond=0)
        assert reader.batch(Selection(), 10) == []
        assert reader.record("puudub") is None
