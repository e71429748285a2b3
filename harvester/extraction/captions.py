"""WebVTT and SRT captions into a text with timed passages.

What people say comes in cues of a few words, cut by the width of a screen. They are put together again to paragraphs of
sentences, each a passage with its start. Automatic captions roll: a cue repeats the lines that are still on
the screen, and those count once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from aardekast.language.text import clean
from aardekast.resource import Passage
from harvester.extraction.document import words_of

# A paragraph ends with the sentence after so many words (some 20 seconds of speech), or without one after so many:
# automatic captions have no full stops.
ENOUGH_WORDS, MOST_WORDS = 40, 80
LONGEST_PAUSE = 4.0  # seconds; who goes on later has begun something new
MOST_CUES = 50_000  # of a day of speech

_MOMENT = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"^\s*{_MOMENT}\s*-->\s*{_MOMENT}(?:\s.*)?$")
# <c.yellow>, <v Mari Tamm>, <00:00:01.280>, <font ...>, and the places of SubStation as {\an8}
_MARKUP = re.compile(r"<[/\w][^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}")
_SOUNDS = re.compile(r"\[[^\[\]\n]{1,60}\]|[♪♫]|>>+")  # [Muusika], [Applause], >> of a new speaker
_END = re.compile(r"[.!?…][\"”»’)]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """What is said, a line for each passage; `minutes` is where the last cue ends, rounded up."""

    text: str = ""
    passages: tuple[Passage, ...] = ()
    minutes: int | None = None


@dataclass(slots=True)
class _Said:
    """A line on the screen, from when to when (seconds)."""

    start: float
    end: float
    text: str


def is_captions(text: str) -> bool:
    """Whether a text starts as WebVTT or SRT does."""
    head = text.lstrip("\ufeff \t\r\n")[:300]
    if re.match(r"WEBVTT(\s|$)", head):
        return True
    lines = head.splitlines()
    return len(lines) > 1 and lines[0].strip().isdigit() and _TIMES.match(lines[1]) is not None


def read_captions(text: str, *, fragment: str = "?t={}") -> Captions:
    """The text and passages of WebVTT or SRT; empty where there is no cue in it.

    `fragment` is what the deep link of a passage adds to the address, with the start in whole seconds for `{}`: `&t={}`
    where the address has a query already, nothing where it plays no recording.
    """
    cues = list(_cues(text.lstrip("\ufeff")))
    lines: list[str] = []
    passages: list[Passage] = []
    offset = 0
    for paragraph in _paragraphs(list(_spoken(cues))):
        start = int(paragraph[0].start)
        passages.append(Passage(offset=offset, start=start, fragment=fragment.format(start)))
        lines.append(" ".join(said.text for said in paragraph))
        offset += len(lines[-1]) + 1
    last = max((end for _, end, _ in cues), default=0.0)
    return Captions(text="\n".join(lines), passages=tuple(passages), minutes=-int(-last // 60) or None)


def _cues(text: str) -> Iterator[tuple[float, float, list[str]]]:
    """Start, end and lines of each cue; what stands outside them (NOTE, STYLE, numbers) is left out."""
    times: tuple[float, float] | None = None
    lines: list[str] = []
    count = 0
    for line in [*text.splitlines(), ""]:
        match = _TIMES.match(line) if "-->" in line else None
        if match is None and line:  # a line of spaces does not end a cue
            if times is not None:
                lines.append(line)
            continue
        if times is not None:
            if match is not None and lines and lines[-1].strip().isdigit():
                lines.pop()  # the number of the next cue, where no empty line stands before it
            yield *times, [spoken for spoken in map(_spoken_words, lines) if spoken]
            count += 1
        if count == MOST_CUES:
            return
        times, lines = (_seconds(match, 1), _seconds(match, 5)) if match else None, []


def _seconds(match: re.Match[str], first: int) -> float:
    hours, minutes, seconds, parts = (match[first + place] or "0" for place in range(4))
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(parts.ljust(3, "0")) / 1000


def _spoken_words(line: str) -> str:
    plain = html.unescape(_MARKUP.sub("", line)).replace("\u200e", "").replace("\u200f", "")
    return words_of(clean(_SOUNDS.sub(" ", plain))).removeprefix("- ").strip()


def _spoken(cues: list[tuple[float, float, list[str]]]) -> Iterator[_Said]:
    """Each line once: not again while it stays on the screen, and only whole where it grows word by word."""
    shown: list[str] = []
    last: _Said | None = None
    for start, end, lines in cues:
        has_gone = last is not None and start > last.end + LONGEST_PAUSE
        known = [] if has_gone else shown
        for line in lines:
            if line in known:
                if last is not None and line == last.text:
                    last.end = max(last.end, end)
                continue
            if last is not None and not has_gone and last.text in known and line.startswith(last.text):
                last.text, last.end = line, end
                continue
            if last is not None:
                yield last
            last = _Said(start, end, line)
        shown = lines or shown
    if last is not None:
        yield last


def _paragraphs(spoken: list[_Said]) -> Iterator[list[_Said]]:
    paragraph: list[_Said] = []
    words = 0
    for said in spoken:
        if paragraph and said.start - paragraph[-1].end > LONGEST_PAUSE:
            yield paragraph
            paragraph, words = [], 0
        paragraph.append(said)
        words += len(said.text.split())
        if words >= MOST_WORDS or (words >= ENOUGH_WORDS and _END.search(said.text)):
            yield paragraph
            paragraph, words = [], 0
    if paragraph:
        yield paragraph
