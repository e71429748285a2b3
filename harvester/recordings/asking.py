"""What yt-dlp says of an address: a recording, a list of them, or why neither."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yt_dlp.networking.exceptions import HTTPError
from yt_dlp.utils import DownloadError, ExtractorError, UnsupportedError, YoutubeDLError

from harvester.recordings.described import recording_of
from harvester.recordings.handler import RefusedError
from harvester.recordings.values import Found, Listing, NoAnswer, NoRecording, Question, Recording

_GENERIC = "Generic"
_DESCRIBED = ("title", "description", "timestamp", "duration", "uploader", "chapters", "tags")
_MOST_HOPS = 5  # from a short link to an embedded player to its site
_CLOSED = {
    "private": "is private",
    "premium_only": "is for subscribers only",
    "subscriber_only": "is for subscribers only",
    "needs_auth": "asks for a login",
}
_NOT_OVER = {"is_upcoming": "has not been recorded yet", "is_live": "is still being recorded"}


def look_at(downloader: Any, question: Question) -> Found:
    """What is there."""
    try:
        return _look_at(downloader, question)
    except YoutubeDLError as fault:
        return _no_recording(fault)


def _look_at(downloader: Any, question: Question) -> Found:
    info = downloader.extract_info(question.url, download=False, process=False)
    for _ in range(_MOST_HOPS):
        if not info or info.get("_type") not in ("url", "url_transparent"):
            break
        info = downloader.extract_info(info["url"], download=False, process=False, ie_key=info.get("ie_key"))
    if not info:
        return NoRecording(reason="no recording is found on the page", outcome="rejected")
    if info.get("_type") in ("playlist", "multi_video"):
        return _listing(downloader, info, question)
    return _recording(downloader, info, question)


def _recording(downloader: Any, info: dict[str, Any], question: Question) -> Recording | NoRecording:
    if info.get("extractor_key") in (_GENERIC, "HTML5MediaEmbed"):
        info = _as_its_page_says(downloader, info)
    info = downloader.process_ie_result(info, download=False)
    reason = _CLOSED.get(str(info.get("availability"))) or _NOT_OVER.get(str(info.get("live_status")))
    if reason is not None:
        return NoRecording(reason=reason, outcome="rejected")
    return recording_of(downloader, info, question)


def _as_its_page_says(downloader: Any, info: dict[str, Any]) -> dict[str, Any]:
    """With the page's own description of its recording, for which the generic extractor does not look at a player's."""
    generic, number = downloader.get_info_extractor(_GENERIC), str(info.get("id")).rpartition("-")[2]
    said = generic._search_json_ld(downloader.ask.page, None, expected_type="VideoObject", default={})
    title = str(info.get("title") or "").removesuffix(f" ({number})")  # it counts the players of a page
    return info | {"title": title} | {name: said[name] for name in _DESCRIBED if said.get(name)}


def _listing(downloader: Any, info: dict[str, Any], question: Question) -> Found:
    """The entries that have addresses; several players on a page are that page, and the first with captions counts."""
    entries, cut_by = _entries(info, question.most)
    urls = [url for entry in entries if (url := _address(entry)) and url != question.url]
    if urls or not entries:
        return Listing(urls=tuple(dict.fromkeys(urls)), cut_by=cut_by)
    captioned = [entry for entry in entries if entry.get("subtitles")]
    of_page = {name: value for name in ("title", "description") if (value := info.get(name))}
    return _recording(downloader, (captioned or entries)[0] | of_page | {"webpage_url": question.url}, question)


def _entries(info: dict[str, Any], most: int) -> tuple[list[dict[str, Any]], NoAnswer | None]:
    """As many as could be had: a list's later pages may be forbidden to us."""
    entries: list[dict[str, Any]] = []
    walk: Iterator[Any] = iter(info.get("entries") or ())
    try:
        for entry in walk:
            if isinstance(entry, dict):
                entries.append(entry)
            if len(entries) >= most:
                break
    except YoutubeDLError as fault:
        refused = _no_recording(fault)
        return entries, NoAnswer(outcome=refused.outcome, reason=refused.reason)
    return entries, None


def _address(entry: dict[str, Any]) -> str | None:
    is_link = entry.get("_type") in ("url", "url_transparent")
    url = entry.get("webpage_url") or (entry.get("url") if is_link else None)
    return url if isinstance(url, str) and url.startswith(("http://", "https://")) else None


def _no_recording(fault: YoutubeDLError) -> NoRecording:
    """What went wrong, at its root."""
    root = _root(fault)
    if isinstance(root, RefusedError):
        return NoRecording(reason=root.refusal.reason, outcome=root.refusal.outcome)
    if isinstance(root, HTTPError):
        return NoRecording(reason=f"answers {root.status}", status=root.status)
    if isinstance(root, UnsupportedError):
        return NoRecording(reason="no recording is found on the page", outcome="rejected")
    if isinstance(root, ExtractorError):
        return NoRecording(reason=f"cannot be read: {_first_line(root.orig_msg or str(root))}")
    return NoRecording(reason=f"cannot be read: {_first_line(str(root))}")


def _root(fault: BaseException) -> BaseException:
    inner: Any = fault.exc_info[1] if isinstance(fault, DownloadError) and fault.exc_info else None
    inner = inner or getattr(fault, "cause", None)
    return _root(inner) if isinstance(inner, YoutubeDLError) and inner is not fault else fault


def _first_line(message: str) -> str:
    return message.strip().partition("\n")[0].partition(";")[0][:120]
