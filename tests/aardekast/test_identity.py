"""Which resource a page is: addresses that move, that lead elsewhere for the moment, and other languages of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from aardekast.catalogue import Catalogue, migrations
from aardekast.catalogue.keys import key_of
from aardekast.curated import Curated
from aardekast.resource import Harvested, Outcome, Resource, Source, Translation

SOURCE = Source(id="kysk", url="https://kysk.ee/", publisher="KÜSK", trusted=True)
OLD, NEW, OTHER = "https://kysk.ee/vana", "https://kysk.ee/uus", "https://kysk.ee/muu"
TEXT = "Külavanem kutsub naabrid kokku ja peab plaani."
CuratedOf = Callable[..., Curated]


@pytest.fixture
def curated_of(curated_from: Callable[[str], Curated]) -> CuratedOf:
    def write(*urls: str) -> Curated:
        entries = "".join(f"\n  - {{url: '{url}', title: Kaart, kind: artikkel, audience: [kov]}}" for url in urls)
        return curated_from(f"sources: []\nresources: {entries or '[]'}\nwithdrawn: []\n")

    return write


def page(*way: str, temporary: tuple[str, ...] = (), **values: object) -> Harvested:
    """What was found after following a way of addresses."""
    known = {"source": "kysk", "title": "Leht", "text": TEXT, "language": "et", **values}
    return Harvested(requested=way[0], url=way[-1], redirects=way[:-1], temporary=temporary, **known)  # type: ignore[arg-type]


def seen(catalogue: Catalogue) -> dict[str, Resource]:
    return {resource.url: resource for resource in catalogue.visible_resources()}


def test_a_resource_that_moved_for_good_is_shown_where_it_is_now(catalogue: Catalogue) -> None:
    catalogue.keep(page(OLD), SOURCE)
    (before,) = seen(catalogue).values()
    assert catalogue.keep(page(OLD, NEW), SOURCE) is Outcome.CHANGED
    (after,) = seen(catalogue).values()
    assert (after.id, after.url) == (before.id, NEW)
    assert catalogue.keep(page(OLD, NEW), SOURCE) is Outcome.UNCHANGED
    assert catalogue.keep(page(NEW), SOURCE) is Outcome.UNCHANGED


def test_a_resource_that_leads_on_for_the_moment_stays_where_it_was(catalogue: Catalogue) -> None:
    catalogue.keep(page(OLD), SOURCE)
    assert catalogue.keep(page(OLD, NEW, temporary=(OLD,)), SOURCE) is Outcome.UNCHANGED
    assert list(seen(catalogue)) == [OLD]


def test_of_a_way_only_the_part_that_is_for_good_is_followed(catalogue: Catalogue) -> None:
    catalogue.keep(page(OLD), SOURCE)
    catalogue.keep(page(OLD, NEW, OTHER, temporary=(NEW,)), SOURCE)
    assert list(seen(catalogue)) == [NEW]


def test_a_move_to_https_is_followed_and_one_to_the_old_spelling_is_none(catalogue: Catalogue) -> None:
    catalogue.keep(page("http://kysk.ee/a"), SOURCE)
    catalogue.keep(page("http://kysk.ee/a", "https://www.kysk.ee/a/"), SOURCE)
    assert list(seen(catalogue)) == ["https://www.kysk.ee/a/"]
    catalogue.keep(page("https://kysk.ee/a", "https://www.kysk.ee/a/"), SOURCE)
    assert list(seen(catalogue)) == ["https://www.kysk.ee/a/"]


def test_a_resource_moves_to_the_canonical_address_of_where_it_went(catalogue: Catalogue) -> None:
    catalogue.keep(page(OLD), SOURCE)
    catalogue.keep(page(OLD, f"{NEW}?vaade=1", canonical=NEW), SOURCE)
    assert list(seen(catalogue)) == [NEW]


def test_the_curated_address_stays_and_both_lead_to_the_card(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    short = "https://bit.ly/3xYz"
    catalogue.synchronise(curated_of(short))
    catalogue.keep(page(short, NEW), None)
    catalogue.keep(page(NEW), SOURCE)
    (card,) = seen(catalogue).values()
    assert (card.url, card.title, card.source) == (short, "Kaart", "kysk")


def test_a_move_into_what_was_found_already_makes_both_one(catalogue: Catalogue) -> None:
    catalogue.keep(page(NEW), SOURCE)
    catalogue.keep(page(OLD, text="Midagi muud."), SOURCE)
    catalogue.keep(page(OLD, NEW), SOURCE)
    assert list(seen(catalogue)) == [NEW]


def test_a_site_under_repair_does_not_become_one_resource(catalogue: Catalogue) -> None:
    for number, url in enumerate((OLD, NEW)):
        catalogue.keep(page(url, text=f"{TEXT} Osa {number}."), SOURCE)
    before = seen(catalogue)
    for url in (OLD, NEW):
        outcome = catalogue.keep(
            page(url, OTHER, temporary=(url,), text="Leht on hoolduses, tule homme tagasi."), SOURCE
        )
        assert outcome is Outcome.ELSEWHERE
    assert seen(catalogue) == before


def test_a_passing_redirect_is_believed_where_it_always_was_one(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of(OLD))
    catalogue.keep(page(OLD, NEW, temporary=(OLD,)), None)
    assert catalogue.keep(page(OLD, NEW, temporary=(OLD,), text=f"{TEXT} Uus lõik."), None) is Outcome.CHANGED
    catalogue.keep(page(NEW, text=f"{TEXT} Uus lõik."), SOURCE)
    assert list(seen(catalogue)) == [OLD]


def test_a_page_by_its_number_and_by_its_name_is_one(catalogue: Catalogue) -> None:
    node, name = "https://tai.ee/en/node/13109", "https://www.tai.ee/et/sotsiaaltoo/kogukonnatoo"
    catalogue.keep(page(node, canonical=name), SOURCE)
    catalogue.keep(page(name, canonical=name), SOURCE)
    assert list(seen(catalogue)) == [name]


def languages(catalogue: Catalogue) -> dict[str, list[str]]:
    return {url: [other.url for other in found.translations] for url, found in seen(catalogue).items()}


def test_versions_that_name_each_other_are_linked(catalogue: Catalogue) -> None:
    catalogue.keep(page(OLD, alternates=(("en", f"{NEW}?utm_source=x"),)), SOURCE)
    before, version = catalogue.revision, catalogue.versions()
    catalogue.keep(page(NEW, title="Plan", text="A plan.", language="en", alternates=(("et", OLD),)), SOURCE)
    found = seen(catalogue)
    assert found[OLD].translations == (Translation(id=found[NEW].id, url=NEW, title="Plan", language="en"),)
    assert languages(catalogue) == {OLD: [NEW], NEW: [OLD]}
    assert catalogue.revision > before
    assert catalogue.versions()[found[OLD].id] != version[found[OLD].id]
    (alone,) = catalogue.visible_resources([found[OLD].id])
    assert alone.translations == found[OLD].translations


def test_a_version_that_does_not_name_the_page_is_not_linked(catalogue: Catalogue) -> None:
    front = "https://kysk.ee/en/"
    for url in (OLD, NEW):
        catalogue.keep(page(url, alternates=(("en", front),)), SOURCE)
    catalogue.keep(page(front, language="en", alternates=(("et", "https://kysk.ee/et/"),)), SOURCE)
    assert not any(languages(catalogue).values())


def test_a_link_ends_when_a_page_names_the_other_no_more(catalogue: Catalogue) -> None:
    catalogue.keep(page(OLD, alternates=(("ru", NEW),)), SOURCE)
    catalogue.keep(page(NEW, language="ru", alternates=(("et", OLD),)), SOURCE)
    assert catalogue.keep(page(NEW, language="ru"), SOURCE) is Outcome.CHANGED
    assert not any(languages(catalogue).values())


def test_pages_in_one_language_are_no_translations(catalogue: Catalogue) -> None:
    catalogue.keep(page(OLD, alternates=(("en", NEW),)), SOURCE)
    catalogue.keep(page(NEW, alternates=(("et", OLD),)), SOURCE)
    assert not any(languages(catalogue).values())


def test_a_merge_takes_the_languages_along(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    card = "https://kysk.ee/kaart"
    catalogue.keep(page(OLD, alternates=(("en", NEW),)), SOURCE)
    catalogue.keep(page(NEW, language="en", alternates=(("et", OLD),)), SOURCE)
    catalogue.synchronise(curated_of(card))
    catalogue.keep(replace(page(card, OLD), alternates=(("en", NEW),)), None)
    assert languages(catalogue) == {card: [NEW], NEW: [card]}


def test_addresses_and_bands_of_an_older_catalogue_are_keyed_anew(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'vana.sqlite'}"
    _make_older(url)
    catalogue = Catalogue.open(url)
    with catalogue._database.reading() as session:
        addresses = dict(session.execute(text("SELECT key, resource_id FROM addresses")).all())
        withdrawn = session.execute(text("SELECT key FROM withdrawn")).scalars().all()
        bands = session.execute(text("SELECT count(*) FROM text_bands WHERE value > 9")).scalar_one()
    catalogue.close()
    assert addresses == {key_of("https://a.ee/kogu"): "kaart", key_of("https://a.ee/muu"): "muu"}
    assert withdrawn == [key_of("https://a.ee/ara")]
    assert bands == 16


def _make_older(url: str) -> None:
    """A catalogue before the keys knew index.php, where one page has two addresses of two resources."""
    config = Config()
    config.set_main_option("script_location", str(Path(str(migrations.__file__)).parent))
    engine = create_engine(url)
    row = "INSERT INTO resources (id, url, in_file, may_harvest, review, status, format, text, may_show_snippet, "
    row += "first_seen, misses) VALUES (:id, :url, :card, 1, 'accepted', 'live', 'html', :text, 1, '2026-01-01', 0)"
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for id_, card, said in (("kaart", 1, " ".join(map(str, range(99)))), ("teine", 0, ""), ("muu", 0, "")):
            connection.execute(text(row), {"id": id_, "card": card, "url": f"https://a.ee/{id_}", "text": said})
        old = {"k1": ("index.php/kogu", "kaart"), key_of("https://a.ee/kogu"): ("kogu", "teine"), "k3": ("muu", "muu")}
        for key, (path, id_) in old.items():
            values = {"key": key, "url": f"https://a.ee/{path}", "id": id_}
            connection.execute(text("INSERT INTO addresses VALUES (:key, :url, :id)"), values)
        connection.execute(text("INSERT INTO withdrawn VALUES ('w', 'https://a.ee/ara/index.html')"))
        connection.execute(text("INSERT INTO text_bands VALUES ('kaart', 7)"))
    engine.dispose()
