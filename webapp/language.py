"""The language of the interface: Flask-Babel's functions with the types that they lack.

The names are those that `pybabel extract` looks for; the msgids are Estonian.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

import flask_babel
from babel.numbers import format_decimal
from flask import Flask, g


def install(app: Flask) -> None:
    """Let the templates take the catalogue that this request has found: a page of results has sixty texts."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda msgid: _catalogue().ugettext(msgid),
        lambda singular, plural, number_of: _catalogue().ungettext(singular, plural, number_of),
        newstyle=True,
    )


# Patterns of Unicode TR 35 as Estonian writes days, and what stands for them in other languages.
OTHER_PATTERNS = {
    "d.MM.y": {"en": "d MMM y", "ru": "dd.MM.y"},
    "d. MMMM": {"en": "MMMM d", "ru": "d MMMM"},
}


def N_(msgid: str) -> str:  # noqa: N802 - the name that the extraction of texts looks for
    """A text that is translated where it is shown, not where it stands."""
    return msgid


def gettext(msgid: str, /, **values: object) -> str:
    """The text in the language of the interface."""
    text = str(_catalogue().ugettext(msgid))
    return text % values if values else text


def ngettext(singular: str, plural: str, number_of: int, /, **values: object) -> str:
    """The text for a number of things."""
    return str(flask_babel.ngettext(singular, plural, number_of, **values))


def language_tag() -> str:
    """The language of the interface: `et`."""
    return str(flask_babel.get_locale() or "et")


def number(count: int) -> str:
    """A number as the language writes it."""
    return _number(language_tag(), count)


def written_date(day: date, pattern: str) -> str:
    """A day by an Estonian pattern, or by what the language writes in its place."""
    return str(flask_babel.format_date(day, _pattern(pattern)))


def written_moment(moment: datetime, pattern: str) -> str:
    """A moment, in Estonian time, by an Estonian pattern, or by what the language writes in its place."""
    return str(flask_babel.format_datetime(moment, _pattern(pattern)))


def _pattern(estonian: str) -> str:
    return OTHER_PATTERNS.get(estonian, {}).get(language_tag(), estonian)


def _catalogue() -> Any:
    """The translations of this request, looked up once."""
    if "catalogue" not in g:
        g.catalogue = flask_babel.get_translations()
    return g.catalogue


@lru_cache(maxsize=4096)
def _number(tag: str, count: int) -> str:
    return str(format_decimal(count, locale=tag))
