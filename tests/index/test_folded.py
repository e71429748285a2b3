from pathlib import Path

import pytest

from aardekast.language.estonian import analyse, query_lemmas
from benchmarks.conflation import LemmaChannel
from index.arrays import open_arrays, write_arrays
from index.folded_lemmas import FoldedLemmas, extend
from index.folded_words import FoldedWords, build_folded_words

LEMMAS = ["küla", "küsitlus", "kogukond", "õpetaja", "ühiskond", "sade", "säde", "kõik", "avalikõiguslik", "üks", "õli"]


@pytest.fixture(scope="module")
def folded() -> FoldedLemmas:
    return FoldedLemmas(extend(None, LEMMAS))


@pytest.mark.parametrize(
    ("typed", "lemma"),
    [
        pytest.param("kusitlustest", "küsitlus", id="form"),
        pytest.param("KULLA", "küla", id="capitals"),
        pytest.param("kysitlus", "küsitlus", id="y"),
        pytest.param("k6igile", "kõik", id="6"),
        pytest.param("uhiskõnnas", "ühiskond", id="wrong-mark"),
        pytest.param("avalik-oigusliku", "avalikõiguslik", id="hyphen"),
        pytest.param("uhelegi", "üks", id="clitic"),
    ],
)
def test_any_form_typed_without_diacritics_leads_to_its_lemma(typed: str, lemma: str, folded: FoldedLemmas) -> None:
    assert lemma in folded.lemmas(typed)


@pytest.mark.parametrize("typed", ["kogukonda", "", "\ud800", "a" * 64, "2024", "kuul"])
def test_what_no_lemma_is_typed_as_leads_nowhere(typed: str, folded: FoldedLemmas) -> None:
    assert folded.lemmas(typed) == ()


@pytest.mark.parametrize(
    ("typed", "counts", "meant"),
    [
        pytest.param("opetaja", {"õpetaja": 5}, ("õpetaja",), id="unknown-as-typed"),
        pytest.param("opetaja", {"õpetaja": 5, "opetaja": 1}, ("õpetaja",), id="misspelt-in-one-text"),
        pytest.param("sade", {"sade": 5, "säde": 2}, (), id="another-word"),
        pytest.param("sade", {"sade": 2, "säde": 5}, ("säde",), id="the-rarer-word"),
        pytest.param("oli", {"olema": 90, "õli": 8}, (), id="everyday-word"),
        pytest.param("õpetaja", {"õpetaja": 5}, (), id="typed-right"),
        pytest.param("öpetaja", {"õpetaja": 5}, ("õpetaja",), id="wrong-mark"),
        pytest.param("opetaja", {}, (), id="in-no-document"),
    ],
)
def test_a_word_stands_for_what_the_index_has_more_of(
    typed: str, counts: dict[str, int], meant: tuple[str, ...], folded: FoldedLemmas
) -> None:
    assert folded.meant(typed, query_lemmas(typed), lambda lemma: counts.get(lemma, 0)) == meant


def test_extending_by_parts_is_the_same_as_all_at_once_and_numbers_stay(folded: FoldedLemmas) -> None:
    first = extend(None, LEMMAS[:4])
    both = extend(first, LEMMAS)
    parts = FoldedLemmas(both)
    for lemma in LEMMAS:
        for typed in ("kulades", "kusitlusi", "uhiskonnast", "sade", lemma):
            assert set(parts.lemmas(typed)) == set(folded.lemmas(typed))
    size = len(first["folded.lemmas.bytes"])
    assert bytes(both["folded.lemmas.bytes"][:size]) == bytes(first["folded.lemmas.bytes"])


def test_extending_by_what_is_known_changes_nothing() -> None:
    table = extend(None, LEMMAS)
    again = extend(table, [*LEMMAS, "kogukond", "vald"])
    assert all(again[name] is table[name] for name in table)


def test_the_table_works_from_a_file(tmp_path: Path) -> None:
    write_arrays(tmp_path / "folded", extend(None, LEMMAS))
    arrays = open_arrays(tmp_path / "folded")
    assert FoldedLemmas(arrays).lemmas("opetajale") == ("õpetaja",)
    assert FoldedLemmas(extend(arrays, ["töö"])).lemmas("toole") == ("töö",)


def test_an_empty_table_knows_nothing(tmp_path: Path) -> None:
    write_arrays(tmp_path / "folded", extend(None, []))
    assert FoldedLemmas(open_arrays(tmp_path / "folded")).lemmas("kula") == ()


def test_the_words_of_an_index_are_found_by_how_they_are_typed(tmp_path: Path) -> None:
    words = ["kogukond", "kula", "küla", "külad", "Ühisraha", "ühistu", "žürii"]
    write_arrays(tmp_path / "words", build_folded_words("et.folded", words))
    folded = FoldedWords(open_arrays(tmp_path / "words"), "et.folded")
    assert [words[number] for number in folded.starting_with("uhis", 5)] == ["Ühisraha", "ühistu"]
    assert [words[number] for number in folded.starting_with("KULA", 2)] == ["kula", "küla"]


def test_no_words_have_no_spelling() -> None:
    empty = FoldedWords(build_folded_words("et.folded", []), "et.folded")
    assert empty.starting_with("k", 5) == []


def test_the_lemmas_of_a_real_word_come_back_when_it_is_typed_plainly() -> None:
    lemmas = analyse("vabaühendustele").lemmas
    assert set(lemmas) <= set(FoldedLemmas(extend(None, lemmas)).lemmas("vabauhendustele"))


def test_a_query_finds_the_same_lemmas_without_diacritics_as_with_them() -> None:
    text = "Külavanemad küsitlesid vabaühendusi ja õppisid töötubades ühistööd"
    written, typed = LemmaChannel(), LemmaChannel(types_diacritics=False)
    for word, lemmas in zip(text.split(), written.analyze(text), strict=True):
        typed.analyze(text)
        assert set(lemmas) <= set(typed.analyze_query(word)[0])
