"""WebVTT and SRT captions into a text with timed passages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aardekast.resource import Passage

_TIMES = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)[.,]\d{3}\s*-->")


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """What is said, a line for each passage."""

    text: str = ""
    passages: tuple[Passage, ...] = ()


def read_captions(text: str) -> Captions:
    """The captions; a passage for each cue."""
    lines: list[str] = []
    passages: list[Passage] = []
    offset = 0
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        head, found, said = block.partition("\n") if "-->" in block.partition("\n")[0] else _after_number(block)
        times = _TIMES.search(head)
        line = " ".join(re.sub(r"<[^>]*>", "", said).split())
        if times is None or not found or not line:
            continue
        hours, minutes, seconds = (int(part or 0) for part in times.groups())
        passages.append(Passage(offset=offset, start=hours * 3600 + minutes * 60 + seconds))
        lines.append(line)
        offset += len(line) + 1
    return Captions(text="\n".join(lines), passages=tuple(passages))


def _after_number(block: str) -> tuple[str, str, str]:
    return block.partition("\n")[2].partition("\n")
