"""What vanishes is marked slowly, what asks to be forgotten at once, and nothing that curators wrote is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from click.testing import CliRunner

from aardekast.catalogue import Catalogue, SourceRun, Visit
from aardekast.catalogue.keys import key_of
from aardekast.catalogue.reading import is_card_due
from aardekast.catalogue.tables import FieldValueRow, ResourceRow
from aardekast.cli.harvesting import harvest
from aardekast.curated import Curated
from aardekast.errors import CuratedFileError
from aardekast.mirrors import is_mirror
from aardekast.resource import Harvested, Origin, Outcome, Passage, Source, Status

SOURCE = Source(id="kysk", url="https://kysk.ee/", publisher="KÜSK", kind="artikkel", audiences=("kov",), trusted=True)
A, B = "https://kysk.ee/a", "https://kysk.ee/b"
CuratedOf = Callable[..., Curated]


@pytest.fixture
def curated_of(curated_from: Callable[[str], Curated]) -> CuratedOf:
    def write(*urls: str, extra: str = "") -> Curated:
        cards = "".join(
            f"  - {{url: '{url}', title: Kaart {number}, kind: artikkel, audience: [kov]{extra}}}\n"
            for number, url in enumerate(urls)
        )
        return curated_from(f"sources: []\nresources:\n{cards or '  []'}\nwithdrawn: []\n")

    return write


def page(url: str, **values: object) -> Harvested:
    given = {"source": "kysk", "requested": url, "url": url, "title": "Leht", "text": f"Sisu {url}.", **values}
    return Harvested(**given)  # type: ignore[arg-type]


def shown(catalogue: Catalogue) -> dict[str, str]:
    """Texts by address."""
    return {resource.url: resource.text for resource in catalogue.visible_resources()}


def test_a_text_that_is_to_be_forgotten_is_gone_and_its_page_is_shown_no_more(catalogue: Catalogue) -> None:
    catalogue.keep(page(A, passages=(Passage(offset=0, heading="Peatükk"),), description="Lehe sõnad"), SOURCE)
    catalogue.keep(page(B), SOURCE)
    revision = catalogue.revision
    catalogue.forget_text([A])
    assert list(shown(catalogue)) == [B]
    assert catalogue.revision == revision + 1
    catalogue.forget_text([A])
    assert catalogue.revision == revision + 1
    left = next(known for known in catalogue.known_resources("kysk"))
    assert left.url == B
    with catalogue._database.reading() as session:
        row = session.query(ResourceRow).filter_by(url=A).one()
        assert (row.text, row.words, row.content_hash, row.status) == ("", None, None, Status.UNLISTED)
    assert catalogue.keep(page(A), SOURCE) is Outcome.CHANGED
    assert shown(catalogue) == {A: f"Sisu {A}.", B: f"Sisu {B}."}


def test_a_card_keeps_what_the_curators_wrote_when_its_text_is_forgotten(
    catalogue: Catalogue, curated_of: CuratedOf
) -> None:
    catalogue.synchronise(curated_of(A, extra=", unconfirmed: [title]"))
    catalogue.keep(page(A, description="Lehe sõnad"), None)
    catalogue.forget_text([A])
    (card,) = catalogue.visible_resources()
    assert (card.text, card.description, card.kind, card.status) == ("", "", "artikkel", "live")


def test_what_was_not_listed_shows_when_it_becomes_a_card(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.keep(page(A), SOURCE)
    catalogue.forget_text([A])
    catalogue.synchronise(curated_of(A))
    assert shown(catalogue) == {A: ""}


def test_confirmed_values_are_not_overwritten_by_a_harvest(catalogue: Catalogue) -> None:
    catalogue.keep(page(A, published="2020"), SOURCE)
    with catalogue._database.writing() as session:
        id_ = session.query(ResourceRow).one().id
        for field, value in (("title", "Kinnitatud"), ("topics", ["kaasamine"]), ("published", "2019")):
            session.add(FieldValueRow(resource_id=id_, field=field, origin=Origin.CONFIRMED, value=value))
    catalogue.keep(page(A, title="Muu", published="2021", text="Uus.", suggested={"topics": ("noored",)}), SOURCE)
    (resource,) = catalogue.visible_resources()
    assert (resource.title, resource.topics, resource.published) == ("Kinnitatud", ("kaasamine",), "2019")
    assert resource.text == "Uus."


def test_a_page_that_answers_again_loses_its_mark_for_visitors_too(catalogue: Catalogue) -> None:
    catalogue.keep(page(A), SOURCE)
    with catalogue._database.writing() as session:
        session.query(ResourceRow).one().status = Status.FAILING
    revision = catalogue.revision
    assert catalogue.keep(page(A), SOURCE) is Outcome.CHANGED
    assert catalogue.revision == revision + 1
    with catalogue._database.writing() as session:
        row = session.query(ResourceRow).one()
        row.status, row.misses = Status.FAILING, 4
    catalogue.note_unchanged([A])
    assert [resource.status for resource in catalogue.visible_resources()] == ["live"]
    assert catalogue.revision == revision + 2
    catalogue.note_unchanged([A, "https://kysk.ee/tundmatu"])
    assert catalogue.revision == revision + 2


def test_an_address_that_is_missing_is_no_miss_of_what_answered_elsewhere(catalogue: Catalogue) -> None:
    started = datetime.now(UTC)
    catalogue.keep(page(A, redirects=(B,)), SOURCE)
    catalogue.note_misses([B], since=started)
    (known,) = catalogue.known_resources("kysk")
    assert known.has_answered
    catalogue.note_misses([B], since=datetime.now(UTC))
    (known,) = catalogue.known_resources("kysk")
    assert not known.has_answered


def test_a_visit_is_relied_on_only_while_what_was_read_is_there(catalogue: Catalogue) -> None:
    catalogue.keep(page(A), SOURCE)
    kept = Visit(key=key_of(A), answered=key_of(A), body="1" * 32, etag='"1"')
    rejected = Visit(key=key_of(B), answered=key_of(B), body="2" * 32, reason="little text (5 words)")
    catalogue.note_visits("kysk", [kept, rejected])
    assert catalogue.visits("kysk") == {kept.key: kept, rejected.key: rejected}
    assert catalogue.visits("teine") == {}
    catalogue.forget_text([A])
    assert catalogue.visits("kysk") == {rejected.key: rejected}


def test_a_source_is_read_whole_every_nth_run_and_when_it_is_another(catalogue: Catalogue) -> None:
    now, needed = datetime.now(UTC), []
    for look, fault in ((None, None), ("a", "no network"), ("a", None), (None, None), (None, None)):
        needed.append(catalogue.needs_full_look("kysk", "a", 3))
        run = SourceRun(source="kysk", started=now, finished=now, counts={}, fault=fault, look=look)
        catalogue.keep_source_run(catalogue.start_run(), run)
    assert needed == [True, True, True, False, False]
    assert catalogue.needs_full_look("kysk", "a", 3)
    assert not catalogue.needs_full_look("kysk", "a", 4)
    assert catalogue.needs_full_look("kysk", "b", 4)


def test_cards_are_looked_at_weekly_and_spread_over_the_days(catalogue: Catalogue, curated_of: CuratedOf) -> None:
    catalogue.synchronise(curated_of(*(f"https://kysk.ee/{number}" for number in range(100))))
    assert len(catalogue.curated_targets(due_only=True)) == 100
    catalogue.note_answers([target[0] for target in catalogue.curated_targets()], [])
    assert catalogue.due_source_ids() == []
    now = datetime.now(UTC)
    with catalogue._database.reading() as session:
        rows = session.query(ResourceRow).all()
        due = [sum(is_card_due(row, now + timedelta(days=days)) for row in rows) for days in range(11)]
    assert due[4] == 0
    assert due[9] == 100
    assert all(10 <= later - sooner <= 32 for sooner, later in pairwise(due[4:10]))


def test_losses_are_confirmed_of_named_sources_only() -> None:
    done = CliRunner().invoke(harvest, ["--confirm-losses"])
    assert (done.exit_code, "Name the sources" in done.output) == (2, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://pdfslide.net/documents/a.html", "https://vdocuments.mx/a", "https://vdocuments.site/a",
        "https://www.scribd.com/doc/1", "https://et.scribd.com/doc/1", "https://dokumen.tips/a", "https://9dok.org/a",
        "https://docslib.org/a", "https://healthdocbox.com/a", "http://pdffox.com/a", "https://www.slideserve.com/a",
        "https://vdocuments.com.br/a",
    ],
)  # fmt: skip
def test_a_copy_on_a_document_mirror_is_refused_with_a_remedy(url: str, curated_of: CuratedOf) -> None:
    assert is_mirror(url)
    with pytest.raises(CuratedFileError, match=r"copies other people's documents; link to the publisher's own page"):
        curated_of(url)


@pytest.mark.parametrize(
    "url", ["https://dokumendiregistrid.karlerss.com/a", "https://dokumen.kemdikbud.go.id/a", "https://kysk.ee/scribd"]
)
def test_other_sites_are_no_mirrors(url: str) -> None:
    assert not is_mirror(url)
