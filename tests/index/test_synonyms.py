"""What says the same, in Estonian and from English and Russian, on real indexes of a few texts."""

from collections.abc import Callable

import pytest

from aardekast.resource import Resource
from index import Searcher, SearchPage, SearchRequest

IndexOf = Callable[..., Searcher]


def ids(page: SearchPage) -> list[str]:
    return [hit.resource.id for hit in page.hits]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param("hädaolukorras", "Kriiside lahendamine.", id="word-to-word"),
        pytest.param("kriis", "Hädaolukordade lahendamine.", id="and-back"),
        pytest.param("kriis", "Kriisiolukorraks valmistumine.", id="compound"),
        pytest.param("osaluseelarve", "Valla kaasava eelarve ideed.", id="word-to-phrase"),
        pytest.param("kaasava eelarve", "Osaluseelarvete võrdlus.", id="phrase-to-word"),
        pytest.param("häda olukorras", "Kriiside lahendamine.", id="compound-typed-apart"),
        pytest.param("participatory budgeting", "Kaasav eelarve vallas.", id="english"),
        pytest.param("volunteers", "Vabatahtlike kaasamine.", id="english-plural"),
        pytest.param("volunteering", "Talgute korraldamine.", id="english-label-of-a-topic"),
        pytest.param("народный бюджет", "Kaasav eelarve vallas.", id="russian"),
        pytest.param("волонтеры", "Vabatahtlike kaasamine.", id="russian-plural-without-dots"),
        pytest.param("община", "Kogukondade lood.", id="russian-word"),
    ],
)
def test_what_says_the_same_is_found(typed: str, written: str, index_of: IndexOf) -> None:
    page = index_of(written, "Hoopis muu jutt.").search(SearchRequest(text=typed))
    assert (ids(page), page.complete) == (["r0"], 1)


def test_the_word_itself_stands_above_what_says_the_same(index_of: IndexOf) -> None:
    searcher = index_of("Üksinduse vastu aitab naaber.", "Üksilduse vastu aitab naaber.")
    assert ids(searcher.search(SearchRequest(text="üksildus"))) == ["r1", "r0"]
    assert ids(searcher.search(SearchRequest(text="üksindus"))) == ["r0", "r1"]


def test_a_form_of_another_word_brings_no_synonyms(index_of: IndexOf) -> None:
    searcher = index_of("Käsiraamat on valmis.", "Juht on valmis.")
    assert ids(searcher.search(SearchRequest(text="juhtidele"))) == ["r1"]


def test_the_acronym_of_a_programme_is_no_english_word(index_of: IndexOf) -> None:
    searcher = index_of("Eestvedajad kohtusid.", "LEADER-meede avanes.")
    assert ids(searcher.search(SearchRequest(text="LEADER"))) == ["r1"]


def test_english_and_russian_bring_estonian_but_not_each_other(index_of: IndexOf) -> None:
    russian = Resource(id="ru", url="https://naide.ee/ru", title="Община", language="ru", text="Развитие общины.")
    searcher = index_of(russian, "Kogukondade lood.")
    assert ids(searcher.search(SearchRequest(text="community"))) == ["r1"]
    assert set(ids(searcher.search(SearchRequest(text="kogukond")))) == {"ru", "r1"}
