"""The gate of the extract: figures pinned as floors, so that they cannot sink silently."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from extraction import Judged, Outcome, evaluate, judged_pages, ours, plain

# Measured .988 and .991; trafilatura alone has .943 and .934. The floors leave room for one sidebar or list of a page.
PRECISION_FLOOR = 0.98
RECALL_FLOOR = 0.98
WORST_PAGE = 0.88  # F; a column of a Liferay page that only a comparison of pages tells from its text has .897


@pytest.fixture(scope="module")
def pages() -> list[Judged]:
    found = judged_pages()
    assert len(found) == 30
    return found


@pytest.fixture(scope="module")
def outcome(pages: list[Judged]) -> Outcome:
    return evaluate(pages, ours)


def test_the_words_kept_belong_and_those_that_belong_are_kept(outcome: Outcome) -> None:
    assert outcome.words.precision >= PRECISION_FLOOR
    assert outcome.words.recall >= RECALL_FLOOR


def test_no_page_is_far_below_the_others(outcome: Outcome) -> None:
    assert not {name: str(figures) for name, figures in outcome.by_page.items() if figures.f < WORST_PAGE}


def test_titles_dates_and_what_is_no_material_are_right(outcome: Outcome) -> None:
    assert (outcome.wrong_titles, outcome.wrong_dates, outcome.wrong_reasons) == ([], [], [])


def test_it_is_clearly_better_than_plain_trafilatura(pages: list[Judged], outcome: Outcome) -> None:
    beside = evaluate(pages, plain)
    assert 1 - outcome.words.f < 0.5 * (1 - beside.words.f)
