"""What index.search promises, on real indexes of a few Estonian texts."""

from collections.abc import Callable
from threading import Thread

import pytest
from cards import card, ids
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import ResourceList, Searcher, SearchRequest, Sort, YearRange, engine_at

IndexOf = Callable[..., Searcher]


def test_finds_other_forms(index_of: IndexOf) -> None:
    searcher = index_of("Kogukondade kriisiplaanid valmisid külades.")
    for typed in ("kriisiplaan", "kriisiplaanile", "küla", "külasse", "kogukond", "valmima"):
        assert searcher.search(SearchRequest(text=typed)).complete == 1, typed


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param("komisjon", "Valla kriisikomisjonid kogunesid.", id="part-in-a-compound"),
        pytest.param("omavalitsus", "Koolitus omavalitsusjuhtidele.", id="inner-join"),
        pytest.param("külavanem", "Küla vanem valiti.", id="compound-written-apart"),
        pytest.param("küla vanem", "Külavanemad kohtusid.", id="compound-typed-apart"),
        pytest.param("kriisi-plaan", "Meie kriisiplaan.", id="hyphen"),
        pytest.param("KOVide", "Kohalikud omavalitsused otsustavad.", id="abbreviation-to-words"),
        pytest.param("kohalike omavalitsuste", "KOV-idele antakse nõu.", id="words-to-abbreviation"),
        pytest.param("mittetulundusühing", "MTÜdele jagati toetust.", id="one-word-to-abbreviation"),
        pytest.param("kovide", "Kohalik omavalitsus otsustas.", id="abbreviation-in-small-letters"),
    ],
)
def test_finds_compounds_and_abbreviations_both_ways(typed: str, written: str, index_of: IndexOf) -> None:
    assert index_of(written, "Hoopis muu jutt.").search(SearchRequest(text=typed)).complete == 1


def test_the_end_of_a_title_and_the_start_of_a_text_are_no_neighbours(index_of: IndexOf) -> None:
    searcher = index_of(card("a", "Meie küla", "Vanem rahvas tantsib."), card("b", "Lugu", "Küla vanem tantsib."))
    page = searcher.search(SearchRequest(text="külavanem"))
    assert (ids(page)[0], page.complete) == ("b", 1)


def test_the_foundation_is_not_the_pronoun(index_of: IndexOf) -> None:
    searcher = index_of("Kas sa tuled meiega?", "SA Kodukant asutati.", "Sihtasutus toetab külasid.")
    assert sorted(ids(searcher.search(SearchRequest(text="SA")))) == ["r1", "r2"]
    assert "r2" not in ids(searcher.search(SearchRequest(text="sa")))


def test_the_exact_form_stands_above_the_lemma_and_both_above_a_part(index_of: IndexOf) -> None:
    searcher = index_of("Siin on toetusfond olemas.", "Siin on toetusele lisa.", "Siin on toetus olemas.")
    assert ids(searcher.search(SearchRequest(text="toetus"))) == ["r2", "r1", "r0"]


def test_the_title_stands_above_the_text(index_of: IndexOf) -> None:
    searcher = index_of(
        card("tekst", "Ülevaade", "Kaasav eelarve vallas."), card("pealkiri", "Kaasav eelarve", "Vallas.")
    )
    assert ids(searcher.search(SearchRequest(text="kaasav eelarve"))) == ["pealkiri", "tekst"]


def test_all_words_stand_above_some_and_what_is_missing_is_said(index_of: IndexOf) -> None:
    searcher = index_of("Kriisiplaan kriisiplaan kriisiplaan.", "Naaber tegi kriisiplaani ja saarel oli rahu.")
    page = searcher.search(SearchRequest(text="kriisiplaan saarel"))
    assert ids(page) == ["r1", "r0"]
    assert (page.total, page.complete, page.relaxed, page.left_out) == (2, 1, True, ("saarel",))
    assert page.hits[1].missing == ("saarel",)


def test_a_page_of_hits_with_all_words_is_not_diluted(index_of: IndexOf) -> None:
    full = [f"Küla number {number} koostas arengukava." for number in range(12)]
    page = index_of(*full, "Ainult küla.").search(SearchRequest(text="küla arengukava"))
    assert (page.total, page.complete, page.relaxed, page.pages) == (12, 12, False, 2)


def test_question_words_carry_no_weight(index_of: IndexOf) -> None:
    searcher = index_of("Kuidas ja miks ja kuidas?", "Küla kriisiplaani koostamine.")
    asked = searcher.search(SearchRequest(text="kuidas koostada küla kriisiplaani"))
    assert ids(asked) == ids(searcher.search(SearchRequest(text="koostada küla kriisiplaani")))
    assert ids(asked)[0] == "r1"


def test_a_question_word_alone_is_searched(index_of: IndexOf) -> None:
    assert index_of("Kuidas edasi?").search(SearchRequest(text="kuidas")).total == 1


def test_a_word_that_stands_nowhere_does_not_push_out_the_others(index_of: IndexOf) -> None:
    searcher = index_of("Vabatahtlike kaasamine.", "Teenuste delegeerimine ja reguleerimine.")
    page = searcher.search(SearchRequest(text="vabatahtlike motiveerimine"))
    assert (ids(page)[0], page.complete, page.left_out) == ("r0", 0, ("motiveerimine",))


def test_a_word_of_like_letters_is_never_said_to_be_the_word(index_of: IndexOf) -> None:
    page = index_of("Õnnetuste ennetamine.").search(SearchRequest(text="annetamine"))
    assert (page.complete, page.left_out) == (0, ("annetamine",) if page.total else ())


def test_an_abbreviation_may_stand_for_several(index_of: IndexOf) -> None:
    page = index_of("Omavalitsuste kriisikomisjonidele antakse nõu.").search(
        SearchRequest(text="KOVide kriisikomisjonid")
    )
    assert (page.complete, page.relaxed) == (1, False)


def test_a_derived_word_is_better_than_nothing(index_of: IndexOf) -> None:
    assert index_of("Vabatahtlikkus kasvab.", "Muu.").search(SearchRequest(text="vabatahtlik")).total == 1


def test_english_and_russian_materials_are_found_by_their_own_forms(index_of: IndexOf) -> None:
    searcher = index_of(
        card("en", "Community study", language="en", text="Villages were building communities."),
        card("ru", "Община", language="ru", text="Развитие сельских общин."),
    )
    assert ids(searcher.search(SearchRequest(text="community village build"))) == ["en"]
    assert ids(searcher.search(SearchRequest(text="сельская община"))) == ["ru"]


def test_a_card_in_estonian_finds_a_foreign_material(index_of: IndexOf) -> None:
    searcher = index_of(card("en", "The village", "Külavanemate uuring.", language="en", text="Elders."))
    assert ids(searcher.search(SearchRequest(text="külavanem"))) == ["en"]


MANY = (
    card("a", "Küla A", kind="uudis", audiences=("kov", "kogukond"), topics=("kulaelu",), published="2020"),
    card("b", "Küla B", kind="uudis", audiences=("kov",), topics=("kulaelu", "noored"), published="2023-05"),
    card("c", "Küla C", kind="artikkel", audiences=("arendaja",), published="2023", language="en"),
    card("d", "Küla Š", kind="artikkel", audiences=("arendaja",), publisher="KÜSK", format="pdf"),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param(SearchRequest(audiences=("kov",)), {"a", "b"}, id="audience"),
        pytest.param(SearchRequest(audiences=("kogukond", "arendaja")), {"a", "c", "d"}, id="any-of-a-facet"),
        pytest.param(SearchRequest(audiences=("kov",), topics=("noored",)), {"b"}, id="all-facets"),
        pytest.param(SearchRequest(kinds=("artikkel",)), {"c", "d"}, id="kind"),
        pytest.param(SearchRequest(languages=("en",)), {"c"}, id="language"),
        pytest.param(SearchRequest(formats=("pdf",)), {"d"}, id="format"),
        pytest.param(SearchRequest(publishers=("KÜSK",)), {"d"}, id="publisher"),
        pytest.param(SearchRequest(years=(YearRange(first=2021, last=2023),)), {"b", "c"}, id="years"),
        pytest.param(SearchRequest(years=(YearRange(last=2020),)), {"a"}, id="years-until"),
        pytest.param(SearchRequest(years=(YearRange(),)), {"d"}, id="year-unknown"),
        pytest.param(SearchRequest(text="küla", kinds=("ei-ole",)), set(), id="unknown-value"),
    ],
)
def test_filters_restrict(wanted: SearchRequest, found: set[str], index_of: IndexOf) -> None:
    assert set(ids(index_of(*MANY).search(wanted))) == found


def test_the_counts_of_a_facet_ignore_its_own_filter(index_of: IndexOf) -> None:
    facets = index_of(*MANY).search(SearchRequest(text="küla", audiences=("kov",))).facets
    assert {v.value: (v.count, v.chosen) for v in facets["audience"]} == {
        "kov": (2, True),
        "arendaja": (2, False),
        "kogukond": (1, False),
    }
    assert {v.value: v.count for v in facets["kind"]} == {"uudis": 2}
    assert facets["audience"][0].label in ("Kohalik omavalitsus", "Kogukonna arendaja")


def test_years_are_counted_newest_first_and_the_unknown_last(index_of: IndexOf) -> None:
    values = index_of(*MANY).search(SearchRequest()).facets["year"]
    assert [(value.value, value.count) for value in values] == [(2023, 2), (2020, 1), (None, 1)]


def test_every_facet_count_is_what_its_filter_finds(index_of: IndexOf) -> None:
    searcher = index_of(*MANY)
    for value in searcher.search(SearchRequest(text="küla")).facets["topic"]:
        assert searcher.count(SearchRequest(text="küla", topics=(str(value.value),))) == value.count


def test_a_word_typed_twice_counts_once(index_of: IndexOf) -> None:
    searcher = index_of("Küla talgud.", "Vald puudu.")
    once, thrice = (searcher.search(SearchRequest(text=text)) for text in ("küla puudu", "Küla küla KÜLA puudu"))
    assert [hit.score for hit in once.hits] == [hit.score for hit in thrice.hits]


def test_hits_come_in_the_order_asked_for(index_of: IndexOf) -> None:
    searcher = index_of(*MANY)
    assert ids(searcher.search(SearchRequest(sort=Sort.NEWEST))) == ["b", "c", "a", "d"]
    assert ids(searcher.search(SearchRequest(text="küla", sort=Sort.TITLE))) == ["a", "b", "c", "d"]


def test_pages_hold_ten_and_one_past_the_last_is_the_last(index_of: IndexOf) -> None:
    searcher = index_of(*(f"Küla {number}" for number in range(23)))
    pages = [searcher.search(SearchRequest(text="küla", page=page)) for page in (1, 2, 3, 4, -7)]
    assert [len(page.hits) for page in pages] == [10, 10, 3, 3, 10]
    assert [page.page for page in pages] == [1, 2, 3, 3, 1]
    assert len({id_ for page in pages[:3] for id_ in ids(page)}) == 23


def test_past_events_are_left_out_unless_asked_for(index_of: IndexOf) -> None:
    searcher = index_of(
        card("muu", "Koolitus", kind="uudis"),
        card("oli", "Koolitus", kind="koolitus", starts="2020-01-01"),
        card("tuleb", "Koolitus", kind="koolitus", starts="2999-01-01"),
        card("kestab", "Koolitus", kind="koolitus", starts="2020-01-01", ends="2999-01-01"),
    )
    assert set(ids(searcher.search(SearchRequest(text="koolitus")))) == {"muu", "tuleb", "kestab"}
    counts = {v.value: v.count for v in searcher.search(SearchRequest(text="koolitus")).facets["kind"]}
    assert counts == {"koolitus": 3, "uudis": 1}, "what choosing the kind gives"
    assert len(ids(searcher.search(SearchRequest(text="koolitus", kinds=("koolitus",))))) == 3


def test_an_empty_query_shows_everything_and_signs_alone_nothing(index_of: IndexOf) -> None:
    searcher = index_of(*MANY)
    assert searcher.search(SearchRequest()).total == 4
    assert searcher.search(SearchRequest(text="?!…")).total == 0


def test_the_answer_has_the_keys_that_others_rely_on(index_of: IndexOf) -> None:
    answer = index_of("Küla arengukava.").search(SearchRequest(text="külade")).as_json()
    assert list(answer) == [
        "query", "total", "page", "pages", "took_ms", "relaxed", "left_out", "did_you_mean", "hits", "facets"
    ]  # fmt: skip
    assert list(answer["hits"][0]) == [
        "id", "url", "title", "snippet", "passage", "kind", "audience", "topics", "language", "publisher",
        "published", "status", "score", "translations",
    ]  # fmt: skip


def test_an_empty_index_answers_too(index_of: IndexOf) -> None:
    page = index_of().search(SearchRequest(text="küla"))
    assert (page.total, page.pages, page.hits) == (0, 1, ())


def test_threads_share_a_searcher(index_of: IndexOf) -> None:
    searcher = index_of(*(f"Küla {number} arengukava ja kriisiplaan" for number in range(40)))
    wrong: list[object] = []

    def ask() -> None:
        for typed, total in (("küla", 40), ("kriisiplaanid", 40), ("7", 1), ("arengukavade", 40)):
            page = searcher.search(SearchRequest(text=typed))
            if page.total != total:
                wrong.append((typed, page.total))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, vocabulary: object) -> Searcher:
    folder = tmp_path_factory.mktemp("small")
    engine_at(folder, vocabulary).update(ResourceList(MANY))  # type: ignore[arg-type]
    return engine_at(folder, vocabulary).open()  # type: ignore[arg-type]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=300), page=st.integers(-5, 5))
def test_nothing_that_is_typed_is_an_error(small: Searcher, text: str, page: int) -> None:
    answer = small.search(SearchRequest(text=text, page=page))
    assert 0 <= answer.complete <= answer.total <= 4
