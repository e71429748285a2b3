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

# Words that a worker remembers: 30 MB. The whole cache would take 120 MB in each of them, and grow for 10,000 pages.
MOST_WORDS = 50_000


def told(raw: Raw, found: Extract | NoExtract) -> Extract | NoExtract:
    """The extract with its language and bands; as it is where it has no text."""
    if isinstance(found, NoExtract) or not found.text:
        return found
    if estonian.analyse.cache_info().currsize > MOST_WORDS:
        estonian.forget()
    detected = detect_language(found.text, hint=found.language or raw.language)
    return replace(found, detected=detected, bands=bands(found.text))
