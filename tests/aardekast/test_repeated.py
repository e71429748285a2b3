"""Lines that stand on many pages of a host are no text of any of them, and stay out of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.catalogue import Catalogue
from aardekast.language.repeated import comparable, digest, without_repeated
from aardekast.resource import Harvested, Outcome, Passage, Source

NOTICE = "Projekti toetab Kodanikuühiskonna Sihtkapital Siseministeeriumi vahenditest"
SOURCE = Source(id="kula", url="https://kula.ee/", publisher="Küla", trusted=True)


def own_text(number: int) -> str:
    return " ".join(f"lause{number}sõna{word}" for word in range(60))


def page(number: int, text: str | None = None, host: str = "kula.ee") -> Harvested:
    text = text or f"Algus {number}\n{own_text(number)}\n{NOTICE}\nLõpp {number}\n{own_text(number + 100)}"
    return Harvested(
        source="kula",
        requested=f"https://{host}/{number}",
        url=f"https://{host}/{number}",
        title=f"Leht {number}",
        text=text,
        passages=(Passage(offset=text.find(f"Lõpp {number}"), heading=f"Lõpp {number}", fragment="#lopp"),),
    )


def read(catalogue: Catalogue, found: Harvested, host: str = "kula.ee") -> Outcome:
    """As the harvest does: what is known is taken out, the rest kept."""
    text, passages = without_repeated(found.text, found.passages, catalogue.repeated_lines(host))
    changed = Harvested(
        source="kula", requested=found.url, url=found.url, title=found.title, text=text, passages=passages
    )
    return catalogue.keep(changed, SOURCE)


def test_what_stands_on_many_pages_is_taken_out_of_all_of_them(catalogue: Catalogue) -> None:
    for number in range(6):
        read(catalogue, page(number))
    assert catalogue.settle_repeated("kula.ee") == 6
    for resource in catalogue.visible_resources():
        assert NOTICE not in resource.text
        (passage,) = resource.passages
        assert resource.text[passage.offset :].startswith(str(passage.heading))


def test_a_page_read_again_is_unchanged_however_often(catalogue: Catalogue) -> None:
    for number in range(6):
        read(catalogue, page(number))
    catalogue.settle_repeated("kula.ee")
    before = catalogue.revision
    for _ in range(2):
        assert {read(catalogue, page(number)) for number in range(6)} == {Outcome.UNCHANGED}
        assert catalogue.settle_repeated("kula.ee") == 0
    assert catalogue.revision == before


def test_a_line_that_is_known_stays_out_when_other_pages_go(catalogue: Catalogue) -> None:
    for number in range(6):
        read(catalogue, page(number))
    catalogue.settle_repeated("kula.ee")
    for number in range(40, 80):  # pages without it: it is on a small share of the site now
        read(catalogue, page(number, own_text(number)))
    assert catalogue.settle_repeated("kula.ee") == 0
    assert read(catalogue, page(1)) == Outcome.UNCHANGED


def test_the_order_of_the_pages_does_not_matter(tmp_path: Path) -> None:
    texts = []
    for name, order in (("a", range(8)), ("b", range(7, -1, -1))):
        opened = Catalogue.open(f"sqlite:///{tmp_path / name}.sqlite")
        for number in order:
            read(opened, page(number))
            opened.settle_repeated("kula.ee")
        texts.append({resource.url: resource.text for resource in opened.visible_resources()})
        opened.close()
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "text_of",
    [
        pytest.param(lambda n: f"{own_text(n)}\n{NOTICE}" if n < 4 else own_text(n), id="four-pages"),
        pytest.param(lambda n: f"Kokkuvõte\n{own_text(n)}", id="short-heading"),
        pytest.param(lambda n: f"{NOTICE}\n{own_text(0)[:400]}\nKuupäev {n}", id="the-same-event-on-other-days"),
    ],
)
def test_what_is_not_a_notice_stays(catalogue: Catalogue, text_of: Callable[[int], str]) -> None:
    for number in range(8):
        read(catalogue, page(number, text_of(number)))
    assert catalogue.settle_repeated("kula.ee") == 0


def test_another_host_has_lines_of_its_own(catalogue: Catalogue) -> None:
    for number in range(6):
        read(catalogue, page(number))
    read(catalogue, page(20, host="muu.ee"), host="muu.ee")
    catalogue.settle_repeated("kula.ee")
    assert catalogue.repeated_lines("muu.ee") == frozenset()
    assert [NOTICE in r.text for r in catalogue.visible_resources() if "muu.ee" in r.url] == [True]


LINES = st.lists(
    st.sampled_from([own_text(1), own_text(2), NOTICE, "Lühike", "Meie aadress on Pikk tänav kolm"]), max_size=8
)


@given(LINES, st.sets(st.sampled_from([NOTICE, "Meie aadress on Pikk tänav kolm"])))
def test_passages_stay_at_their_lines(lines: list[str], repeated: set[str]) -> None:
    text = "\n".join(lines)
    offsets = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    passages = [Passage(offset=offset, heading=line) for offset, line in zip(offsets, lines, strict=True)]
    known = {digest(line) for line in repeated}
    cleaned, moved = without_repeated(text, passages, known)
    assert [passage.heading for passage in moved] == (cleaned.split("\n") if lines else [])
    assert all(cleaned[passage.offset :].startswith(str(passage.heading)) for passage in moved)
    assert cleaned == text or not comparable(cleaned) & known
    assert len(cleaned.split()) >= len(text.split()) / 2
