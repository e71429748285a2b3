from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aardekast.language.detect import detect_language

TEXTS = {
    "et": "Kuidas koostada küla arengukava nii, et kõik saaksid kaasa rääkida?",
    "en": "How to write a village development plan together with your neighbours",
    "ru": "Как составить план развития деревни вместе с соседями и волостью",
    "fi": "Kylän kehittämissuunnitelma tehdään yhdessä asukkaiden kanssa, ja kunta auttaa siinä.",
    "lv": "Ciema attīstības plāns tiek veidots kopā ar iedzīvotājiem un pašvaldību",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_languages_are_told_apart(language: str, text: str) -> None:
    assert detect_language(text) == language


def test_the_answer_is_always_the_same() -> None:
    mixed = "Kogukonna community development arendamine and plan kriisiplaan"
    assert len({detect_language(mixed) for _ in range(20)}) == 1


@pytest.mark.parametrize("text", ["", "Talgud", "2024", "– – –", "12345678901234567890 1234567890"])
def test_a_text_too_short_to_tell_has_no_language(text: str) -> None:
    assert detect_language(text, hint="et") is None


@pytest.mark.parametrize(
    "text",
    [
        "Leader toetus Saaremaa kogukonnale",
        "Kylauudised Hiiumaalt ja Läänemaalt",
        "Vana Antsla mõis ja park, Urvaste",
        "Rahvamaja kava: kontsert, tants, laulud",
    ],
)
def test_short_estonian_is_not_called_finnish_where_estonian_is_likely(text: str) -> None:
    assert detect_language(text, hint="et") == "et"


def test_a_hint_does_not_win_against_another_script() -> None:
    assert detect_language(TEXTS["ru"], hint="et") == "ru"


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    assert detect_language(text) is None or isinstance(detect_language(text), str)
