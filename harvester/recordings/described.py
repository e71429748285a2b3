"""A recording as yt-dlp describes it, as our values: its date, its length, its chapters and what is said in it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from aardekast.addresses import fault_of, host_of
from aardekast.language.text import clean
from aardekast.resource import Passage
from harvester.extraction.captions import Captions
from harvester.recordings.captions import captions_of
from harvester.recordings.values import Question, Recording

_MOST_KEYWORDS = 20  # more are for search engines
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


def recording_of(downloader: Any, info: dict[str, Any], question: Question) -> Recording:
    """The recording; its captions are asked for."""
    url = _text(info, "webpage_url")
    url = url if fault_of(url) is None else question.url
    captions, why_not = captions_of(downloader, info, question.language)
    text, passages = _with_chapters(captions, _chapters(info))
    return Recording(
        url=url,
        title=clean(_text(info, "title")),
        description=clean(_text(info, "description")),
        authors=tuple(dict.fromkeys(name for key in ("channel", "uploader") if (name := _text(info, key))))[:1],
        published=_day(_text(info, "upload_date")),
        minutes=_minutes(info.get("duration")),
        text=text,
        passages=tuple(_linked(passage, url) for passage in passages),
        keywords=tuple(tag for tag in info.get("tags") or () if isinstance(tag, str))[:_MOST_KEYWORDS],
        without_captions=why_not,
    )


def _with_chapters(captions: Captions, chapters: list[tuple[int, str]]) -> tuple[str, tuple[Passage, ...]]:
    """Text and passages: a chapter begins at the first words said in it; where none are known its title is the text."""
    if not captions.text:
        lines, offset = [], 0
        for start, title in chapters:
            lines.append(Passage(offset=offset, heading=title, start=start))
            offset += len(title) + 1
        return "\n".join(title for _, title in chapters), tuple(lines)
    named: dict[int, Passage] = {passage.offset: passage for passage in captions.passages}
    for start, title in chapters:
        first = next((p for p in captions.passages if p.start is not None and p.start >= start), None)
        if first is not None:
            named[first.offset] = Passage(offset=first.offset, heading=title, start=start)
    return captions.text, tuple(named[offset] for offset in sorted(named))


def _chapters(info: dict[str, Any]) -> list[tuple[int, str]]:
    """Start in seconds, and title."""
    found = []
    for chapter in info.get("chapters") or ():
        start, title = chapter.get("start_time"), clean(_text(chapter, "title"))
        if isinstance(start, int | float) and title and "\n" not in title:
            found.append((int(start), title))
    return sorted(found)


def _linked(passage: Passage, url: str) -> Passage:
    """The passage with a link to its moment, as the site of the recording wants it; else that of media fragments."""
    if passage.start is None:
        return passage
    host = host_of(url)
    if host.endswith(("youtube.com", "youtu.be")):
        fragment = f"{'&' if urlsplit(url).query else '?'}t={passage.start}"
    else:
        fragment = f"#t={passage.start}s" if host.endswith("vimeo.com") else f"#t={passage.start}"
    return Passage(offset=passage.offset, heading=passage.heading, start=passage.start, fragment=fragment)


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""


def _day(written: str) -> str | None:
    match = _DAY.fullmatch(written)
    return "-".join(match.groups()) if match else None


def _minutes(seconds: Any) -> int | None:
    return max(1, round(seconds / 60)) if isinstance(seconds, int | float) and seconds > 0 else None
