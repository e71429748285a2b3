"""What visitors send to the curators without an account: materials that they suggest, problems that they report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class LetterKind(StrEnum):
    """What a visitor wants."""

    SUGGESTION = "suggestion"
    REPORT = "report"


class ReportReason(StrEnum):
    """What is wrong, as the form sends it."""

    DEAD_LINK = "katkine-link"
    WRONG_TOPIC = "vale-teema"
    COPYRIGHT = "autorioigus"
    PERSONAL = "isikuandmed"
    OTHER = "muu"


class Decision(StrEnum):
    """What the curators made of it: followed, or put aside."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A suggestion (`url`, `title`, `resource_kind`, `text`) or a report (`reason`, `text`, `resource_id` or `url`)."""

    kind: LetterKind
    url: str = ""
    title: str = ""
    resource_kind: str = ""
    resource_id: str = ""
    reason: str = ""
    text: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLetter:
    """A letter that no curator has decided yet. Its id, `L12`, can be no id of a resource: these have no capitals."""

    id: str
    letter: Letter
    received: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What became of a letter that came in.

    A suggestion is not kept where its address leads to a visible resource (`resource_id`) or was withdrawn.
    """

    is_kept: bool
    resource_id: str | None = None
    is_withdrawn: bool = False


class Inbox(Protocol):
    """Where letters wait for the curators."""

    def receive(self, letter: Letter) -> Reception:
        """Keep a letter, once however often it is sent. Raises InboxError when it cannot be kept now."""
        ...
