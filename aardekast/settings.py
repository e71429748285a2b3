"""The settings: one table of name, default and help, read from AARDEKAST_* in the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from aardekast import __version__
from aardekast.errors import SettingsError
from aardekast.mailaddress import normalised_address
from aardekast.mailserver import MailServer

Network = IPv4Network | IPv6Network
LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
Hours = tuple[int, int]  # from the first hour of a day on, up to the second, which may be of the next day
_SHORTEST_SECRET = 16  # signs; shorter ones can be guessed
CONTACT_URL = "https://kogukonnaveeb.ee/"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: its environment variable is AARDEKAST_ and the name in capitals."""

    name: str
    default: str
    help: str
    read: Callable[[str], object]
    is_secret: bool = False  # its value stands in no message

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"AARDEKAST_{self.name.upper()}"


def _number(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise ValueError(f"must lie between {least:g} and {most:g}")
        return value

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError(f"must lie between {least} and {most}")
        return value

    return read


def _hours(text: str) -> Hours | None:
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    if first == last or max(first, last) > 24:
        raise ValueError("must be two different hours, such as 22-6")
    return first, last


def _optional_path(text: str) -> Path | None:
    return Path(text).expanduser() if text else None


def _path(text: str) -> Path:
    if not text:
        raise ValueError("must name a folder")
    return Path(text).expanduser()


def _switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("must be 1 for on or 0 for off")
    return text == "1"


def _header(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z0-9-]+", text):
        raise ValueError("must be the name of one header")
    return text


def _domain(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+", text):
        raise ValueError("must be a domain such as aardekast.ee")
    return text


def _secret(text: str) -> str:
    if 0 < len(text) < _SHORTEST_SECRET:
        raise ValueError(f"must have at least {_SHORTEST_SECRET} signs")
    return text


def _mail_address(text: str) -> str:
    address = normalised_address(text)
    if text and not address:
        raise ValueError("must be an e-mail address alone, such as aardekast@kyla.ee")
    return address


def _public_url(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text):
        raise ValueError("must be an address such as https://aardekast.kyla.ee/")
    return text and text.rstrip("/") + "/"


def _origins(text: str) -> tuple[str, ...]:
    """Origins as browsers compare them; what else a policy may hold (paths, stars, words) is refused."""
    found = tuple(part.strip().rstrip("/").lower() for part in text.split(",") if part.strip())
    for origin in found:
        if not re.fullmatch(r"https?://([a-z0-9-]+\.)*[a-z0-9-]+(:[0-9]{1,5})?", origin):
            raise ValueError(f"'{origin}' is not an origin such as https://kogukonnaveeb.ee")
    return tuple(dict.fromkeys(found))


def _networks(text: str) -> tuple[Network, ...]:
    if text in ("", "0"):
        return ()
    if text == "1":
        return LOOPBACK
    return tuple(ip_network(part.strip()) for part in text.split(","))


SETTINGS = (
    Setting("home", "./var", "Folder of the state: catalogue, index, searches, key, lock.", _path),
    Setting(
        "resources", "", "The curators' resources.yaml; else ./resources.yaml, else the built-in copy.", _optional_path
    ),
    Setting(
        "vocabulary",
        "",
        "The curators' vocabulary.yaml; else ./vocabulary.yaml, else the built-in copy.",
        _optional_path,
    ),
    Setting("database", "", "SQLAlchemy URL of the catalogue; else SQLite in the state folder.", str),
    Setting("delay", "1", "Seconds between two requests to one host, more where it is slow; 0: none.", _number(0, 600)),
    Setting("timeout", "20", "Seconds that one request may take.", _number(0.1, 600)),
    Setting("max_size", "20971520", "Largest answer in bytes that is read.", _whole(1024, 1 << 31)),
    Setting("source_minutes", "360", "Minutes that one source may take in a run.", _number(0.01, 10_000)),
    Setting("full_every", "4", "Every so many visits a source is read whole, not only what changed.", _whole(1, 1000)),
    Setting("hours", "", "Hours in Estonia in which what is due is harvested, such as 22-6; else always.", _hours),
    Setting(
        "allow_private",
        "",
        "Private networks that the harvester may reach, with commas between; 1 means loopback.",
        _networks,
    ),
    Setting("contact", CONTACT_URL, "Address where a webmaster finds out who harvests.", str),
    Setting("owner", "Kogukonnaveeb", "Who keeps this Aardekast and its visitors' data, as its pages name them.", str),
    Setting(
        "email", "", "Address that visitors may write to; where it is empty, pages lead to AARDEKAST_CONTACT.", str
    ),
    Setting("assessed", "2026-11-22", "Day of the last self-assessment of accessibility.", date.fromisoformat),
    Setting("host", "127.0.0.1", "Address that the site listens on.", str),
    Setting("port", "8000", "Port that the site listens on; 0 takes a free one.", _whole(0, 65535)),
    Setting("workers", "2", "Processes that serve the site.", _whole(1, 64)),
    Setting(
        "secret",
        "",
        "Key that signs the public forms; else made once and kept in the state folder.",
        _secret,
        is_secret=True,
    ),
    Setting(
        "address_header",
        "",
        "Header in which your own proxy names the visitor, such as X-Forwarded-For; without it none is believed.",
        _header,
    ),
    Setting(
        "oai_domain",
        "kogukonnaveeb.ee",
        "Domain of yours in the identifiers of OAI-PMH records; choose it once, whatever the site's address becomes.",
        _domain,
    ),
    Setting(
        "embed_hosts",
        "",
        "Sites that may show /embed/ in frames, such as https://kogukonnaveeb.ee, with commas between.",
        _origins,
    ),
    Setting("search_log", "1", "1 keeps what is searched for 90 days, without who; 0 keeps nothing.", _switch),
    Setting(
        "public_url",
        "",
        "Address at which visitors open the site, such as https://aardekast.kyla.ee/; mails link to it.",
        _public_url,
    ),
    Setting(
        "smtp_url",
        "",
        "Server that sends mails: smtp://user:password@host:587 or smtps://...; empty: nobody can be told by mail.",
        MailServer.read,
        is_secret=True,
    ),
    Setting("mail_from", "", "Address that mails come from, and that bounces of other servers go to.", _mail_address),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings in force, each read and checked once."""

    home: Path
    resources: Path | None
    vocabulary: Path | None
    database: str
    delay: float
    timeout: float
    max_size: int
    source_minutes: float
    full_every: int
    hours: Hours | None
    allow_private: tuple[Network, ...]
    contact: str
    owner: str
    email: str
    assessed: date
    host: str
    port: int
    workers: int
    secret: str
    address_header: str
    oai_domain: str
    embed_hosts: tuple[str, ...]
    search_log: bool
    public_url: str
    smtp_url: MailServer | None
    mail_from: str

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, **options: object) -> Settings:
        """Read the environment; an option that is not None wins over it.

        Raises SettingsError that names the variable and what is wrong with its value.
        """
        environ = os.environ if environ is None else environ
        values: dict[str, object] = {}
        for setting in SETTINGS:
            option = options.pop(setting.name, None)
            text = str(option) if option is not None else environ.get(setting.variable, setting.default)
            try:
                values[setting.name] = setting.read(text)
            except ValueError as fault:
                said = "" if setting.is_secret else f"={text!r}"
                cause = None if setting.is_secret else fault
                raise SettingsError(f"{setting.variable}{said}: {fault}. {setting.help}") from cause
        if options:
            raise SettingsError(f"There is no setting called {', '.join(sorted(options))}.")
        settings = cls(**values)  # type: ignore[arg-type]
        settings._require_mail()
        return settings

    def _require_mail(self) -> None:
        """Raises SettingsError where there is a mail server, but mails would lack what they need."""
        lacking = [name for name in ("mail_from", "public_url") if not getattr(self, name)]
        if self.smtp_url and lacking:
            names = " and ".join(f"AARDEKAST_{name.upper()}" for name in lacking)
            raise SettingsError(f"AARDEKAST_SMTP_URL is set, so set {names}, too: no mail can be written without.")

    @property
    def database_url(self) -> str:
        """The catalogue's SQLAlchemy URL."""
        return self.database or f"sqlite:///{(self.home / 'catalogue.sqlite').absolute()}"

    @property
    def index_folder(self) -> Path:
        """Where the generations of the index lie."""
        return self.home / "index"

    @property
    def searches_folder(self) -> Path:
        """Where the searches of visitors lie."""
        return self.home / "searches"

    @property
    def user_agent(self) -> str:
        """How the harvester names itself."""
        return f"Aardekast/{__version__} (+{self.contact})"


assert [s.name for s in SETTINGS] == [f.name for f in fields(Settings)]
