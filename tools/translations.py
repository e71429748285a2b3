"""Bring the translations of the interface up to what the code and the templates say: `make translations`.

New texts come into webapp/translations/*/LC_MESSAGES/messages.po with an empty msgstr, those that are gone leave it,
and what is translated stays as it is. What is left to translate is named. Nothing is guessed (no fuzzy entries).
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

REPOSITORY = Path(__file__).parents[1]
LANGUAGES = ("en", "ru")
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
HEADER = "Translations of Aardekast. The msgids are its Estonian texts; see CONTRIBUTING.md."
# Lines of the header that would change with every call, or say nothing.
UNTOLD = ("POT-Creation", "PO-Revision", "Generated-By", "Project-Id", "Report-", "Last-", "Language-Team")


def path_of(language: str) -> Path:
    """Where the translations into a language stand."""
    return REPOSITORY / "webapp" / "translations" / language / "LC_MESSAGES" / "messages.po"


def template() -> Catalog:
    """Every text of the interface, with the files that it stands in."""
    texts = Catalog(charset="utf-8")
    for name, _line, message, comments, context in extract_from_dir(REPOSITORY / "webapp", METHODS):
        texts.add(message, locations=[(f"webapp/{name}", None)], auto_comments=comments, context=context)
    return texts


def known(language: str) -> Catalog:
    """The translations as they are in the file."""
    path = path_of(language)
    return read_po(io.BytesIO(path.read_bytes() if path.exists() else b""), locale=language)


def brought_up(language: str, texts: Catalog) -> Catalog:
    """The translations into a language of exactly these texts."""
    catalogue = known(language)
    catalogue.update(texts, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# {HEADER}"
    catalogue.fuzzy = False
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The file of a catalogue: texts in the order of the alphabet, so that two who add some do not meet."""
    file = io.BytesIO()
    write_po(file, catalogue, width=118, sort_output=True, include_lineno=False)
    lines = file.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in UNTOLD))).encode()


def untranslated(catalogue: Catalog) -> list[str]:
    """The msgids that have no translation, or not in all plural forms."""
    missing = []
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (not all(forms) or (message.pluralizable and len(forms) != catalogue.num_plurals)):
            missing.append(message.id[0] if isinstance(message.id, tuple) else message.id)
    return missing


def main() -> None:
    """Update the files of all languages."""
    texts, left = template(), 0
    for language in LANGUAGES:
        catalogue = brought_up(language, texts)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(written(catalogue))
        for text in (missing := untranslated(catalogue)):
            sys.stdout.write(f"{language}: {text}\n")
        left += len(missing)
    sys.stdout.write(f"{left} texts to translate.\n")


if __name__ == "__main__":
    main()
