"""Which captions of a recording are read, and their text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yt_dlp.utils import YoutubeDLError

from harvester.extraction.captions import Captions, read_captions
from harvester.recordings.handler import RefusedError

LANGUAGES = ("et", "en", "ru")
_CODES = {"est": "et", "eng": "en", "rus": "ru", "ees": "et", "eesti": "et", "inglise": "en", "vene": "ru"}
_READABLE = ("vtt", "srt")


def captions_of(downloader: Any, info: Mapping[str, Any], language: str | None) -> tuple[Captions, str | None]:
    """The captions in the recording's language, else the source's, else Estonian, English, Russian.

    Those by hand go before what a machine heard; what a machine translated is none. Second comes why there are none,
    where there should be.
    """
    spoken = _code(str(info.get("language") or ""))
    order = dict.fromkeys(code for code in (spoken, language, *LANGUAGES) if code in LANGUAGES)
    why_not = None
    for track in _tracks(info, list(order), spoken):
        try:
            captions = read_captions(_content(downloader, track))
        except RefusedError as fault:
            why_not = f"captions: {fault.refusal.reason}"
        except YoutubeDLError:
            why_not = "captions: cannot be had"
        else:
            if captions.text:
                return captions, None
            why_not = "captions: are empty"
    return Captions(), why_not


def _tracks(info: Mapping[str, Any], order: list[str], spoken: str | None) -> Iterator[Mapping[str, Any]]:
    by_hand, made = info.get("subtitles") or {}, info.get("automatic_captions") or {}
    for code in order:
        for name, tracks in by_hand.items():
            if _code(name or "") == code or (not name and code == order[0]):
                yield from _readable(tracks)
    for name, tracks in made.items():
        # YouTube marks what was heard, not translated, with "-orig".
        if _code(name) in order and (name.endswith("-orig") or _code(name) == spoken):
            yield from _readable(tracks)


def _readable(tracks: Any) -> Iterator[Mapping[str, Any]]:
    """The first track that can be read: the others of a language are the same in other formats."""
    for extension in _READABLE:
        for track in tracks:
            if track.get("ext") == extension and (track.get("url") or track.get("data")):
                yield track
                return


def _content(downloader: Any, track: Mapping[str, Any]) -> str:
    if track.get("data"):
        return str(track["data"])
    body: bytes = downloader.urlopen(track["url"]).read()
    return body.decode("utf-8-sig", "replace")


def _code(name: str) -> str:
    """The language in two letters, of "et", "et-EE", "est" or "Eesti"."""
    start = name.lower().replace("_", "-").partition("-")[0].partition(" ")[0]
    return _CODES.get(start, start)
