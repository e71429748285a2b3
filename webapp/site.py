"""What every view is given: the index, the vocabulary and the version of the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar, cast

from flask import current_app, g, request
from flask_babel import get_timezone

from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary
from index import Engine, Searcher
from webapp.kept import Answers
from webapp.searchlog import SearchLog

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who keeps this Aardekast, how to reach them, and when they last assessed how accessible it is."""

    name: str
    url: str
    email: str
    assessed: date

    @classmethod
    def of(cls, settings: Settings) -> Owner:
        """As the settings name them."""
        return cls(settings.owner, settings.contact, settings.email, settings.assessed)


@dataclass(slots=True)
class Site:
    """What `create_app` was given, and what is worth keeping between requests."""

    engine: Engine
    vocabulary: Vocabulary
    version: str
    owner: Owner
    search_log: SearchLog | None = None
    embed_hosts: tuple[str, ...] = ()  # origins that may show the pages of /embed/ in frames
    answers: Answers = field(default_factory=Answers)
    _kept: dict[str, tuple[object, object]] = field(default_factory=dict)

    def keep(self, name: str, key: object, make: Callable[[], Value]) -> Value:
        """What goes by this name, made again only when the key is another one than the last time."""
        kept = self._kept.get(name)  # held here: another thread may put its own in the place
        if kept is None or kept[0] != key:
            self._kept[name] = kept = (key, make())
        return cast("Value", kept[1])


def site() -> Site:
    """The site that answers this request."""
    return cast("Site", current_app.extensions["aardekast"])


def vocabulary() -> Vocabulary:
    """The vocabulary of the site."""
    return site().vocabulary


def searcher() -> Searcher:
    """The searcher of this request: one generation from its start to its end. Raises IndexMissingError."""
    if "searcher" not in g:
        g.searcher = site().engine.open()
    return cast("Searcher", g.searcher)


def static_url(name: str) -> str:
    """The address of a static file, as url_for gives it; a page of results asks for one drawing thirty times."""
    return f"{request.script_root}{current_app.static_url_path}/{name}"


def today() -> date:
    """The day in Estonia."""
    return datetime.now(get_timezone()).date()


def version_of(folder: Path, vocabulary: Vocabulary) -> str:
    """Changes when a file of the site or the vocabulary does: what static addresses and ETags carry."""
    digest = hashlib.blake2b(repr(vocabulary).encode(), digest_size=6)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
