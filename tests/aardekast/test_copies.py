"""Near copies in the catalogue: folded into the preferred one while both are seen, and back when that ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete

from aardekast.catalogue import Catalogue
from aardekast.catalogue.tables import LikenessRow, ResourceRow, TextBandRow
from aardekast.curated import Curated, load_curated
from aardekast.resource import Copy, Harvested, Outcome, Resource, Review, Source, Status
from aardekast.settings import Settings

TRUSTED = Source(id="kysk", url="https://kysk.ee/", publisher="KÜSK", trusted=True)
OTHER = replace(TRUSTED, id="leht", publisher="Leht")
STRANGER = replace(TRUSTED, id="voor", trusted=False)
A, B, C = "https://kysk.ee/a", "https://leht.ee/b", "https://leht.ee/c"
CuratedOf = Callable[..., Curated]


@pytest.fixture
def curated_of(curated_from: Callable[[str], Curated]) -> CuratedOf:
    def write(*urls: str, withdrawn: str = "[]") -> Curated:
        entries = "".join(
            f"\n  - {{url: '{url}', title: Kaart, kind: artikkel, audience: [kov], description: Kirjeldus}}"
            for url in urls
        )
        return curated_from(f"sources: []\nresources: {entries or '[]'}\nwithdrawn: {withdrawn}\n")

    return write


@pytest.fixture(scope="module")
def texts(repository: Path) -> list[str]:
    """Different texts of some 200 words."""
    settings = Settings.load({}, resources=repository / "resources.yaml", vocabulary=repository / "vocabulary.yaml")
    words = " ".join(card.description for card in load_curated(settings).resources).split()
    return [" ".join(words[start : start + 200]) for start in range(0, 2000, 200)]


def page(url: str, text: str, **values: str) -> Harvested:
    return Harvested(**{"source": "kysk", "requested": url, "url": url, "title": "Leht", "text": text, **values})  # type: ignore[arg-type]


def seen(catalogue: Catalogue) -> dict[str, Resource]:
    return {resource.url: resource for resource in sorted(catalogue.visible_resources(), key=lambda r: r.url)}


def framed(text: str) -> str:
    return f"Avaleht ja kontakt.\n{text}\nKõik õigused on kaitstud."


def test_the_one_first_seen_stands_for_its_copies(catalogue: Catalogue, texts: list[str]) -> None:
    catalogue.keep(page(B, texts[0]), OTHER)
    catalogue.keep(page(A, framed(texts[0]), title="Teine pealkiri"), TRUSTED)
    catalogue.keep(page(C, texts[1]), OTHER)
    found = seen(catalogue)
    assert sorted(found) == [B, C]
    assert found[B].copies == (Copy(url=A, title="Teine pealkiri", publisher="KÜSK"),)
    assert found[C].copies == ()


def test_a_card_stands_for_what_was_seen_before_it(
    catalogue: Catalogue, curated_of: CuratedOf, texts: list[str]
) -> None:
    catalogue.keep(page(A, texts[0]), TRUSTED)
    catalogue.synchronise(curated_of(B))
    catalogue.keep(page(B, framed(texts[0])), None)
    assert list(seen(catalogue)) == [B]
    assert [copy.url for copy in seen(catalogue)[B].copies] == [A]


def test_no_card_is_ever_folded(catalogue: Catalogue, curated_of: CuratedOf, texts: list[str]) -> None:
    catalogue.synchronise(curated_of(A, B))
    for url in (A, B, C):
        catalogue.keep(page(url, texts[0]), None if url != C else OTHER)
    found = seen(catalogue)
    assert sorted(found) == [A, B]
    assert sum(len(resource.copies) for resource in found.values()) == 1


def test_a_copy_comes_back_when_a_text_changes(catalogue: Catalogue, texts: list[str]) -> None:
    catalogue.keep(page(A, texts[0]), TRUSTED)
    catalogue.keep(page(B, texts[0]), OTHER)
    before = catalogue.revision
    assert catalogue.keep(page(A, texts[1]), TRUSTED) is Outcome.CHANGED
    assert sorted(seen(catalogue)) == [A, B]
    catalogue.keep(page(B, texts[1]), OTHER)
    assert list(seen(catalogue)) == [A]
    catalogue.keep(page(B, texts[2]), OTHER)
    assert sorted(seen(catalogue)) == [A, B]
    assert catalogue.revision == before + 3


def test_a_copy_comes_back_when_the_preferred_one_is_withdrawn(
    catalogue: Catalogue, curated_of: CuratedOf, texts: list[str]
) -> None:
    catalogue.keep(page(A, texts[0]), TRUSTED)
    catalogue.keep(page(B, texts[0]), OTHER)
    before = catalogue.revision
    catalogue.synchronise(curated_of(withdrawn=f"['{A}']"))
    assert list(seen(catalogue)) == [B]
    assert seen(catalogue)[B].copies == ()
    assert catalogue.revision == before + 1


def test_a_copy_comes_back_when_the_preferred_one_is_gone(catalogue: Catalogue, texts: list[str]) -> None:
    catalogue.keep(page(A, texts[0]), TRUSTED)
    catalogue.keep(page(B, texts[0]), OTHER)
    with catalogue._database.writing() as session:
        row = session.query(ResourceRow).filter_by(url=A).one()
        row.status, row.misses = Status.GONE, 9
    assert list(seen(catalogue)) == [B]
    before = catalogue.revision
    catalogue.note_answers([row_id(catalogue, A)], [])
    assert list(seen(catalogue)) == [A]
    assert catalogue.revision == before + 1


def test_a_copy_comes_back_when_it_gets_a_card(catalogue: Catalogue, curated_of: CuratedOf, texts: list[str]) -> None:
    catalogue.keep(page(A, texts[0]), TRUSTED)
    catalogue.keep(page(B, texts[0]), OTHER)
    before = catalogue.revision
    catalogue.synchronise(curated_of(B))
    assert list(seen(catalogue)) == [B]
    catalogue.synchronise(curated_of())
    assert list(seen(catalogue)) == [A]
    assert catalogue.revision == before + 2


def test_what_waits_folds_nothing_and_goes_on_waiting(catalogue: Catalogue, texts: list[str]) -> None:
    catalogue.keep(page(A, texts[0]), STRANGER)
    catalogue.keep(page(B, texts[0]), OTHER)
    assert list(seen(catalogue)) == [B]
    assert seen(catalogue)[B].copies == ()
    (waits,) = catalogue.waiting()
    assert (catalogue.summary().waiting, catalogue.summary().copies) == (1, 0)
    catalogue.review(Review.ACCEPTED, [waits.id])
    assert list(seen(catalogue)) == [A]
    assert (catalogue.summary().visible, catalogue.summary().copies, catalogue.summary().waiting) == (1, 1, 0)
    catalogue.review(Review.REJECTED, [waits.id])
    assert list(seen(catalogue)) == [B]


def test_a_copy_of_a_copy_is_folded_only_where_the_preferred_one_is_like_it(
    catalogue: Catalogue, texts: list[str]
) -> None:
    whole = texts[0].split()
    for url, start in ((A, 0), (B, 25), (C, 50)):
        catalogue.keep(page(url, " ".join(whole[start : start + 150])), TRUSTED)
    assert [(url, [copy.url for copy in found.copies]) for url, found in seen(catalogue).items()] == [(A, [B]), (C, [])]


def test_short_texts_and_cards_without_text_stay(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of(A, B))
    for number in range(2):
        catalogue.keep(page(f"https://kysk.ee/{number}", "Kogukonna kriisiplaan."), TRUSTED)
    assert len(seen(catalogue)) == 4


def test_a_merge_of_addresses_takes_the_copies_along(
    catalogue: Catalogue, curated_of: CuratedOf, texts: list[str]
) -> None:
    catalogue.keep(page(A, texts[0]), TRUSTED)
    catalogue.keep(page(B, texts[0]), OTHER)
    card = "https://kysk.ee/kaart"
    catalogue.synchronise(curated_of(card))
    catalogue.keep(replace(page(A, texts[0]), url=card), None)
    found = seen(catalogue)
    assert list(found) == [card]
    assert [copy.url for copy in found[card].copies] == [B]


def test_a_card_that_moves_to_another_address_leaves_its_copies(
    catalogue: Catalogue, curated_of: CuratedOf, texts: list[str]
) -> None:
    card = "https://kysk.ee/kaart"
    entry = curated_of(card)
    named = replace(entry, resources=(entry.resources[0].model_copy(update={"id": "kaart"}),))
    catalogue.synchronise(named)
    catalogue.keep(page(card, texts[0]), None)
    catalogue.keep(page(B, texts[0]), OTHER)
    moved = replace(named, resources=(named.resources[0].model_copy(update={"url": A}),))
    catalogue.synchronise(moved)
    assert sorted(seen(catalogue)) == [A, B]


def test_texts_of_an_older_catalogue_are_compared_when_they_are_next_read(
    catalogue: Catalogue, texts: list[str]
) -> None:
    catalogue.keep(page(A, texts[0]), TRUSTED)
    catalogue.keep(page(B, texts[0]), OTHER)
    with catalogue._database.writing() as session:
        session.execute(delete(TextBandRow))
        session.execute(delete(LikenessRow))
    assert len(seen(catalogue)) == 2
    catalogue.keep(page(A, texts[0]), TRUSTED)
    before = catalogue.revision
    assert catalogue.keep(page(B, texts[0]), OTHER) is Outcome.CHANGED
    assert list(seen(catalogue)) == [A]
    assert catalogue.revision == before + 1
    assert catalogue.keep(page(B, texts[0]), OTHER) is Outcome.UNCHANGED


def test_what_has_no_title_stands_for_nothing(catalogue: Catalogue, texts: list[str]) -> None:
    catalogue.keep(page(A, texts[0], title=""), TRUSTED)
    catalogue.keep(page(B, texts[0]), OTHER)
    assert list(seen(catalogue)) == [B]


def test_which_copy_is_preferred_does_not_depend_on_the_order_of_the_harvest(
    catalogue: Catalogue, texts: list[str]
) -> None:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    for url in (C, B, A):
        catalogue.keep(page(url, texts[0]), TRUSTED)
    with catalogue._database.writing() as session:
        for row in session.query(ResourceRow):
            row.first_seen = moment
        first = min(row.id for row in session.query(ResourceRow))
    (found,) = catalogue.visible_resources()
    assert found.id == first
    assert len(found.copies) == 2


OWN, AGAIN = "https://rito.riigikogu.ee/lugu", "https://kogukonnaveeb.ee/lugu"


@pytest.mark.parametrize(
    "origin",
    [
        pytest.param("https://www.rito.riigikogu.ee/lugu/", id="address"),
        pytest.param("https://rito.riigikogu.ee/", id="site"),
        pytest.param("ajakiri RiTo, nr 49", id="publisher"),
        pytest.param("rito.riigikogu.ee", id="host-in-words"),
    ],
)
def test_what_a_copy_names_as_its_origin_stands_for_it(catalogue: Catalogue, texts: list[str], origin: str) -> None:
    catalogue.keep(page(AGAIN, texts[0], published="2001"), OTHER)
    assert catalogue.keep(page(OWN, texts[0]), replace(OTHER, id="rito", publisher="RiTo")) is Outcome.ADDED
    assert list(seen(catalogue)) == [AGAIN]
    before = catalogue.revision
    again = replace(page(AGAIN, texts[0], published="2001"), origins=(origin,))
    assert catalogue.keep(again, OTHER) is Outcome.CHANGED
    assert list(seen(catalogue)) == [OWN]
    assert catalogue.revision == before + 1


def test_a_card_stands_before_the_origin_that_its_page_names(
    catalogue: Catalogue, curated_of: CuratedOf, texts: list[str]
) -> None:
    catalogue.synchronise(curated_of(AGAIN))
    catalogue.keep(replace(page(AGAIN, texts[0]), origins=(OWN,)), None)
    catalogue.keep(page(OWN, texts[0]), TRUSTED)
    assert list(seen(catalogue)) == [AGAIN]


def test_a_page_that_names_its_own_site_says_nothing_of_copies_there(catalogue: Catalogue, texts: list[str]) -> None:
    catalogue.keep(page(B, texts[0]), OTHER)
    catalogue.keep(replace(page(C, texts[0]), origins=("https://leht.ee/", "leht.ee")), OTHER)
    assert list(seen(catalogue)) == [B]


def test_the_copy_on_its_publishers_own_site_stands_before_older_ones(
    catalogue: Catalogue, tmp_path: Path, repository: Path, texts: list[str]
) -> None:
    path = tmp_path / "resources.yaml"
    path.write_text("sources: [{id: kysk, url: 'https://www.kysk.ee/', publisher: KÜSK}]\nresources: []\n", "utf-8")
    catalogue.synchronise(load_curated(Settings.load({}, resources=path, vocabulary=repository / "vocabulary.yaml")))
    catalogue.keep(page(B, texts[0], published="2001"), TRUSTED)
    catalogue.keep(page(A, texts[0]), TRUSTED)
    assert list(seen(catalogue)) == [A]


@pytest.mark.parametrize(
    ("first", "then"),
    [("2019", "2018-12"), ("2019", "2019-05"), ("2019-05-02", "2019-05-01"), (None, "2024")],
)
def test_the_oldest_stands_for_its_copies(catalogue: Catalogue, texts: list[str], first: str | None, then: str) -> None:
    catalogue.keep(replace(page(B, texts[0]), published=first), OTHER)
    catalogue.keep(page(A, texts[0], published=then), OTHER)
    assert list(seen(catalogue)) == [A]


def row_id(catalogue: Catalogue, url: str) -> str:
    with catalogue._database.reading() as session:
        return session.query(ResourceRow).filter_by(url=url).one().id
