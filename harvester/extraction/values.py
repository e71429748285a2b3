"""What goes into an extraction and what comes out: values that travel between processes."""

from __future__ import annotations

from dataclasses import dataclass

from aardekast.resource import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """An answer as it came; `publisher` is the source's, which titles often end with."""

    url: str
    body: bytes
    content_type: str = ""
    publisher: str = ""
    language: str | None = None  # the source's, which decides in doubt
    repeated: frozenset[str] = frozenset()  # digests of lines that stand on many pages of its host


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What was found in it. `canonical` is believed already; `published` is a date to the precision known."""

    title: str = ""
    text: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None  # as the page declares it
    canonical: str | None = None
    format: str = "html"
    pages: int | None = None
    minutes: int | None = None
    passages: tuple[Passage, ...] = ()
    kind: str | None = None  # a slug of the vocabulary, where the page says what it is
    likely_kind: str | None = None  # likewise, where its words for that are others than ours
    audiences: tuple[str, ...] = ()  # likewise
    licence: str | None = None
    starts: str | None = None  # of an event
    ends: str | None = None
    place: str | None = None
    robots: str = ""  # the words of its robots metas
    alternates: tuple[tuple[str, str], ...] = ()  # language and address of the page in other languages
    detected: str | None = None  # the language of the text
    bands: tuple[int, ...] | None = None  # what near copies are found by; None where nobody looked
    origins: tuple[str, ...] = ()  # addresses or names that it gives as where its text comes from
    reservation: str = ""  # its tdm-reservation meta
    publisher: str = ""  # as it is declared
    keywords: tuple[str, ...] = ()  # likewise


CANCELLED = "cancelled: the event is not held"  # why an event is no material, as its page or its calendar says


@dataclass(frozen=True, slots=True, kw_only=True)
class NoExtract:
    """Why nothing was found: `outcome` and `reason` as in a Reason."""

    reason: str
    outcome: str = "rejected"
