"""The search quality gate: figures pinned as floors, so that they cannot sink silently."""

import sys
from pathlib import Path
from statistics import mean

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from relevance import Outcome, evaluate, open_judged, read_set

# Measured .870, 1.000 and .847; the floors leave room for a change that is noise on 34 queries, none for a loss.
NDCG_FLOOR = 0.855
MRR_FLOOR = 0.98
RECALL_FLOOR = 0.83


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    judged = read_set(Path(__file__).parent)
    assert (len(judged.resources), len(judged.queries)) == (277, 34)
    return evaluate(judged, open_judged(judged, tmp_path_factory.mktemp("relevance")))


def test_the_order_of_the_hits_stays_good(outcomes: list[Outcome]) -> None:
    assert mean(outcome.ndcg for outcome in outcomes) >= NDCG_FLOOR


def test_the_first_good_hit_stays_first(outcomes: list[Outcome]) -> None:
    assert mean(outcome.reciprocal_rank for outcome in outcomes) >= MRR_FLOOR


def test_the_first_page_holds_what_answers(outcomes: list[Outcome]) -> None:
    assert mean(outcome.recall for outcome in outcomes) >= RECALL_FLOOR
