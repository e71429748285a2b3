"""What a visitor may type beside plain words, and the help that comes with the answer, on real indexes."""

from collections.abc import Callable
from itertools import product

import pytest
from cards import card, ids

from aardekast.resource import Copy
from index import Searcher, SearchRequest

IndexOf = Callable[..., Searcher]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("kulavanem", ["a"], id="the-dictionary-form"),
        pytest.param("kulavanematega", ["a"], id="a-form-that-stands-nowhere"),
        pytest.param("kyla vanem", ["a"], id="an-old-habit"),
        pytest.param("uhis*", ["b"], id="a-beginning"),
        pytest.param("MTU", ["b"], id="an-abbreviation"),
    ],
)
def test_words_typed_without_their_letters_find_the_real_ones(typed: str, found: list[str], index_of: IndexOf) -> None:
    searcher = index_of(card("a", "Külavanem"), card("b", "MTÜ Ühisraha"), card("c", "Muu lugu"))
    page = searcher.search(SearchRequest(text=typed))
    assert (ids(page)[: page.complete], page.complete) == (found, 1)


def test_what_was_probably_meant_is_offered_and_has_hits(index_of: IndexOf) -> None:
    searcher = index_of(card("a", "Kogukonna kriisiplaan", kind="uudis"), card("b", "Kriisiplaan", kind="artikkel"))
    assert searcher.search(SearchRequest(text="kogukonna kriisiplan")).did_you_mean == "kogukonna kriisiplaan"
    assert searcher.search(SearchRequest(text="kogukonnakriisiplaan", kinds=("artikkel",))).did_you_mean is None
    assert searcher.search(SearchRequest(text="-uudis kriisiplan")).did_you_mean == "-uudis kriisiplaan"
    assert searcher.search(SearchRequest(text="kriisiplaan")).did_you_mean is None


def test_what_else_was_searched_is_told(index_of: IndexOf) -> None:
    page = index_of("MTÜ asutamine.", "Mittetulundusühingu asutamine.").search(SearchRequest(text="mtu"))
    assert "mittetulundusühing" in page.searched_also
    assert index_of("MTÜ asutamine.").search(SearchRequest(text="küla")).searched_also == ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param('"kaasav eelarve"', {"a"}, id="phrase"),
        pytest.param('"eelarve kaasav"', set(), id="the-order-of-a-phrase"),
        pytest.param('"eelarvele"', {"b"}, id="exactly-this-form"),
        pytest.param("eelarve -vald", {"a", "c"}, id="without"),
        pytest.param("-eelarve", {"d"}, id="only-without"),
        pytest.param("pealkiri:eelarve", {"a", "c"}, id="in-the-title"),
        pytest.param('pealkiri:"kaasavad eelarved"', {"a"}, id="phrase-in-the-title"),
        pytest.param("title:kaasa*", {"a"}, id="beginning-in-the-title"),
        pytest.param("autor:tamm", {"c"}, id="author"),
        pytest.param('väljaandja:"Tartu Ülikool"', {"d"}, id="publisher"),
        pytest.param("teema:noored", {"b"}, id="topic"),
        pytest.param("liik:juhendmaterjal eelarve", {"c"}, id="kind"),
        pytest.param("aasta:2020..2022", {"a", "b"}, id="years"),
        pytest.param("-liik:uudis -autor:tamm", {"b", "d"}, id="without-filters"),
    ],
)
def test_what_a_visitor_types_beside_words_holds(typed: str, found: set[str], index_of: IndexOf) -> None:
    searcher = index_of(
        card("a", "Kaasav eelarve", "Linn küsib.", kind="uudis", published="2020"),
        card("b", "Valla raha", "Lisati eelarvele.", topics=("noored",), published="2022-03"),
        card("c", "Eelarve", "Sõnastik.", kind="juhendmaterjal", authors=("Mari Tamm",), published="2023"),
        card("d", "Uuring", "Muu lugu.", publisher="Tartu Ülikool"),
    )
    page = searcher.search(SearchRequest(text=typed))
    assert {hit.resource.id for hit in page.hits[: page.complete]} == found


def test_a_phrase_as_it_was_typed_stands_before_its_other_forms(index_of: IndexOf) -> None:
    searcher = index_of(
        card("a", "Kaasavate eelarvete kaasav eelarve", kind="uudis"), card("b", "Kaasavad eelarved", kind="artikkel")
    )
    assert ids(searcher.search(SearchRequest(text='"kaasavad eelarved"')))[0] == "b"


def test_completions_have_hits_under_the_filters_in_force(index_of: IndexOf) -> None:
    searcher = index_of(
        card("a", "Kriisiplaani koostamine", kind="uudis", topics=("kriisivalmidus",)),
        card("b", "Küla kriis", kind="artikkel", keywords=("kriisikohver",)),
    )
    texts = {one.text for one in searcher.suggest(SearchRequest(text="kriisi"))}
    assert {"Kriisivalmidus ja elanikkonnakaitse", "kriisikohver", "Kriisiplaani koostamine"} <= texts
    (topic, *_) = searcher.suggest(SearchRequest(text="kriisi"))
    assert (str(topic.kind), topic.value) == ("topic", "kriisivalmidus")
    filtered = {one.text for one in searcher.suggest(SearchRequest(text="kriisi", kinds=("artikkel",)))}
    assert filtered == {"kriisikohver"}
    assert searcher.suggest(SearchRequest(text="kula kr"))[0].value == "b"


def test_related_resources_share_telling_words_and_topics(index_of: IndexOf) -> None:
    searcher = index_of(
        card("a", "Kaasava eelarve juhend", topics=("kaasav-eelarve",)),
        card("b", "Linna kaasav eelarve", topics=("kaasav-eelarve",)),
        card("c", "Naabrivalve", "Usaldus naabrite vahel.", topics=("sotsiaalne-kapital",)),
        card("d", "Kaasava eelarve koolitus", kind="koolitus", starts="2020-01-01", topics=("kaasav-eelarve",)),
    )
    assert [resource.id for resource in searcher.similar("a")] == ["b"]
    assert searcher.similar("ei-ole") == ()


def test_where_nearly_the_same_text_stands_is_kept(index_of: IndexOf) -> None:
    copy = Copy(url="https://teine.ee/a", title="Sama", publisher="Teine")
    (hit,) = index_of(card("a", "Küla", copies=(copy,))).search(SearchRequest(text="küla")).hits
    assert hit.resource.copies == (copy,)


def test_a_beginning_of_very_many_words_is_never_an_error(index_of: IndexOf) -> None:
    letters = "abcdefghijklmnoprstuv"
    many = " ".join(f"ka{''.join(ending)}" for ending in product(letters, "aeiouõ", letters))
    searcher = index_of(card("a", "Lugu", text=many), card("b", "Kazzzz"), card("c", "Lugu", text=many))
    assert searcher.search(SearchRequest(text="ka*")).total >= 2


def test_events_that_are_over_do_not_shut_out_what_answers_in_part(index_of: IndexOf) -> None:
    past = [card(f"k{n}", "Külavanemate koolitus", kind="koolitus", starts="2020-01-01") for n in range(12)]
    guides = [card(f"j{n}", "Külavanema juhend", kind="juhendmaterjal") for n in range(5)]
    page = index_of(*past, *guides).search(SearchRequest(text="külavanemate koolitus"))
    assert page.total == 5
    assert {value.value: value.count for value in page.facets["kind"]}["koolitus"] == 12


def test_signs_and_missing_diacritics_go_together(index_of: IndexOf) -> None:
    searcher = index_of(card("a", "Küla õppimine"), card("b", "Linna õppimine"))
    for typed in ("pealkiri:kula", '"kula oppimine"', "oppimine -linna", 'pealkiri:"kula oppimine"'):
        page = searcher.search(SearchRequest(text=typed))
        assert ids(page)[: page.complete] == ["a"], typed


def test_a_word_in_quotes_is_marked_in_this_form_alone(index_of: IndexOf) -> None:
    searcher = index_of(card("a", "Lugu", text="Küla on ilus. " * 40 + "Lähen külale."))
    page = searcher.search(SearchRequest(text='"külale"'))
    assert "<mark>külale</mark>" in page.hits[0].snippet
    assert "<mark>Küla</mark>" not in page.hits[0].snippet
    assert page.searched_also == ()


def test_an_abbreviation_in_capitals_has_no_forms_of_the_ordinary_word(index_of: IndexOf) -> None:
    searcher = index_of("KAI toimus.", "Käime külas, sa ka.", "SA asutati.")
    assert not {"käima", "käime"} & set(searcher.search(SearchRequest(text="KAI")).searched_also)
    assert "sa" not in searcher.search(SearchRequest(text="SA")).searched_also


@pytest.mark.parametrize("typed", ["läbipõlemine", "kogukonnamaja", "Narva", "tüli", "planeering", "ELVL"])
def test_a_word_that_is_right_is_not_corrected(typed: str, index_of: IndexOf) -> None:
    searcher = index_of("Läbimõtlemine ja kogukonna maja.", "Järva vald.", "Tuli põles, planeeri seda.", "Elva linn.")
    assert searcher.search(SearchRequest(text=typed)).did_you_mean is None


def test_a_name_is_no_compound(index_of: IndexOf) -> None:
    searcher = index_of("Tema linn on nende oma.", "Lugu Tallinnast.")
    assert ids(searcher.search(SearchRequest(text="Tallinn"))) == ["r1"]
    assert ids(searcher.search(SearchRequest(text="linn"))) == ["r0"]


def test_words_like_one_that_is_nowhere_are_marked(index_of: IndexOf) -> None:
    (hit,) = index_of("Külas on kriisiplaan.", "Muu.").search(SearchRequest(text="kriisiplan")).hits
    assert "<mark>kriisiplaan</mark>" in hit.snippet


def test_completions_that_begin_as_was_typed_come_first(index_of: IndexOf) -> None:
    searcher = index_of(card("a", "Eesti elanike kriisiteadlikkus"), card("b", "Kriisiplaan külas"))
    titles = [one.value for one in searcher.suggest(SearchRequest(text="kriisi")) if str(one.kind) == "title"]
    assert titles[0] == "b"


def test_a_word_that_stands_in_compounds_alone_is_found_without_its_letters(index_of: IndexOf) -> None:
    searcher = index_of("Jõgevamaa ühisrahastus.", "Muu lugu.")
    for typed in ("jõgeva", "jogeva", "ühis", "uhis"):
        assert searcher.search(SearchRequest(text=typed)).complete == 1, typed
