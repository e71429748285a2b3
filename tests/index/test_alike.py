"""Words that are spelt much like another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.alike import MOST, THRESHOLD, AlikeForms, build_alike

FORMS = ["vabatahtlik", "vabatahtlikkuse", "vabandus", "kaasarääkimine", "rääkima", "küla", "2024"]


def alike(forms: list[str], typed: str) -> list[tuple[str, float]]:
    numbers, likeness = AlikeForms(build_alike("forms", forms), "forms").alike(typed)
    return [(forms[number], float(value)) for number, value in zip(numbers, likeness, strict=True)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("vabatahtlikkus", ["vabatahtlikkuse", "vabatahtlik"], id="derived"),
        pytest.param("kaasarääkimist", ["kaasarääkimine"], id="compound"),
        pytest.param("vabatahlik", ["vabatahtlik", "vabatahtlikkuse"], id="a-letter-left-out"),
        pytest.param("raamatukogu", [], id="nothing-like-it"),
        pytest.param("2024", [], id="no-letters"),
        pytest.param("", [], id="empty"),
    ],
)
def test_words_of_like_letters_are_found_best_first(typed: str, found: list[str]) -> None:
    assert [form for form, _ in alike(FORMS, typed)] == found


def test_a_word_is_most_like_itself() -> None:
    assert alike(FORMS, "küla")[0] == ("küla", 1.0)


def test_the_likeness_is_twice_the_shared_letter_groups_by_all() -> None:
    # ^kül küla üla$ and ^kül küla ülad lad$ share two of three and four.
    assert alike(["külad"], "küla") == [("külad", pytest.approx(2 * 2 / 7))]


def test_no_more_than_so_many_are_found() -> None:
    forms = [f"kogukonnaarendus{ending}" for ending in "abcdefghijklmnopqrstuvwxyzõäöü"]
    forms += [form + "s" for form in forms]
    assert len(alike(forms, "kogukonnaarendus")) == MOST < len(forms)


def test_an_empty_index_has_no_words() -> None:
    assert alike([], "küla") == []


@given(st.lists(st.text("aeiklstüõ-", max_size=12), unique=True), st.text("aeiklstüõ-", max_size=12))
def test_every_likeness_is_between_the_threshold_and_one(forms: list[str], typed: str) -> None:
    found = alike(forms, typed)
    assert all(THRESHOLD <= likeness <= 1 for _, likeness in found)
    assert [likeness for _, likeness in found] == sorted((likeness for _, likeness in found), reverse=True)
