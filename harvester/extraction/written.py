"""What a word processor wrote, put together from its blocks: text, passages for its headings, title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aardekast.language.text import clean
from aardekast.resource import Passage
from harvester.extraction.document import words_of
from harvester.extraction.values import Extract, NoExtract

MOST_PASSAGES = 200  # more headings than a document of any sense has
LONGEST_TITLE = 200
_LETTERS = re.compile(r"[^\W\d_]")
_LEAST_LETTERS = 4  # "1.", "A4" or "v2" is no title
# What programs put there when nobody wrote a title: the name of the file, of the template, of an empty presentation.
_JUNK = re.compile(
    r"\.(docx?|pdf|indd|epub|pp[st][xm]?|xlsx?|odt|rtf|pub|qxd|cdr|ai)\b"
    r"|^(microsoft (word|powerpoint)|untitled|nimetu|pealkirjata|slide|slaid|layout|document|dokument|esitlus"
    r"|powerpoint presentation|powerpointi esitlus|presentation|title|pealkiri|tiitel)[\s\d.-]*$"
    r"|^microsoft word - |[\\/].*[\\/]|^\S*[_\d]\S*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of text. `level` is 0 for the title of the document, 1 and more for headings, None for the rest.

    With `place` it begins a passage of that name, heading or not; `fragment` is the passage's.
    """

    text: str
    level: int | None = None
    place: str = ""
    fragment: str = ""


def written(
    blocks: Iterable[Block], *, declared_title: str = "", authors: Sequence[str] = (), format_: str
) -> Extract | NoExtract:
    """The extract of a document. Its dates are of the file, not of what is written in it: unknown."""
    tidy = [replace(block, text=text) for block in blocks if (text := words_of(clean(block.text)))]
    if not tidy:
        return NoExtract(reason="document without text")
    passages, offset = [], 0
    for block in tidy:
        if block.place or (block.level is not None and block.level > 0):
            passages.append(Passage(offset=offset, heading=block.place or block.text, fragment=block.fragment))
        offset += len(block.text) + 1
    return Extract(
        title=title_of(declared_title, tidy),
        text="\n".join(block.text for block in tidy),
        authors=people(authors),
        format=format_,
        passages=tuple(passages[:MOST_PASSAGES]),
    )


def title_of(declared: str, blocks: Sequence[Block]) -> str:
    """What the file calls itself, unless a program put it there; else its title, first heading or first line."""
    declared = words_of(clean(declared))
    if is_title(declared):
        return declared[:LONGEST_TITLE]
    marked = sorted((block for block in blocks[:50] if block.level is not None), key=lambda block: block.level or 0)
    lines = (block.text for block in (*marked, *blocks))
    return next((line[:LONGEST_TITLE] for line in lines if has_words(line)), "")


def is_title(declared: str) -> bool:
    """Whether a declared title is one that somebody wrote."""
    return has_words(declared) and not _JUNK.search(declared[:LONGEST_TITLE])


def has_words(line: str) -> bool:
    """Whether there is more in it than a number or a sign."""
    return len(_LETTERS.findall(line)) >= _LEAST_LETTERS


def people(names: Iterable[str]) -> tuple[str, ...]:
    """People; one word is an account of a computer."""
    found = (words_of(clean(name)) for several in names for name in re.split(r"[;,]", several))
    return tuple(dict.fromkeys(name for name in found if " " in name and len(name) <= 80))
