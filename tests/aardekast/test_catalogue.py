"""The catalogue: one resource of many addresses, values by origin, nothing curated lost."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import inspect

from aardekast.catalogue import Catalogue, Reason, SourceRun
from aardekast.catalogue.database import Database
from aardekast.catalogue.keep import note_miss, note_reached
from aardekast.catalogue.runs import is_due
from aardekast.catalogue.tables import Base, ResourceRow
from aardekast.curated import Curated
from aardekast.errors import CatalogueError, UnknownResourceError, UnknownSourceError
from aardekast.resource import Harvested, Outcome, Passage, Resource, Review, Source, Status

CARD = """\
  - id: kriis
    url: https://kysk.ee/kriis
    title: Kriisiplaan
    description: Oma sõnadega.
    kind: juhendmaterjal
    language: et
    audience: [kogukond]
"""
TRUSTED = Source(id="kysk", url="https://kysk.ee/", publisher="KÜSK", kind="artikkel", audiences=("kov",), trusted=True)
STRANGER = replace(TRUSTED, id="voor", trusted=False)
CuratedOf = Callable[..., Curated]


@pytest.fixture
def curated_of(curated_from: Callable[[str], Curated]) -> CuratedOf:
    def write(cards: str = CARD, withdrawn: str = "[]") -> Curated:
        sources = "sources:\n  - {id: kysk, url: 'https://kysk.ee/', publisher: KÜSK, trusted: true, audience: [kov]}\n"
        return curated_from(f"{sources}resources:\n{cards}withdrawn: {withdrawn}\n")

    return write


def found(url: str, source: str = "kysk", answered: str | None = None, **values: object) -> Harvested:
    return Harvested(
        **{"source": source, "requested": url, "url": answered or url, "title": "Leht", "text": "Sisu.", **values}
    )  # type: ignore[arg-type]


def visible(catalogue: Catalogue) -> dict[str, Resource]:
    return {resource.id: resource for resource in catalogue.visible_resources()}


def test_the_migrations_make_the_tables_of_the_models(catalogue: Catalogue) -> None:
    inspector = inspect(catalogue._database.engine)
    assert set(inspector.get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    for name, table in Base.metadata.tables.items():
        assert {column["name"] for column in inspector.get_columns(name)} == set(table.columns.keys())


def test_sqlite_lets_readers_go_on_while_it_is_written(catalogue: Catalogue) -> None:
    with catalogue._database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_catalogue_of_a_newer_program_is_not_touched(tmp_path: Path, catalogue: Catalogue) -> None:
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(CatalogueError, match="newer Aardekast"):
        Database.open(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")


def test_a_database_that_cannot_be_opened_is_named() -> None:
    with pytest.raises(CatalogueError, match="AARDEKAST_DATABASE"):
        Catalogue.open("sqlite:////proc/none/catalogue.sqlite")


def test_a_card_is_visible_without_any_harvest(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    assert catalogue.synchronise(curated_of())
    card = visible(catalogue)["kriis"]
    assert (card.title, card.audiences, card.text) == ("Kriisiplaan", ("kogukond",), "")


def test_synchronising_twice_changes_nothing(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of())
    revision = catalogue.revision
    assert not catalogue.synchronise(curated_of())
    assert catalogue.revision == revision


def test_a_harvest_adds_text_and_leaves_curated_values(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of())
    passages = (Passage(offset=0, heading="Alguseks", fragment="#alguseks"),)
    page = found(
        "https://kysk.ee/kriis", title="Teine pealkiri", published="2024", text="Pikk tekst", passages=passages
    )
    assert catalogue.keep(page, TRUSTED) is Outcome.CHANGED
    card = visible(catalogue)["kriis"]
    assert (card.title, card.published, card.text, card.words) == ("Kriisiplaan", "2024", "Pikk tekst", 2)
    assert card.passages == passages
    assert card.audiences == ("kogukond",)


def test_an_unconfirmed_value_gives_way_to_a_harvested_one(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of(CARD + "    unconfirmed: [title]\n"))
    assert visible(catalogue)["kriis"].title == "Kriisiplaan"
    catalogue.keep(found("https://kysk.ee/kriis", title="Lehe enda pealkiri"), None)
    assert visible(catalogue)["kriis"].title == "Lehe enda pealkiri"


def test_many_addresses_lead_to_one_resource(catalogue: Catalogue) -> None:
    page = found(
        "http://www.kysk.ee/lyhi", answered="https://kysk.ee/pikk/", redirects=("https://kysk.ee/vahe",),
        canonical="https://kysk.ee/oige",
    )  # fmt: skip
    assert catalogue.keep(page, TRUSTED) is Outcome.ADDED
    for url in ("https://kysk.ee/lyhi", "https://kysk.ee/pikk", "https://kysk.ee/vahe", "https://kysk.ee/oige?utm_a=1"):
        assert catalogue.keep(found(url), TRUSTED) is Outcome.UNCHANGED
    assert [resource.url for resource in catalogue.visible_resources()] == ["https://kysk.ee/oige"]


def test_what_was_harvested_first_is_merged_into_its_card(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.keep(found("https://kysk.ee/kriis", text="Enne leitud tekst"), TRUSTED)
    catalogue.synchronise(curated_of())
    card = visible(catalogue)
    assert list(card) == ["kriis"]
    assert card["kriis"].text == "Enne leitud tekst"


def test_a_page_that_redirects_to_a_card_is_that_card(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of())
    catalogue.keep(found("https://kysk.ee/vana"), TRUSTED)
    catalogue.keep(found("https://kysk.ee/vana", answered="https://kysk.ee/kriis"), TRUSTED)
    assert list(visible(catalogue)) == ["kriis"]


def test_the_same_page_again_is_unchanged(catalogue: Catalogue) -> None:
    assert catalogue.keep(found("https://kysk.ee/a"), TRUSTED) is Outcome.ADDED
    revision = catalogue.revision
    assert catalogue.keep(found("https://kysk.ee/a"), TRUSTED) is Outcome.UNCHANGED
    assert catalogue.revision == revision
    assert catalogue.keep(found("https://kysk.ee/a", text="Uus sisu."), TRUSTED) is Outcome.CHANGED


def test_what_a_source_says_of_all_its_pages_is_a_default(catalogue: Catalogue) -> None:
    catalogue.keep(found("https://kysk.ee/a", suggested={"topics": ("kaasamine",)}), TRUSTED)
    (page,) = catalogue.visible_resources()
    assert (page.publisher, page.kind, page.audiences, page.topics) == ("KÜSK", "artikkel", ("kov",), ("kaasamine",))


def test_a_suggested_county_gives_way_to_the_card(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    suggested = {"counties": ("voru",), "topics": ("noored",)}
    catalogue.keep(found("https://kysk.ee/kriis", suggested=suggested), TRUSTED)
    (page,) = catalogue.visible_resources()
    assert (page.counties, page.topics) == (("voru",), ("noored",))
    catalogue.synchronise(curated_of(CARD + "    counties: [tartu]\n"))
    assert visible(catalogue)["kriis"].counties == ("tartu",)
    catalogue.synchronise(curated_of())
    assert visible(catalogue)["kriis"].counties == ("voru",)


def test_a_card_is_what_the_curators_wrote_and_nothing_else(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of())
    catalogue.keep(found("https://kysk.ee/kriis", suggested={"topics": ("noored",)}, authors=("Mari",)), TRUSTED)
    catalogue.keep(found("https://kysk.ee/muu"), TRUSTED)
    (card,) = catalogue.cards()
    assert (card.id, card.title, card.description) == ("kriis", "Kriisiplaan", "Oma sõnadega.")
    assert (card.topics, card.authors, card.text) == ((), (), "")


def test_what_untrusted_sources_bring_waits(catalogue: Catalogue) -> None:
    catalogue.keep(found("https://voor.ee/a", source="voor"), STRANGER)
    catalogue.keep(found("https://voor.ee/b", source="voor"), STRANGER)
    first, second = catalogue.waiting()
    assert not visible(catalogue)
    assert catalogue.review(Review.ACCEPTED, [first.id]) == 1
    assert catalogue.review(Review.REJECTED, [second.id]) == 1
    assert list(visible(catalogue)) == [first.id]
    assert catalogue.keep(found("https://voor.ee/b", text="Uus", source="voor"), STRANGER) is Outcome.REJECTED
    with pytest.raises(UnknownResourceError):
        catalogue.review(Review.ACCEPTED, ["tundmatu"])


def test_all_that_waits_from_a_source_can_be_accepted(catalogue: Catalogue) -> None:
    for name in "abc":
        catalogue.keep(found(f"https://voor.ee/{name}", source="voor"), STRANGER)
    assert catalogue.review(Review.ACCEPTED, source="voor") == 3
    assert len(visible(catalogue)) == 3


def test_a_withdrawn_address_never_comes_back(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.keep(found("https://kysk.ee/maha"), TRUSTED)
    assert len(visible(catalogue)) == 1
    catalogue.synchronise(curated_of(withdrawn="['https://www.kysk.ee/maha/']"))
    assert list(visible(catalogue)) == ["kriis"]
    assert catalogue.keep(found("https://kysk.ee/maha", text="Uus"), TRUSTED) is Outcome.WITHDRAWN
    assert list(visible(catalogue)) == ["kriis"]
    catalogue.synchronise(curated_of())
    assert len(visible(catalogue)) == 2


def test_a_dropped_card_stays_only_where_a_source_finds_it(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    second = CARD.replace("kriis", "jagu").replace("Kriisiplaan", "Jagu")
    catalogue.synchronise(curated_of(CARD + second))
    catalogue.keep(found("https://kysk.ee/jagu", title="Allika pealkiri"), TRUSTED)
    catalogue.synchronise(curated_of("  []\n"))
    left = visible(catalogue)
    assert list(left) == ["jagu"]
    assert (left["jagu"].title, left["jagu"].description) == ("Allika pealkiri", "")
    catalogue.synchronise(curated_of())
    assert sorted(visible(catalogue)) == ["jagu", "kriis"]


def test_a_link_is_dead_only_after_misses_on_different_days() -> None:
    row = ResourceRow(id="a", status=Status.LIVE, misses=0)
    day = datetime(2026, 3, 1, tzinfo=UTC)
    for _ in range(9):
        assert not note_miss(row, day)
    for number in range(1, 3):
        assert not note_miss(row, day + timedelta(days=number))
    assert note_miss(row, day + timedelta(days=3))
    assert row.status == Status.FAILING
    assert note_miss(row, day + timedelta(days=30))
    assert row.status == Status.GONE
    assert note_reached(row, day + timedelta(days=31))
    assert (row.status, row.misses) == (Status.LIVE, 0)


def test_a_source_is_due_by_its_schedule() -> None:
    now = datetime(2026, 3, 10, tzinfo=UTC)
    assert is_due("daily", None, now)
    assert is_due("daily", now - timedelta(hours=23, minutes=30), now)
    assert not is_due("weekly", now - timedelta(days=6), now)
    assert is_due("monthly", now - timedelta(days=30), now)


def test_a_source_that_had_its_turn_is_not_due_and_a_failed_one_is(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of())
    assert catalogue.due_source_ids() == ["curated", "kysk"]
    run, now = catalogue.start_run(), datetime.now(UTC)
    reasons = (Reason(url="https://kysk.ee/x", outcome="failed", reason="404 not found"),)
    done = SourceRun(source="kysk", started=now, finished=now, counts={"read": 3}, reasons=reasons)
    catalogue.keep_source_run(run, done)
    catalogue.keep_source_run(run, replace(done, source="curated", fault="no network"))
    catalogue.finish_run(run)
    assert catalogue.due_source_ids() == ["curated"]
    summary = {source.id: source for source in catalogue.summary().sources}
    assert summary["kysk"].counts == {"read": 3}
    assert summary["curated"].fault == "no network"


def test_what_a_source_turned_out_to_be_is_remembered(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of())
    catalogue.note_found_type("kysk", "sitemap", "https://kysk.ee/wp-sitemap.xml")
    (source,) = catalogue.sources(["kysk"])
    assert (source.type, source.url) == ("sitemap", "https://kysk.ee/wp-sitemap.xml")
    with pytest.raises(UnknownSourceError, match="it has: curated, kysk"):
        catalogue.sources(["kusk"])


def test_a_page_of_two_sources_does_not_change_back_and_forth(catalogue: Catalogue) -> None:
    other = replace(TRUSTED, id="teine", publisher="Teine", kind="uudis")
    assert catalogue.keep(found("https://kysk.ee/a"), TRUSTED) is Outcome.ADDED
    assert catalogue.keep(found("https://kysk.ee/a"), other) is Outcome.UNCHANGED
    assert catalogue.keep(found("https://kysk.ee/a"), TRUSTED) is Outcome.UNCHANGED
    assert next(catalogue.visible_resources()).publisher == "KÜSK"


def test_what_waits_is_accepted_when_a_trusted_source_finds_it_too(catalogue: Catalogue) -> None:
    catalogue.keep(found("https://kysk.ee/a", source="voor"), STRANGER)
    assert not visible(catalogue)
    catalogue.keep(found("https://kysk.ee/a"), TRUSTED)
    assert len(visible(catalogue)) == 1


def test_a_page_that_a_run_missed_is_counted_as_missed(catalogue: Catalogue) -> None:
    catalogue.keep(found("https://kysk.ee/a"), TRUSTED)
    catalogue.note_misses(["http://www.kysk.ee/a/"])
    with catalogue._database.reading() as session:
        assert session.query(ResourceRow).one().misses == 1


def cards(**addresses: str) -> str:
    return "".join(
        CARD.replace("id: kriis", f"id: {name}").replace("https://kysk.ee/kriis", url).replace("Kriisiplaan", name)
        for name, url in addresses.items()
    )


def test_cards_may_swap_their_addresses(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    one, other = "https://kysk.ee/1", "https://kysk.ee/2"
    catalogue.synchronise(curated_of(cards(foo=one, bar=other)))
    catalogue.keep(found(one, text="esimese tekst"), None)
    swapped = curated_of(cards(foo=other, bar=one))
    assert catalogue.synchronise(swapped)
    assert {id_: (r.url, r.text) for id_, r in visible(catalogue).items()} == {"foo": (other, ""), "bar": (one, "")}
    assert not catalogue.synchronise(swapped)


def test_a_card_that_takes_the_former_address_of_another_has_its_own_text(
    catalogue: Catalogue, curated_of: CuratedOf
) -> None:
    catalogue.synchronise(curated_of(cards(foo="https://kysk.ee/1", bar="https://kysk.ee/2")))
    catalogue.keep(found("https://kysk.ee/2", text="teise tekst"), None)
    catalogue.synchronise(curated_of(cards(foo="https://kysk.ee/2", bar="https://kysk.ee/3")))
    assert {id_: r.text for id_, r in visible(catalogue).items()} == {"foo": "", "bar": ""}
    catalogue.keep(found("https://kysk.ee/2", text="teise tekst"), None)
    assert {id_: r.text for id_, r in visible(catalogue).items()} == {"foo": "teise tekst", "bar": ""}


def test_withdrawing_the_former_address_of_a_card_leaves_the_card(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of(cards(foo="https://kysk.ee/vana")))
    catalogue.keep(found("https://kysk.ee/vahe", answered="https://kysk.ee/vana"), None)
    moved = curated_of(cards(foo="https://kysk.ee/uus"), withdrawn="['https://kysk.ee/vana', 'https://kysk.ee/vahe']")
    catalogue.synchronise(moved)
    assert list(visible(catalogue)) == ["foo"]
    assert catalogue.keep(found("https://kysk.ee/vana"), TRUSTED) is Outcome.WITHDRAWN


def test_pages_with_one_wrong_canonical_stay_apart(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of(cards(foo="https://kysk.ee/blogi/1", bar="https://kysk.ee/blogi/2")))
    for _ in range(2):
        outcomes = [
            catalogue.keep(
                found(f"https://kysk.ee/blogi/{n}", text=f"lugu {n}", canonical="https://kysk.ee/blogi"), source
            )
            for n, source in ((1, None), (2, None), (3, TRUSTED), (4, TRUSTED))
        ]
    assert outcomes == [Outcome.UNCHANGED] * 4
    assert sorted(r.text for r in catalogue.visible_resources()) == ["lugu 1", "lugu 2", "lugu 3", "lugu 4"]


def test_another_spelling_of_a_page_does_not_replace_its_text(catalogue: Catalogue) -> None:
    catalogue.keep(found("https://kysk.ee/a", canonical="https://kysk.ee/a", text="täistekst"), TRUSTED)
    printed = found("https://kysk.ee/a?print=1", canonical="https://kysk.ee/a", text="trükivaade")
    assert catalogue.keep(printed, TRUSTED) is Outcome.UNCHANGED
    assert [r.text for r in catalogue.visible_resources()] == ["täistekst"]


def test_a_mended_address_brings_a_dead_card_back_at_once(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of(cards(foo="https://kysk.ee/surnud")))
    with catalogue._database.writing() as session:
        session.get_one(ResourceRow, "foo").status = Status.GONE
    assert not visible(catalogue)
    catalogue.synchronise(curated_of(cards(foo="https://kysk.ee/elus")))
    assert list(visible(catalogue)) == ["foo"]


def test_no_card_that_was_dropped_gets_past_the_review(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    page = found("https://voor.ee/a", source="voor")
    catalogue.keep(page, STRANGER)
    catalogue.synchronise(curated_of(cards(foo="https://voor.ee/a")))
    assert list(visible(catalogue)) == ["foo"]
    catalogue.keep(page, STRANGER)
    catalogue.synchronise(curated_of("  []\n"))
    assert not visible(catalogue)
    (waits,) = catalogue.waiting()
    catalogue.review(Review.REJECTED, [waits.id])
    catalogue.synchronise(curated_of(cards(foo="https://voor.ee/a")))
    catalogue.synchronise(curated_of("  []\n"))
    assert catalogue.keep(page, STRANGER) is Outcome.REJECTED
    assert not visible(catalogue)


def test_what_is_withdrawn_does_not_wait(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.keep(found("https://voor.ee/a", source="voor"), STRANGER)
    catalogue.synchronise(curated_of(withdrawn="['https://voor.ee/a']"))
    assert catalogue.waiting() == []
    assert catalogue.summary().waiting == 0


def test_no_sign_of_a_page_or_address_breaks_the_database(catalogue: Catalogue) -> None:
    dirty = "a\x00b\x1b[31m\ud800c"
    page = found("https://kysk.ee/a", title=dirty, text=dirty, passages=(Passage(offset=3, heading=dirty),))
    assert catalogue.keep(page, TRUSTED) is Outcome.ADDED
    assert catalogue.keep(page, TRUSTED) is Outcome.UNCHANGED
    (kept,) = catalogue.visible_resources()
    assert kept.text == kept.title == "a b [31m\ufffdc"
    assert len(kept.text) == len(dirty)
    now = datetime.now(UTC)
    reasons = (Reason(url=f"https://kysk.ee/{dirty}", outcome="missing", reason=dirty),)
    run = SourceRun(source="kysk", started=now, finished=now, counts={}, reasons=reasons)
    catalogue.keep_source_run(catalogue.start_run(), run)


def test_the_revision_counts_every_change_of_every_process(catalogue: Catalogue) -> None:
    before = catalogue.revision

    def change(name: str) -> None:
        for number in range(10):
            catalogue.keep(found(f"https://kysk.ee/{name}/{number}"), TRUSTED)

    threads = [Thread(target=change, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert catalogue.revision == before + 40
