"""The texts of the interface in other languages, read from the .po files that translators write.

They are read when the site starts, in some milliseconds: nothing is compiled beforehand, so nothing can be stale.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Domain, get_locale

from webapp.multilingual import OTHERS

FOLDER = Path(__file__).parent / "translations"


def catalogue_of(language: str) -> Path:
    """Where the translations into a language stand."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


class Messages(Domain):  # type: ignore[misc]
    """All translations; what has none, and all of Estonian, is shown as its msgid."""

    def __init__(self) -> None:
        super().__init__()
        self._translations = {language: _read(language) for language in OTHERS}

    def get_translations(self) -> NullTranslations:
        """Those of the language of the request."""
        return self._translations.get(str(get_locale()), NullTranslations())


def _read(language: str) -> Translations:
    with catalogue_of(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
