"""The line below a title that says who wrote it and when: fields of their own, no text."""

from __future__ import annotations

import re

NEAR_TITLE = 12  # lines; lower down a date alone is part of a programme or a table
_MONTH = r"(jaan|veebr?|märts|apr|mai|juuni|juuli|aug|sept?|okt|nov|dets?)\w*"
_DATE = rf"(\d{{1,2}}\.\s?(\d{{1,2}}\.\s?|{_MONTH}\.?\s?)\d{{4}}|{_MONTH}\s\d{{1,2}},\s\d{{4}}|\d{{4}}-\d\d-\d\d)"
_LINE = re.compile(
    rf"(\w+(day|päev|reede)?,\s)?{_DATE}(\.|,)?(\s(kell\s)?\d{{1,2}}[.:]\d\d)?(\s?[—–|/-].{{0,40}})?"
    r"|(üksikasjad|vaatamisi|loetud|kategooria|rubriik|avaldatud|loodud|muudetud|postitatud|postitas|autor|kirjutas|tekst"
    r"|published|written by|author|details|hits)\b\s?:?.{0,60}",
    re.IGNORECASE,
)


def without_byline(text: str, title: str, authors: tuple[str, ...]) -> str:
    """The text without the lines near its beginning that only name an author, a date or a number of readers."""
    lines = text.split("\n")
    names = {author.lower() for author in authors}
    near = [line for line in lines[:NEAR_TITLE] if line == title or not _is_byline(line, names)]
    return "\n".join([*near, *lines[NEAR_TITLE:]])


def _is_byline(line: str, names: set[str]) -> bool:
    return len(line.split()) <= 8 and (_LINE.fullmatch(line) is not None or line.lower().strip(" ,|–-") in names)
