"""In what order hits stand, on real indexes of a few texts."""

from collections.abc import Callable

import pytest
from cards import card, ids

from index import Searcher, SearchRequest
from index.priors import worth_of_year

IndexOf = Callable[..., Searcher]


def test_a_guide_stands_before_a_news_item_that_says_the_same(index_of: IndexOf) -> None:
    kinds = ("uudis", "artikkel", "juhendmaterjal")
    searcher = index_of(*(card(kind, "Kaasamine", "Kuidas kaasata.", kind=kind) for kind in kinds))
    assert ids(searcher.search(SearchRequest(text="kaasamine"))) == ["juhendmaterjal", "artikkel", "uudis"]


def test_the_newer_stands_before_the_older_that_says_the_same(index_of: IndexOf) -> None:
    years = ("2010", "2024", "2017")
    searcher = index_of(*(card(year, "Kaasamine", kind="artikkel", published=year) for year in years))
    assert ids(searcher.search(SearchRequest(text="kaasamine"))) == ["2024", "2017", "2010"]


def test_a_news_item_that_says_more_stands_before_a_guide(index_of: IndexOf) -> None:
    searcher = index_of(
        card("juhend", "Ülevaade", "Muu hulgas kaasamine.", kind="juhendmaterjal"),
        card("uudis", "Kaasamine vallas", "Kaasamine algas.", kind="uudis"),
    )
    assert ids(searcher.search(SearchRequest(text="kaasamine"))) == ["uudis", "juhend"]


def test_an_unknown_year_is_worth_less_than_this_and_more_than_long_ago() -> None:
    assert worth_of_year(2026, 2026) > worth_of_year(None, 2026) > worth_of_year(1990, 2026)
    assert worth_of_year(2027, 2026) == worth_of_year(2026, 2026)
    assert worth_of_year(1950, 2026) == worth_of_year(1990, 2026)


def test_words_that_stand_near_each_other_count_more(index_of: IndexOf) -> None:
    between = "ja rahvas tuli kokku ning arutas pikalt kõike mis oli meelel, kuni hilja õhtul otsustati, et"
    searcher = index_of(f"Talgud {between} raamatukogu saab korda.", f"Raamatukogu talgud {between} saab korda.")
    assert ids(searcher.search(SearchRequest(text="raamatukogu talgud"))) == ["r1", "r0"]


def test_kogukond_with_another_word_ranks_by_the_other(index_of: IndexOf) -> None:
    searcher = index_of(
        card("kogukond", "Kogukond ja kogukonnad", "Kogukonna kogukond kogukonnas."),
        card("aed", "Aed", "Kogukonnas rajati aed."),
        *(card(f"m{n}", f"Kogukonna lugu {n}", "Kogukond kohtus.") for n in range(12)),
    )
    assert ids(searcher.search(SearchRequest(text="kogukonna aed")))[0] == "aed"


def test_a_title_of_most_of_what_was_asked_stands_among_the_full_answers(index_of: IndexOf) -> None:
    others = [card(f"m{n}", f"Leht {n}", "Vali dialoog.") for n in range(12)]
    searcher = index_of(
        card("arv", "Sõnade arv", "Loeb sõnad kokku."),
        card("leht", "Tööriistad", "Sõnade lõpetamine, ridade arv ja palju muud, viimaks ka dialoog."),
        *others,
    )
    page = searcher.search(SearchRequest(text="sõnade arvu dialoog"))
    assert ids(page)[:2] == ["arv", "leht"]
    assert (page.full, page.complete) == (2, 1)
    assert page.hits[0].missing == ("dialoog",)


@pytest.mark.parametrize("typed", ["mtü", "MTÜ", "Mtü"])
def test_an_abbreviation_finds_the_same_whatever_its_capitals(typed: str, index_of: IndexOf) -> None:
    searcher = index_of("MTÜ asutamine.", "Mittetulundusühingu asutamine.", "Asutus.", "Mütsid.")
    page = searcher.search(SearchRequest(text=f"{typed} asutamine"))
    assert (ids(page), page.complete) == (["r0", "r1"], 2)


def test_equals_of_the_last_hit_are_found_too(index_of: IndexOf) -> None:
    searcher = index_of(*(f"Küla number {number}" for number in range(25)), "Kriisiplaan.")
    assert searcher.search(SearchRequest(text="küla kriisiplaan")).total == 26


def test_the_last_words_of_a_long_query_still_count(index_of: IndexOf) -> None:
    words = "üks kaks kolm neli viis kuus seitse kaheksa üheksa kriisiplaanid"
    page = index_of("Kriisiplaan.", "Muu jutt.").search(SearchRequest(text=words))
    assert ids(page)[0] == "r0"
