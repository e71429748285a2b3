"""What real texts hold beside words, and what no text should: nothing of it breaks the analysis or costs much."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.language.estonian import CACHE, analyse, compound_parts, grams, query_lemmas
from aardekast.language.folding import fold, folded_forms, respelt
from aardekast.language.text import MAX_WORD, clean, spelling, words


def lemmas_of(text: str) -> list[tuple[str, ...]]:
    return [analyse(word.text).lemmas for word in words(clean(text))]


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        pytest.param(unicodedata.normalize("NFD", "kõlakoda üles"), "kõlakoda üles", id="decomposed"),
        pytest.param("kogu\u00adkonna\u00adarendus", "kogukonnaarendus", id="soft-hyphen"),
        pytest.param("kogu\u200bkond", "kogukond", id="zero-width-space"),
        pytest.param("\ufeffküla", "küla", id="byte-order-mark"),
        pytest.param("küla\u2060vanem", "külavanem", id="word-joiner"),
        pytest.param("kü\x00la", "küla", id="nul"),
        pytest.param("e‑kaasamine", "e-kaasamine", id="unbreaking-hyphen"),
        pytest.param("Facebook’is", "Facebook'is", id="curly-apostrophe"),
        pytest.param("küla\ud800vanem", "küla?vanem", id="lone-surrogate"),
    ],
)
def test_signs_that_no_reader_sees_change_nothing(odd: str, plain: str) -> None:
    assert lemmas_of(odd) == lemmas_of(plain)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("kirjuta info@kogukonnaveeb.ee", {"kirjutama", "kogukonnaveeb"}, id="e-mail"),
        pytest.param("https://www.kogukonnaveeb.ee/uudis/?p=12", {"kogukonnaveeb", "uudis", "12"}, id="address"),
        pytest.param("2021–2027", {"2021", "2027"}, id="years"),
        pytest.param("2024. aastal", {"2024", "aasta"}, id="year"),
        pytest.param("1990ndatel", {"1990s"}, id="decade"),
        pytest.param("KOV-ide ja MTÜdega", {"kov", "mtü"}, id="abbreviations"),
    ],
)
def test_what_is_no_word_is_still_found(text: str, found: set[str]) -> None:
    assert found <= {lemma for lemmas in lemmas_of(text) for lemma in lemmas}


@pytest.mark.parametrize("letter", ["a", "õ", "y", "\u00ad", "\u0303", "6", "-", "я", "字", "\ud800"])
def test_a_word_of_100_000_letters_is_one_short_word(letter: str) -> None:
    text = clean("küla " + letter * 100_000 + " vald")
    found = [word.text for word in words(text)]
    assert found[0] == "küla"
    assert found[-1] == "vald"
    assert max(map(len, found)) <= MAX_WORD
    assert all(analyse(word).lemmas for word in found)


def test_the_cache_of_words_is_bounded() -> None:
    assert analyse.cache_info().maxsize == CACHE


@given(st.text(alphabet=st.characters(), max_size=80))
def test_nothing_in_a_word_raises(text: str) -> None:
    word = spelling(clean(text))
    assert analyse(word).form == word.lower()
    query_lemmas(word)
    compound_parts(word)
    grams(word.lower())
    respelt(fold(word))
    folded_forms(word)
