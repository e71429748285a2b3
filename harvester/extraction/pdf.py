"""A PDF into an extract, with a passage for each of its pages."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import pypdfium2 as pdfium

from aardekast.language.text import clean
from aardekast.resource import Passage
from harvester.extraction.document import words_of
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.written import LONGEST_TITLE, has_words, is_title, people

MOST_PAGES = 1_000  # of the longest report; what comes after is hardly what anybody looks for
# pdfium gives U+FFFE for a hyphen at the end of a line.
_BROKEN_WORD = re.compile(r"(?<=[a-zõäöüšž])[-\u00ad\ufffe]\s*\n(?=[a-zõäöüšž])|[\ufffe\u00ad]\s*")
_MEASURED = 3_000  # signs of the first page, where a title stands
_LARGER = 1.15  # than most of the page; below that it is another font


def extract_pdf(raw: Raw) -> Extract | NoExtract:
    """Title and the text of each page. Its dates are of the file, not of what is written in it: unknown."""
    try:
        with pdfium.PdfDocument(raw.body) as pdf:
            return _extract(pdf)
    except pdfium.PdfiumError as fault:
        reason = "PDF that wants a password" if "password" in str(fault).lower() else "PDF that cannot be read"
        return NoExtract(reason=reason)


def _extract(pdf: Any) -> Extract | NoExtract:
    count = len(pdf)
    texts = [_page_text(page) for page in islice(pdf, MOST_PAGES)]
    if not any(texts):
        return NoExtract(reason="PDF without text (a scan)")
    passages, offset = [], 0
    for number, text in enumerate(texts, start=1):
        if text:
            passages.append(Passage(offset=offset, page=number, fragment=f"#page={number}"))
            offset += len(text) + 1
    metadata = pdf.get_metadata_dict()
    return Extract(
        title=_title(pdf, metadata.get("Title", ""), texts),
        text="\n".join(text for text in texts if text),
        authors=people([metadata.get("Author", "")]),
        format="pdf",
        pages=count,
        passages=tuple(passages),
    )


def _page_text(page: Any) -> str:
    textpage = page.get_textpage()
    text = clean(str(textpage.get_text_range()).replace("\r\n", "\n").replace("\r", "\n"))
    textpage.close()
    page.close()
    lines = (words_of(line) for line in _BROKEN_WORD.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def _title(pdf: Any, declared: str, texts: list[str]) -> str:
    """What the file calls itself, unless a program put it there; else what is largest or first on its pages."""
    declared = words_of(clean(declared))
    if is_title(declared):
        return declared[:LONGEST_TITLE]
    lines = (line for text in texts for line in text.splitlines())
    return next((line[:LONGEST_TITLE] for line in (_largest(pdf[0]), *lines) if has_words(line)), "")


def _largest(page: Any) -> str:
    """What stands in the largest letters at the top of a page; empty where all of it is in one size."""
    textpage = page.get_textpage()
    text = str(textpage.get_text_range(0, min(_MEASURED, textpage.count_chars())))
    words = [(_size(textpage, match.start()), match[0]) for match in re.finditer(r"\S+", text)]
    textpage.close()
    page.close()
    runs = [(size, " ".join(word for _, word in run)) for size, run in groupby(words, key=itemgetter(0))]
    letters = Counter[float]()
    for size, run in runs:
        letters[size] += len(run)
    largest = max((size for size, run in runs if has_words(run)), default=0.0)
    if not letters or largest < _LARGER * letters.most_common(1)[0][0]:
        return ""
    return words_of(next(run for size, run in runs if size == largest and has_words(run)))


def _size(textpage: Any, place: int) -> float:
    """The height of a letter with its room above and below, in points."""
    _, bottom, _, top = textpage.get_charbox(place, loose=True)
    return round(float(top - bottom), 1)
