"""What is told from the text of an extract: what its site repeats, its language, what near copies of it are found by.

Done where the text is extracted, because it takes as long: the process that keeps what all the others read would be
what they wait for.
"""

from __future__ import annotations

from dataclasses import replace

from aardekast.language import estonian
from aardekast.language.detect import detect_language
from aardekast.language.likeness import bands
from aardekast.language.repeated import without_repeated
from harvester.extraction.values import Extract, NoExtract, Raw


def told(raw: Raw, found: Extract | NoExtract) -> Extract | NoExtract:
    """The extract without the lines that its site repeats, with its language and bands; without text as it is."""
    if isinstance(found, NoExtract) or not found.text:
        return found
    estonian.forget_beyond_many()
    # Of the whole text: a page must not change its language with the run in which its site's lines become known.
    detected = detect_language(found.text, hint=found.language or raw.language)
    if found.format == "html":
        text, passages = without_repeated(found.text, found.passages, raw.repeated)
        found = replace(found, text=text, passages=passages)
    return replace(found, detected=detected, bands=bands(found.text))
