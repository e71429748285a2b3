"""WebVTT and SRT into a text and timed passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.extraction.captions import read_captions

# As YouTube sends automatic captions: a line of one space above the words of a cue that has nothing to repeat.
ROLLING = "\n".join(
    [
        "WEBVTT",
        "Kind: captions",
        "Language: et",
        "",
        "00:00:00.080 --> 00:00:02.389 align:start position:0%",
        " ",
        "tere<00:00:00.320><c> kõigile</c><00:00:00.560><c> täna</c>",
        "",
        "00:00:02.389 --> 00:00:02.399 align:start position:0%",
        "tere kõigile täna",
        " ",
        "",
        "00:00:02.399 --> 00:00:05.000 align:start position:0%",
        "tere kõigile täna",
        "räägime<00:00:03.320><c> kogukonnast</c>",
        "",
        "00:00:05.000 --> 00:00:05.010 align:start position:0%",
        "räägime kogukonnast",
        " ",
        "",
    ]
)


def test_automatic_captions_that_roll_say_each_line_once() -> None:
    found = read_captions(ROLLING)
    assert found.text == "tere kõigile täna räägime kogukonnast"
    assert [(passage.start, passage.fragment) for passage in found.passages] == [(0, "?t=0")]


def test_a_line_that_grows_word_by_word_counts_whole() -> None:
    cues = "WEBVTT\n\n" + "\n".join(
        f"00:0{n}.000 --> 00:0{n + 1}.000\n{line}\n" for n, line in enumerate(("Küla", "Küla elab", "Küla elab edasi."))
    )
    assert read_captions(cues).text == "Küla elab edasi."


def test_what_was_said_twice_with_a_pause_stays_twice() -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\nAitäh!\n\n00:30.000 --> 00:31.000\nAitäh!\n"
    assert read_captions(cues).text == "Aitäh!\nAitäh!"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("<v Mari Tamm>Tere <i>kõik</i></v>", "Tere kõik", id="voice"),
        pytest.param("{\\an8}Tere", "Tere", id="place"),
        pytest.param("<font color='#fff'>Tere</font>", "Tere", id="font"),
        pytest.param("[Muusika] Tere ♪", "Tere", id="sounds"),
        pytest.param("Küla &amp; linn", "Küla & linn", id="entity"),
        pytest.param(">> - Tere", "Tere", id="speaker"),
        pytest.param("3 < 4 ja 5 > 2", "3 < 4 ja 5 > 2", id="no-markup"),
    ],
)
def test_markup_and_sounds_are_not_said(line: str, said: str) -> None:
    assert read_captions(f"1\n00:00:01,000 --> 00:00:02,000\n{line}\n").text == said


def test_cues_become_paragraphs_of_sentences_that_know_their_start() -> None:
    sentence = "Kogukond lepib kokku, kes kellele kriisi ajal helistab ja kus on generaator."
    cues = "\n".join(f"{n}\n01:00:{3 * n:02},000 --> 01:00:{3 * n + 3:02},000\n{sentence} {n}.\n" for n in range(1, 10))
    found = read_captions(cues, fragment="&t={}")
    assert [passage.start for passage in found.passages] == [3603, 3615, 3627]
    assert [passage.fragment for passage in found.passages] == ["&t=3603", "&t=3615", "&t=3627"]
    assert all(found.text[p.offset :].startswith(sentence) for p in found.passages)
    assert found.minutes == 61


def test_notes_styles_and_numbers_are_left_out() -> None:
    cues = "WEBVTT - küla\n\nSTYLE\n::cue { color: red }\n\nNOTE\nmärkus\n\nesimene\n00:01.000 --> 00:02.000\nTere\n"
    assert read_captions(cues).text == "Tere"
    assert (
        read_captions("1\n00:00:01,000 --> 00:00:02,000\nTere\n2\n00:00:02,000 --> 00:00:03,000\nkõik").text
        == "Tere kõik"
    )


@given(st.text(alphabet="0123456789:.,->\n <>{}abc WEBVTT", max_size=200))
def test_no_captions_make_it_raise(text: str) -> None:
    found = read_captions(text)
    assert len(found.passages) == len(found.text.splitlines())
