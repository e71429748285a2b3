import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.language.estonian import analyse, compound_parts, grams, query_lemmas
from aardekast.language.snowball import stem
from aardekast.language.text import clean, spelling, words


@pytest.mark.parametrize(
    ("written", "lemma"),
    [
        pytest.param("õpikud", "õpik", id="plural"),
        pytest.param("keelte", "keel", id="genitive-plural"),
        pytest.param("läks", "minema", id="another-stem"),
        pytest.param("vabatahtlikku", "vabatahtlik", id="short-into"),
        pytest.param("kogukonnaarendusele", "kogukonnaarendus", id="compound"),
        pytest.param("KOVide", "kov", id="abbreviation-plural"),
        pytest.param("KOV-ile", "kov", id="abbreviation-hyphen"),
        pytest.param("MTÜdele", "mtü", id="abbreviation-umlaut"),
        pytest.param("kriisi-plaanidega", "kriisiplaan", id="hyphened-compound"),
        pytest.param("Facebook'is", "facebook", id="apostrophe"),
        pytest.param("Tallinnas", "tallinn", id="name"),
        pytest.param("2024", "2024", id="year"),
    ],
)
def test_a_form_has_its_dictionary_form(written: str, lemma: str) -> None:
    assert lemma in analyse(written).lemmas


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        pytest.param("kogukonnaarendusele", {"kogukond", "arendus"}, id="genitive-part"),
        pytest.param("omavalitsusjuhtidele", {"oma", "valitsus", "juht", "omavalitsus", "valitsusjuht"}, id="joins"),
        pytest.param("noorsootöötajad", {"noor", "töötaja", "sootöötaja"}, id="three-parts"),
        pytest.param("küla", set(), id="simple"),
    ],
)
def test_a_compound_is_found_by_its_parts(written: str, parts: set[str]) -> None:
    found = set(analyse(written).parts)
    assert parts <= found
    assert bool(parts) == bool(found)


def test_the_foundation_is_not_the_pronoun() -> None:
    assert "SA" in analyse("SA").lemmas
    assert "SA" not in analyse("sa").lemmas


def test_the_parts_of_a_query_word_keep_their_order() -> None:
    assert compound_parts("kriisikomisjonid") == (("kriis",), ("komisjon",))


def test_a_query_word_is_tried_as_a_name_too() -> None:
    assert set(analyse("Kunda").lemmas) <= set(query_lemmas("kunda"))


def test_letter_groups_know_where_a_word_ends() -> None:
    assert grams("küla") == ("^kül", "küla", "üla$")
    assert grams("2024") == ()


def test_words_keep_their_places_in_the_text() -> None:
    text = "Kri\u00adisiplaan, 2023–2026: KOV’ide o\u0303pik."
    found = list(words(text))
    assert [word.text for word in found] == ["Kriisiplaan", "2023", "2026", "KOV'ide", "õpik"]
    assert text[found[3].start : found[3].end] == "KOV’ide"


@pytest.mark.parametrize(("word", "language", "same"), [("communities", "en", "community"), ("общины", "ru", "община")])
def test_other_languages_have_their_own_stems(word: str, language: str, same: str) -> None:
    assert stem(word, language) == stem(same, language)


@given(st.text(max_size=300))
def test_no_text_breaks_the_analysis(text: str) -> None:
    for word in words(text):
        analysis = analyse(word.text)
        assert analysis.lemmas
        assert len(word.text) <= 64


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_word_of_100_000_letters_is_cut() -> None:
    assert len(spelling("ü" * 100_000)) == 64
    assert [len(word.text) for word in words("a" * 100_000)] == [64]
