"""Snippets: what a visitor reads below a title."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aardekast.resource import Passage, Resource
from aardekast.vocabulary import Vocabulary
from index import SearchRequest
from index.query import QueryAnalyzer
from index.snippets import MAX_SNIPPET, Marker, best_excerpt, marked

ANALYZER = QueryAnalyzer(Vocabulary(abbreviations={"KOV": ("kohalik omavalitsus",)}))


def marks(typed: str, text: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", best_excerpt(text, Marker(ANALYZER.parse(typed))).html)


def read(snippet: str) -> str:
    return html.unescape(re.sub("</?mark>", "", snippet))


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
        pytest.param("küla", "Muu jutt", [], id="nothing"),
    ],
)
def test_the_found_words_are_marked_whatever_their_form(typed: str, text: str, found: list[str]) -> None:
    assert marks(typed, text) == found


def test_the_stretch_with_most_of_the_query_is_shown() -> None:
    filler = "Räägime muust asjast. " * 60
    text = f"{filler}Küla tuli kokku. {filler}Küla kriisiplaan koostati talgutega. {filler}"
    assert marks("küla kriisiplaan", text) == ["Küla", "kriisiplaan"]


def test_a_snippet_starts_with_a_sentence() -> None:
    text = "Esimene lause räägib muust. Teine lause räägib külavanemast. " + "Kolmas lause. " * 40
    snippet = best_excerpt(text, Marker(ANALYZER.parse("külavanem"))).html
    assert snippet.startswith("…Teine lause")


def test_an_ordinal_does_not_end_a_sentence() -> None:
    text = "Sissejuhatus. " + "Räägime muust. " * 30 + "2009. aasta ülevaade külavanematest. " + "Muu jutt. " * 40
    snippet = best_excerpt(text, Marker(ANALYZER.parse("külavanem"))).html
    assert snippet.startswith("…2009. aasta ülevaade <mark>külavanematest</mark>.")


def test_a_short_description_is_shown_whole() -> None:
    text = "Esimene lause. " * 8 + "Teine räägib külavanemast."
    assert read(best_excerpt(text, Marker(ANALYZER.parse("külavanem"))).html) == text


def test_stop_words_are_not_marked() -> None:
    assert marks("küla ja vald", "Küla ja vald ja linn") == ["Küla", "vald"]


def test_markup_of_the_source_stays_text() -> None:
    snippet = best_excerpt("<script>alert(1)</script> küla & <b>vald</b>", Marker(ANALYZER.parse("küla"))).html
    assert snippet == "&lt;script&gt;alert(1)&lt;/script&gt; <mark>küla</mark> &amp; &lt;b&gt;vald&lt;/b&gt;"


@settings(deadline=None)
@given(text=st.text(alphabet="küla vanem<>&\"'.!\n\u00ad", max_size=900), typed=st.text(max_size=30))
def test_a_snippet_is_short_and_lets_no_markup_through(text: str, typed: str) -> None:
    snippet = best_excerpt(text, Marker(ANALYZER.parse(typed + " küla"))).html
    assert len(read(snippet)) <= MAX_SNIPPET
    assert "<" not in re.sub("</?mark>", "", snippet)
    assert snippet.count("<mark>") == snippet.count("</mark>")


@given(text=st.text(max_size=100))
def test_a_marked_title_reads_as_it_did(text: str) -> None:
    whole = read(marked(text, Marker(ANALYZER.parse("küla"))))
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


def test_a_hit_links_to_the_page_it_was_found_on(index_of) -> None:
    (hit,) = index_of(GUIDE).search(SearchRequest(text="kriisiplaanid")).hits
    assert hit.passage is not None
    assert (hit.passage.label, hit.passage.url) == ("lk 2", "https://naide.ee/juhend.pdf#page=2")
    assert "<mark>Kriisiplaan</mark>" in hit.snippet


def test_the_passages_of_a_resource_that_answer_are_listed(index_of) -> None:
    searcher = index_of(GUIDE)
    assert [hit.label for hit in searcher.passages("juhend", "talgud")] == ["lk 2"]
    assert searcher.passages("juhend", "") == ()
    assert searcher.passages("ei-ole", "talgud") == ()


def test_where_the_source_forbids_snippets_there_is_none(index_of) -> None:
    from dataclasses import replace

    searcher = index_of(replace(GUIDE, may_show_snippet=False))
    (hit,) = searcher.search(SearchRequest(text="kriisiplaanid")).hits
    assert (hit.snippet, hit.passage) == ("", None)
    assert searcher.passages("juhend", "kriisiplaan") == ()
