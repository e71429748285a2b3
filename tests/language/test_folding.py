import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.language.estonian import analyse
from aardekast.language.folding import fold, folded_forms, respelt


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        pytest.param("ÕPPEMATERJALID", "oppematerjalid", id="capitals"),
        pytest.param("žürii", "zurii", id="caron"),
        pytest.param("o\u0303pik", "opik", id="combining"),
        pytest.param("Malmö café", "malmo cafe", id="foreign"),
        pytest.param("Łódź", "lodz", id="stroke"),
        pytest.param("общий", "общии", id="cyrillic"),
        pytest.param("Straße", "strasse", id="sharp-s"),
    ],
)
def test_folding_leaves_base_letters(written: str, typed: str) -> None:
    assert fold(written) == typed


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("lemma", "typed"),
    [
        pytest.param("õpik", "opikutele", id="plural"),
        pytest.param("küla", "kulla", id="short-into"),
        pytest.param("käsi", "kaes", id="another-stem"),
        pytest.param("sööma", "soodud", id="verb"),
        pytest.param("vabaühendus", "vabauhendustega", id="compound"),
        pytest.param("põlva", "polvas", id="name"),
        pytest.param("žürii", "zuriiga", id="loan"),
        pytest.param("mtü", "mtudele", id="abbreviation"),
    ],
)
def test_every_form_of_a_lemma_is_known_by_how_it_is_typed(lemma: str, typed: str) -> None:
    assert typed in folded_forms(lemma)


def test_forms_that_are_typed_as_they_are_written_are_not_kept() -> None:
    assert folded_forms("kogukond") == frozenset()
    assert "sobrad" in folded_forms("sõber")


@pytest.mark.parametrize(
    ("typed", "lemma"),
    [
        pytest.param("kysimustega", "küsimus", id="y"),
        pytest.param("k6ik", "kõik", id="6"),
        pytest.param("p2rast", "pärast", id="2"),
        pytest.param("t88tajad", "töötaja", id="8"),
        pytest.param("zhüriile", "žürii", id="zh"),
        pytest.param("shokolaadi", "šokolaad", id="sh"),
        pytest.param("tulex", "tulema", id="x"),
        pytest.param("pôleb", "põlema", id="circumflex"),
        pytest.param("väääga", "väga", id="drawn-out"),
    ],
)
def test_old_ways_of_typing_are_understood(typed: str, lemma: str) -> None:
    assert lemma in analyse(typed).lemmas


@pytest.mark.parametrize("word", ["kogukond", "viii", "by", "my", "2024", "jjjj", ""])
def test_words_without_such_a_habit_have_no_other_spelling(word: str) -> None:
    assert respelt(word) == ()


@pytest.mark.parametrize("word", ["maraton", "boksima", "yoga", "covid19", "b2b", "facebook", "sydney"])
def test_what_is_no_word_in_the_other_spelling_gets_no_lemma_by_it(word: str) -> None:
    assert not set(respelt(word)).intersection(analyse(word).lemmas)


def test_a_foreign_word_keeps_its_own_spelling() -> None:
    assert "index" in analyse("index").lemmas
    assert analyse("youtube").lemmas == ("youtube",)
