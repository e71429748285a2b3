"""The setting that says through which server mails go, read and checked; nothing is connected here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}
_OPTIONS = {"starttls", "ca"}


class StartTls(StrEnum):
    """Whether a connection that began in the clear goes on encrypted."""

    OFFERED = "offered"  # where the server offers it; a password is never sent in the clear to another machine
    REQUIRED = "required"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A server for mail by SMTP; `ca` is a file of certificates to trust instead of the system's."""

    host: str
    port: int
    is_encrypted: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: StartTls = StartTls.OFFERED
    ca: str | None = None

    @classmethod
    def read(cls, url: str) -> MailServer | None:
        """Read `smtp://user:password@host:587?starttls=required` or `smtps://...`; None of nothing.

        Raises ValueError that names what is wrong, and never the address: it holds a password.
        """
        if not url:
            return None
        scheme, host, port = _parts(url)
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if unknown := sorted(options.keys() - _OPTIONS):
            raise ValueError(f"has no option {', '.join(unknown)}; there are {', '.join(sorted(_OPTIONS))}")
        if options.get("starttls", "offered") not in tuple(StartTls):
            raise ValueError(f"starttls must be one of {', '.join(StartTls)}")
        return cls(
            host=host,
            port=port or _PORTS[scheme],
            is_encrypted=scheme == "smtps",
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            starttls=StartTls(options.get("starttls", "offered")),
            ca=options.get("ca"),
        )

    @property
    def needs_starttls(self) -> bool:
        """Whether nothing may be sent before the connection is encrypted."""
        guards_password = bool(self.user) and self.starttls is StartTls.OFFERED and not _is_this_machine(self.host)
        return not self.is_encrypted and (self.starttls is StartTls.REQUIRED or guards_password)

    def __str__(self) -> str:
        """What may be told of it: `mail.kyla.ee:587`."""
        return f"{self.host}:{self.port}"


def _parts(url: str) -> tuple[str, str, int | None]:
    with suppress(ValueError):  # its message may quote the address
        parts = urlsplit(url)
        if parts.scheme in _PORTS and parts.hostname and parts.path in ("", "/"):
            return parts.scheme, parts.hostname, parts.port
    raise ValueError("must look like smtp://user:password@host:587, signs such as @ or / in a password as %40, %2F")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
