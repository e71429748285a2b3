"""What is told from the text of an extract: its language, and what near copies of it are found by.

Done where the text is extracted, because it takes as long: the process that keeps what all the others read would be
what they wait for.
"""

from __future__ import annotations

from dataclasses import replace

from aardekast.language import estonian
from aardekast.language.detect import detect_language
from aardekast.language.likeness import bands
from harvester.extraction.values import Extract, NoExtract, Raw


def told(raw: Raw, found: Extract | NoExtract) -> Extract | NoExtract:
    """The extract with its language and bands; as it is where it has no text."""
    if isinstance(found, NoExtract) or not found.text:
        return found
    estonian.forget_beyond_many()
    detected = detect_language(found.text, hint=found.language or raw.language)
    return replace(found, detected=detected, bands=bands(found.text))
