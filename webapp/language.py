"""The language of the interface: Flask-Babel's functions with the types that they lack.

The names are those that `pybabel extract` looks for; the msgids are Estonian.
"""

from __future__ import annotations

from datetime import date, datetime

import flask_babel

# Patterns of Unicode TR 35 as Estonian writes days, and what stands for them in other languages.
OTHER_PATTERNS = {"d.MM.y": {"en": "d MMM y", "ru": "dd.MM.y"}}


def gettext(msgid: str, /, **values: object) -> str:
    """The text in the language of the interface."""
    return str(flask_babel.gettext(msgid, **values))


def ngettext(singular: str, plural: str, number_of: int, /, **values: object) -> str:
    """The text for a number of things."""
    return str(flask_babel.ngettext(singular, plural, number_of, **values))


def language_tag() -> str:
    """The language of the interface: `et`."""
    return str(flask_babel.get_locale() or "et")


def number(count: int) -> str:
    """A number as the language writes it."""
    return str(flask_babel.format_decimal(count))


def written_date(day: date, pattern: str) -> str:
    """A day by an Estonian pattern, or by what the language writes in its place."""
    return str(flask_babel.format_date(day, _pattern(pattern)))


def written_moment(moment: datetime, pattern: str) -> str:
    """A moment, in Estonian time, by an Estonian pattern, or by what the language writes in its place."""
    return str(flask_babel.format_datetime(moment, _pattern(pattern)))


def _pattern(estonian: str) -> str:
    return OTHER_PATTERNS.get(estonian, {}).get(language_tag(), estonian)
