"""Snippets: what a visitor reads below a title."""

import html
import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aardekast.resource import Passage, Resource
from index import Searcher, SearchRequest
from index.occurrences import Occurrences
from index.snippets import MAX_SNIPPET, best_excerpt, find_words, marked

IndexOf = Callable[..., Searcher]


def snippet(typed: str, text: str, index_of: IndexOf) -> str:
    page = index_of(Resource(id="a", url="https://naide.ee/a", title="Lugu", language="et", text=text)).search(
        SearchRequest(text=typed)
    )
    return page.hits[0].snippet if page.hits else ""


def marks(shown: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", shown)


def read(shown: str) -> str:
    return html.unescape(re.sub("</?mark>", "", shown))


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        pytest.param("külavanem", "Külavanemale anti käsi.", ["Külavanemale"], id="inflected"),
        pytest.param("komisjon", "Kriisikomisjonid kogunesid.", ["Kriisikomisjonid"], id="compound"),
        pytest.param("küla vanem", "Külavanem", ["Külavanem"], id="typed-apart"),
        pytest.param("külavanem", "Meie küla uus vanem", ["küla", "vanem"], id="written-apart"),
        pytest.param("külavanem", "Külavanem käis külas.", ["Külavanem"], id="whole-before-parts"),
        pytest.param("KOV", "kohalikud omavalitsused", ["kohalikud", "omavalitsused"], id="expansion"),
        pytest.param("kohalik omavalitsus", "KOVid", ["KOVid"], id="abbreviation"),
        pytest.param("küla ja vald", "Küla ja vald ja linn", ["Küla", "vald"], id="no-stop-words"),
        pytest.param("küla", "Muu jutt", [], id="nothing"),
    ],
)
def test_the_found_words_are_marked_whatever_their_form(
    typed: str, text: str, found: list[str], index_of: IndexOf
) -> None:
    assert marks(snippet(typed, text, index_of)) == found


def test_words_of_other_languages_are_marked_by_their_own_forms(index_of: IndexOf) -> None:
    text = "Villages were building their communities."
    english = Resource(id="a", url="https://naide.ee/a", title="Study", language="en", text=text)
    (hit,) = index_of(english).search(SearchRequest(text="community village")).hits
    assert marks(hit.snippet) == ["Villages", "communities"]


def test_the_stretch_with_most_of_the_query_is_shown(index_of: IndexOf) -> None:
    filler = "Räägime muust asjast. " * 60
    text = f"{filler}Küla tuli kokku. {filler}Küla kriisiplaan koostati talgutega. {filler}"
    assert marks(snippet("küla kriisiplaan", text, index_of)) == ["Küla", "kriisiplaan"]


def test_a_snippet_starts_with_a_sentence(index_of: IndexOf) -> None:
    text = "Esimene lause räägib muust. Teine lause räägib külavanemast. " + "Kolmas lause. " * 40
    assert snippet("külavanem", text, index_of).startswith("…Teine lause")


def test_an_ordinal_does_not_end_a_sentence(index_of: IndexOf) -> None:
    text = "Sissejuhatus. " + "Räägime muust. " * 30 + "2009. aasta ülevaade külavanematest. " + "Muu jutt. " * 40
    shown = snippet("külavanem", text, index_of)
    assert shown.startswith("…2009. aasta ülevaade <mark>külavanematest</mark>.")


def test_a_short_text_is_shown_whole(index_of: IndexOf) -> None:
    text = "Esimene lause. " * 8 + "Teine räägib külavanemast."
    assert read(snippet("külavanem", text, index_of)) == text


def test_markup_of_the_source_stays_text(index_of: IndexOf) -> None:
    shown = snippet("küla", "<script>alert(1)</script> küla & <b>vald</b>", index_of)
    assert shown == "&lt;script&gt;alert(1)&lt;/script&gt; <mark>küla</mark> &amp; &lt;b&gt;vald&lt;/b&gt;"


def occurrences(positions: set[int]) -> Occurrences:
    places = np.array(sorted(positions), dtype=np.int64)
    return Occurrences(places, np.zeros(len(places), dtype=np.int64), np.ones(len(places)))


@settings(deadline=None)
@given(
    text=st.text(alphabet="küla vanem<>&\"'.!\n\u00ad", max_size=900),
    positions=st.sets(st.integers(0, 60)),
)
def test_a_snippet_is_short_and_lets_no_markup_through(text: str, positions: set[int]) -> None:
    shown = best_excerpt(text, find_words(text, occurrences(positions), 0), [1.0]).html
    assert len(read(shown)) <= MAX_SNIPPET
    assert "<" not in re.sub("</?mark>", "", shown)
    assert shown.count("<mark>") == shown.count("</mark>")


@given(text=st.text(max_size=100), positions=st.sets(st.integers(0, 10)))
def test_a_marked_title_reads_as_it_did(text: str, positions: set[int]) -> None:
    whole = read(marked(text, find_words(text, occurrences(positions), 0)))
    assert whole == re.sub(r"\s+", " ", text).strip()


GUIDE = Resource(
    id="juhend",
    url="https://naide.ee/juhend.pdf",
    title="Juhend",
    description="Lühike kirjeldus.",
    language="et",
    format="pdf",
    text="Sissejuhatus algab siit. Kriisiplaan koostatakse talgutega.",
    passages=(Passage(offset=0, page=1, fragment="#page=1"), Passage(offset=25, page=2, fragment="#page=2")),
)


def test_a_hit_links_to_the_page_it_was_found_on(index_of: IndexOf) -> None:
    (hit,) = index_of(GUIDE).search(SearchRequest(text="kriisiplaanid")).hits
    assert hit.passage is not None
    assert (hit.passage.label, hit.passage.url) == ("lk 2", "https://naide.ee/juhend.pdf#page=2")
    assert "<mark>Kriisiplaan</mark>" in hit.snippet


def test_the_passages_of_a_resource_that_answer_are_listed(index_of: IndexOf) -> None:
    searcher = index_of(GUIDE)
    assert [hit.label for hit in searcher.passages("juhend", "talgud")] == ["lk 2"]
    assert searcher.passages("juhend", "") == ()
    assert searcher.passages("ei-ole", "talgud") == ()


def test_where_the_source_forbids_snippets_there_is_none(index_of: IndexOf) -> None:
    from dataclasses import replace

    searcher = index_of(replace(GUIDE, may_show_snippet=False))
    (hit,) = searcher.search(SearchRequest(text="kriisiplaanid")).hits
    assert (hit.snippet, hit.passage) == ("", None)
    assert searcher.passages("juhend", "kriisiplaan") == ()


def test_a_date_before_the_found_word_ends_no_sentence(index_of: IndexOf) -> None:
    text = "Muu jutt. " * 40 + "See juhtus Tartus 2023. aastal ja sellest räägitakse. " + "Lõpp. " * 60
    assert snippet("aastal", text, index_of).startswith("…See juhtus Tartus 2023. <mark>aastal</mark>")
