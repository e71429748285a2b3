"""What a visitor may type, and what it says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.vocabulary import Term, Vocabulary
from index import YearRange
from index.querysyntax import FIELD_NAMES
from index.querytext import MAX_WORDS, Conditions, QueryText, Sought, is_named, read_query, respelt


def term(slug: str, et: str, en: str, *words: str) -> Term:
    return Term(slug, {"et": et, "en": en}, words)


VOCABULARY = Vocabulary(
    topics={
        of.slug: of
        for of in (
            term("kaasamine", "Kaasamine ja osalus", "Participation"),
            term("kaasav-eelarve", "Kaasav eelarve", "Participatory budgeting"),
            term("kulaelu", "Külaelu ja külaliikumine", "Village life", "küla"),
            term("vabatahtlikud", "Vabatahtlik tegevus", "Volunteering", "talgud"),
        )
    },
    kinds={
        of.slug: of
        for of in (
            term("juhendmaterjal", "Juhendmaterjal", "Guide"),
            term("artikkel", "Artikkel", "Article"),
            term("teadusartikkel", "Teadusartikkel või uuring", "Research"),
        )
    },
)


def read(text: str) -> QueryText:
    return read_query(text, VOCABULARY)


def said(**parts: Any) -> QueryText:
    return QueryText(**parts)


def left_out(**parts: Any) -> QueryText:
    return QueryText(excluded=Conditions(**parts))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("külade arengukavad", said(words=("külade", "arengukavad")), id="words"),
        pytest.param('"küla arengukava" kava', said(words=("kava",), phrases=(("küla", "arengukava"),)), id="phrase"),
        pytest.param('"külale"', said(phrases=(("külale",),)), id="exact-form"),
        pytest.param("kaasamine -eelarve", said(words=("kaasamine",), excluded=Conditions(words=("eelarve",))), id="-"),
        pytest.param("-eelarve", left_out(words=("eelarve",)), id="only-an-exclusion"),
        pytest.param('-"kaasav eelarve"', left_out(phrases=(("kaasav", "eelarve"),)), id="phrase-left-out"),
        pytest.param("−eelarve –kava", left_out(words=("eelarve", "kava")), id="minus-and-dash-of-a-phone"),
        pytest.param("kriisi*", said(prefixes=("kriisi",)), id="prefix"),
        pytest.param("-kriisi*", left_out(prefixes=("kriisi",)), id="prefix-left-out"),
        pytest.param("pealkiri:arengukava", said(in_title=Sought(words=("arengukava",))), id="title"),
        pytest.param('title:"küla kava"', said(in_title=Sought(phrases=(("küla", "kava"),))), id="phrase-in-title"),
        pytest.param("pealkiri:kriisi*", said(in_title=Sought(prefixes=("kriisi",))), id="prefix-in-title"),
        pytest.param("-pealkiri:kava", left_out(in_title=Sought(words=("kava",))), id="not-in-title"),
        pytest.param("autor:Tamm", said(authors=("Tamm",)), id="author"),
        pytest.param('väljaandja:"Tartu Ülikool"', said(publishers=("Tartu Ülikool",)), id="publisher"),
        pytest.param("teema:kaasav-eelarve", said(topics=("kaasav-eelarve",)), id="topic"),
        pytest.param("-teema:kulaelu", left_out(topics=("kulaelu",)), id="topic-left-out"),
        pytest.param("liik:artikkel", said(kinds=("artikkel",)), id="kind"),
        pytest.param(
            "küla aasta:2020.. liik:juhend",
            said(words=("küla",), years=(YearRange(first=2020),), kinds=("juhendmaterjal",)),
            id="together",
        ),
        pytest.param(
            "teema:kulaelu teema:kaasamine", said(topics=("kulaelu", "kaasamine")), id="several-values-of-one-filter"
        ),
        pytest.param("autor: Tamm", said(authors=("Tamm",)), id="a-phone-puts-a-space-after-the-colon"),
        pytest.param("(küla* -vald)", said(prefixes=("küla",), excluded=Conditions(words=("vald",))), id="brackets"),
    ],
)
def test_reads_what_a_visitor_means(typed: str, expected: QueryText) -> None:
    assert read(typed) == expected


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("e-kaasamine KOV-ide", ("e-kaasamine", "KOV-ide"), id="hyphens-inside-words"),
        pytest.param("foo:bar", ("foo", "bar"), id="no-such-field"),
        pytest.param("kell 10:30", ("kell", "10", "30"), id="time"),
        pytest.param("https://naide.ee/x", ("https", "naide", "ee", "x"), id="address"),
        pytest.param("teema:puudub", ("puudub",), id="no-such-topic"),
        pytest.param('teema:"pole olemas"', ("pole", "olemas"), id="no-such-topic-in-quotes"),
        pytest.param("aasta:abc", ("abc",), id="no-year"),
        pytest.param("aasta:20202024", ("20202024",), id="eight-digits"),
        pytest.param("pealkiri:", ("pealkiri",), id="field-without-a-value"),
        pytest.param('autor:"" küla', ("autor", "küla"), id="field-with-nothing-in-quotes"),
        pytest.param("küla - vald", ("küla", "vald"), id="lone-minus"),
        pytest.param('küla "arengukava', ("küla", "arengukava"), id="quote-left-open"),
        pytest.param('viis" ekraan 6" ekraan', ("viis", "ekraan", "6", "ekraan"), id="inches"),
        pytest.param("k* küla*vald", ("k", "küla", "vald"), id="stars-that-begin-nothing"),
        pytest.param("aaſta:2020 lİik:x", ("aaſta", "2020", "lİik", "x"), id="letters-much-like-those-of-a-name"),
        pytest.param("kaasamine AND (OR NOT", ("kaasamine", "AND", "OR", "NOT"), id="operators-of-others"),
        pytest.param("e-autor:x", ("e-autor", "x"), id="a-field's-name-inside-a-word"),
        pytest.param("küla^2 vald~ [a TO b] {x}", ("küla", "2", "vald", "a", "TO", "b", "x"), id="signs-of-others"),
    ],
)
def test_searches_as_words_what_it_cannot_read(typed: str, words: tuple[str, ...]) -> None:
    assert read(typed) == said(words=words)


@pytest.mark.parametrize("typed", ["", "   ", "-", '"', '""', "*", "- -- * :", "„“", "?!"])
def test_signs_alone_say_nothing(typed: str) -> None:
    assert not read(typed)


@pytest.mark.parametrize("quotes", ["„“", "„”", "“”", "””", "«»", '""'])
def test_all_kinds_of_quotes(quotes: str) -> None:
    assert read(f"{quotes[0]}küla kava{quotes[1]}").phrases == (("küla", "kava"),)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2023", YearRange(first=2023, last=2023)),
        ("2020..2024", YearRange(first=2020, last=2024)),
        ("2024..2020", YearRange(first=2020, last=2024)),
        ("2020..", YearRange(first=2020)),
        ("2020…", YearRange(first=2020)),
        ("..2020", YearRange(last=2020)),
        ("2020-2024", YearRange(first=2020, last=2024)),
        ("2020–2024", YearRange(first=2020, last=2024)),
        ("2023,", YearRange(first=2023, last=2023)),
        ("teadmata", YearRange()),
    ],
)
def test_reads_years(typed: str, expected: YearRange) -> None:
    assert read(f"aasta:{typed}").years == read(f"YEAR:{typed}").years == (expected,)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        pytest.param("kulaelu", ["kulaelu"], id="slug"),
        pytest.param('"Kaasav eelarve"', ["kaasav-eelarve"], id="label"),
        pytest.param('"village life"', ["kulaelu"], id="english-label"),
        pytest.param("kaasa", ["kaasamine", "kaasav-eelarve"], id="beginning-of-several"),
        pytest.param("KAASAMINE", ["kaasamine"], id="the-whole-name-before-beginnings"),
        pytest.param("eelarve", ["kaasav-eelarve"], id="a-word-of-the-label"),
        pytest.param("külaliikumine", ["kulaelu"], id="with-diacritics"),
        pytest.param("kulaliik*", ["kulaelu"], id="without-diacritics"),
        pytest.param("talgud", ["vabatahtlikud"], id="a-word-that-speaks-of-it"),
    ],
)
def test_names_topics(typed: str, slugs: list[str]) -> None:
    assert list(read(f"teema:{typed}").topics) == slugs


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("artikkel", "artikkel"),
        ("uuring", "teadusartikkel"),
        ("guide", "juhendmaterjal"),
        ("Juhend", "juhendmaterjal"),
    ],
)
def test_names_kinds(typed: str, slug: str) -> None:
    assert read(f"liik:{typed}").kinds == (slug,)


def test_fields_are_known_in_both_languages_in_any_case_and_without_diacritics() -> None:
    assert read("Väljaandja:Selts") == read("VALJAANDJA:Selts") == read("publisher:Selts")
    assert read("Pealkiri:kava") == read("title:kava")
    assert read("autor:Tamm") == read("Author:Tamm")
    assert read("liik:artikkel teema:kulaelu") == read("kind:article topic:village")


@pytest.mark.parametrize(
    ("typed", "name", "holds"),
    [
        ("tamm", "Mari-Liis Tamm", True),
        ("Tamm Mari", "Mari-Liis Tamm", True),
        ("liis", "Mari-Liis Tamm", True),
        ("tartu ulikool", "Tartu Ülikool", True),
        ("ülikool", "Tartu Ülikooli Pärnu kolledž", True),
        ("amm", "Mari Tamm", False),
        ("tartu selts", "Tartu Ülikool", False),
    ],
)
def test_a_name_is_known_by_how_its_words_begin(typed: str, name: str, holds: bool) -> None:
    assert is_named(typed, name) is holds


def test_only_so_many_words_and_characters_count() -> None:
    assert read(" ".join(f"s{n}" for n in range(50))).words == tuple(f"s{n}" for n in range(MAX_WORDS))
    assert read("pikk" * 1000).words == ("pikk" * 16,)
    assert read(" " * 250 + "kaasamine").words == ("kaasam",)
    many = read(f'"{"a " * 20}" -"{"b " * 20}"')
    assert [len(phrase) for phrase in (*many.phrases, *many.excluded.phrases)] == [20, 12]


def test_spells_words_anew_and_leaves_the_rest_alone() -> None:
    typed = 'kulavanem  "kulavanem" -kulavanem pealkiri:kulavanem teema:kulaelu aasta:2020.. kaasav'
    assert respelt(typed, {"kulavanem": "külavanem", "kulaelu": "x"}, VOCABULARY) == (
        'külavanem "kulavanem" -kulavanem pealkiri:kulavanem teema:kulaelu aasta:2020.. kaasav'
    )
    assert respelt("küla vanem valida", {"küla": "külavanem", "vanem": ""}, VOCABULARY) == "külavanem valida"


def test_the_plain_words_are_those_looked_for() -> None:
    typed = read('küla "kaasav eelarve" kriisi* pealkiri:"küla kava" -talgud teema:kulaelu autor:Tamm')
    assert typed.has_signs
    assert typed.plain_words == ("küla", "kaasav", "eelarve", "kriisi", "kava")
    assert not read("külade arengukavad, kuidas?").has_signs
    assert read("teema:kulaelu -küla").plain_words == ()


SIGNS = '"-*:„“«» ().…–,2' + "aõшж\u0301\u00ad\x00\ud800"
pieces = st.one_of(
    st.text(max_size=8),
    st.text(SIGNS, max_size=8),
    st.sampled_from([f"{name}:" for names in FIELD_NAMES.values() for name in names]),
    st.sampled_from(["küla", "kulaelu", "2020..2024", " ", "-", '"', "*"]),
)


@given(st.lists(pieces, max_size=40).map("".join))
def test_anything_can_be_read(text: str) -> None:
    query = read(text)
    sought = (query, query.in_title, query.excluded, query.excluded.in_title)
    count = sum(len(of.words) + len(of.prefixes) + sum(map(len, of.phrases)) for of in sought)
    assert count <= MAX_WORDS
    assert all(phrase and all(phrase) for of in sought for phrase in of.phrases)
    assert respelt(text, {}, VOCABULARY) == respelt(respelt(text, {}, VOCABULARY), {}, VOCABULARY)


@given(st.lists(st.from_regex(r"[a-zõäöü]{1,9}", fullmatch=True), max_size=9))
def test_plain_words_stay_plain_words(words: list[str]) -> None:
    assert read(" ".join(words)) == said(words=tuple(words))
    assert read(" ".join(f"-{word}" for word in words)) == left_out(words=tuple(words))
