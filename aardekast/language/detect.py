"""The language of a text, by langdetect. Which words a language has is for the other modules of this package."""

from __future__ import annotations

from functools import cache
from typing import Any

from langdetect import LangDetectException, detector_factory

from aardekast.vocabulary import LANGUAGE_LABELS

LENGTH = 2_000  # characters that are looked at: more make it slower (5 ms for 2,000), not surer
LEAST_LETTERS = (
    20  # "Leader toetus" (12) is Dutch to langdetect; from 20 letters on the titles of our cards come out right
)
# langdetect averages seven tries: 0.1 is less than one of them, so the favoured language was seen at least once.
CLOSE = 0.1


def detect_language(text: str, *, hint: str | None = None) -> str | None:
    """The language code of the text, None where it is too short to tell; the same answer every time.

    `hint` is what the language probably is: it wins when its probability is close. So do, after it, the
    languages that visitors can filter by, over neighbours such as Bulgarian for Russian.
    """
    text = text[:LENGTH]
    if sum(sign.isalpha() for sign in text) < LEAST_LETTERS:
        return None
    detector = _factory().create()
    detector.append(text)
    try:
        found = {language.lang: language.prob for language in detector.get_probabilities()}
    except LangDetectException:  # no letters that any language has
        return None
    for favoured in (hint, *sorted(LANGUAGE_LABELS, key=lambda name: -found.get(name, 0.0))):
        if favoured is not None and found.get(favoured, 0.0) >= CLOSE:
            return favoured
    return max(found, key=lambda name: found[name]).partition("-")[0] if found else None


@cache
def _factory() -> Any:
    """The profiles of 55 languages (0.4 s to load), seeded: langdetect draws its n-grams at random."""
    factory = detector_factory.DetectorFactory()
    factory.load_profile(detector_factory.PROFILES_DIRECTORY)
    factory.set_seed(0)
    return factory
