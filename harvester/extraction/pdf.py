"""A PDF into an extract, with a passage for each of its pages."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import pypdfium2 as pdfium

from aardekast.language.text import clean
from aardekast.resource import Passage
from harvester.extraction.document import words_of
from harvester.extraction.values import Extract, NoExtract, Raw

MOST_PAGES = 1_000  # of the longest report; what comes after is hardly what anybody looks for
# pdfium gives U+FFFE for a hyphen at the end of a line.
_BROKEN_WORD = re.compile(r"(?<=[a-zõäöüšž])[-\u00ad\ufffe]\s*\n(?=[a-zõäöüšž])|[\ufffe\u00ad]\s*")
_FILE_NAME = re.compile(
    r"\.(docx?|pdf|indd|pptx?|xlsx?|odt|rtf|pub|qxd)\b|^(microsoft word|untitled|slide 1|document\d*)\b", re.I
)
_LONGEST_TITLE = 200


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
        title=_title(metadata.get("Title", ""), texts),
        text="\n".join(text for text in texts if text),
        authors=_authors(metadata.get("Author", "")),
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


def _title(declared: str, texts: list[str]) -> str:
    """What the file calls itself, unless that is the name of a file; else the first line with words in it."""
    declared = words_of(declared)
    if declared and not _FILE_NAME.search(declared):
        return declared[:_LONGEST_TITLE]
    lines = (line for text in texts for line in text.splitlines())
    return next((line[:_LONGEST_TITLE] for line in lines if len(re.findall(r"[^\W\d_]", line)) >= 4), "")


def _authors(declared: str) -> tuple[str, ...]:
    """People; one word is an account of a computer."""
    names = (words_of(name) for name in re.split(r"[;,]", declared))
    return tuple(name for name in names if " " in name)
