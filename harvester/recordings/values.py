"""What the harvest and the process of yt-dlp say to each other."""

from __future__ import annotations

from dataclasses import dataclass

from aardekast.resource import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is at this address? No more than `most` entries of a list; captions in `language` before other ones."""

    url: str
    language: str | None = None
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A request that yt-dlp would like to have made."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of it. `url` is the address that answered."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """Why nothing came of it: `outcome` and `reason` as in a Reason."""

    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What was found out. `published` is a day, `text` the captions, else the titles of the chapters."""

    url: str
    title: str
    description: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    minutes: int | None = None
    text: str = ""
    passages: tuple[Passage, ...] = ()
    keywords: tuple[str, ...] = ()
    without_captions: str | None = None  # why there are none, where there should be


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A channel or playlist: the addresses of what is on it. `cut_by` is why the rest could not be had."""

    urls: tuple[str, ...]
    cut_by: NoAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRecording:
    """Why there is none: `outcome` and `reason` as in a Reason; `status` where a server said no."""

    reason: str
    outcome: str = "failed"
    status: int | None = None


Found = Recording | Listing | NoRecording
