"""What alerts stand on: where they are kept, what signs their links, how their mails go."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from flask import current_app

from aardekast.alerts import AlertBook
from aardekast.inbox import opened_alerts
from aardekast.mailserver import MailServer
from aardekast.settings import Settings
from webapp.alerts.tokens import Tokens

if TYPE_CHECKING:
    from aardekast.mailing import Mailer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Through which server mails go, from which address, where answers to them go, and where the site stands.

    A mail names no other address of the site than `public_url`: what a request calls the site, anyone can make up.
    """

    server: MailServer
    address: str
    public_url: str
    reply_to: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Sender | None:
        """As the settings name it; None where no mail can be sent."""
        if settings.smtp_url is None:
            return None
        return cls(
            server=settings.smtp_url,
            address=settings.mail_from,
            public_url=settings.public_url,
            reply_to=settings.email,
        )

    def mailer(self) -> Mailer:
        """A connection to be."""
        from aardekast.mailing import Mailer

        return Mailer(self.server, self.address)


@dataclass(slots=True, kw_only=True)
class Desk:
    """Made with what opens the book of alerts, the key that signs the forms, and the sender."""

    book: Callable[[], AbstractContextManager[AlertBook]]
    key: bytes
    sender: Sender
    tokens: Tokens = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.key)


def desk_of(settings: Settings, key: bytes) -> Desk | None:
    """As the settings have it; each book is the catalogue, opened for the moment. None where no mail can be sent."""
    sender = Sender.of(settings)
    return Desk(book=partial(opened_alerts, settings.database_url), key=key, sender=sender) if sender else None


def desk() -> Desk:
    """The desk of this site."""
    found: Desk = current_app.extensions["aardekast.alerts"]
    return found


def has_alerts() -> bool:
    """Whether this site can send mails."""
    return "aardekast.alerts" in current_app.extensions
