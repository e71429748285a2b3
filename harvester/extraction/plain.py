"""Plain text and captions that stand alone, into an extract."""

from __future__ import annotations

import re
from posixpath import basename, splitext
from urllib.parse import unquote, urlsplit

from aardekast.language.text import clean
from harvester.extraction.captions import read_captions
from harvester.extraction.charset import decode
from harvester.extraction.document import words_of
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.written import Block, title_of


def extract_plain(raw: Raw) -> Extract | NoExtract:
    """The text, a line for each of its paragraphs; the first line is its title."""
    paragraphs: list[list[str]] = [[]]
    for line in clean(decode(raw.body, raw.content_type)).splitlines():
        words = words_of(line)
        if words:
            paragraphs[-1].append(words)
        elif paragraphs[-1]:
            paragraphs.append([])
    lines = [" ".join(paragraph) for paragraph in paragraphs if paragraph]
    if not lines:
        return NoExtract(reason="empty page")
    first = next((line for paragraph in paragraphs for line in paragraph), "")
    title = title_of("", [Block(first.lstrip("#*=- ")), *map(Block, lines)])
    return Extract(title=title, text="\n".join(lines), format="txt")


def extract_captions(raw: Raw) -> Extract | NoExtract:
    """What is said, as timed passages; the file's name is all the title it has.

    The file plays no recording, so the deep links of its passages are its address.
    """
    captions = read_captions(decode(raw.body, raw.content_type), fragment="")
    if not captions.text:
        return NoExtract(reason="captions without text")
    name = words_of(re.sub(r"[-_.]+", " ", splitext(basename(unquote(urlsplit(raw.url).path)))[0]))
    return Extract(title=name, text=captions.text, passages=captions.passages, minutes=captions.minutes, format="vtt")
