"""The language of a text, by langdetect. Which words a language has is for the other modules of this package."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import numpy as np
from langdetect import LangDetectException, detector_factory
from langdetect.detector import Detector
from numpy.typing import NDArray

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
    detector = _Detector(_factory())
    detector.append(text)
    try:
        found = {language.lang: language.prob for language in detector.get_probabilities()}
    except LangDetectException:  # no letters that any language has
        return None
    for favoured in (hint, *sorted(LANGUAGE_LABELS, key=lambda name: -found.get(name, 0.0))):
        if favoured is not None and found.get(favoured, 0.0) >= CLOSE:
            return favoured
    return max(found, key=lambda name: found[name]).partition("-")[0] if found else None


class _Detector(Detector):  # type: ignore[misc]
    """langdetect's own with arrays instead of lists: the same answers in three quarters of the time."""

    def _init_probability(self) -> NDArray[np.float64]:
        return np.full(len(self.langlist), 1.0 / len(self.langlist))

    def _update_lang_prob(self, prob: NDArray[np.float64], word: str, alpha: float) -> bool:
        prob *= alpha / self.BASE_FREQ + _shares(word)
        return True

    def _normalize_prob(self, prob: NDArray[np.float64]) -> float:
        prob /= prob.sum()
        return float(prob.max())


@lru_cache(maxsize=10_000)  # 5 MB; Estonian, English and Russian together have some 6,000 of three letters
def _shares(ngram: str) -> NDArray[np.float64]:
    """How common some letters are in each language."""
    return np.array(_factory().word_lang_prob_map[ngram])


@cache
def _factory() -> Any:
    """The profiles of 55 languages (0.4 s to load), seeded: langdetect draws its n-grams at random."""
    factory = detector_factory.DetectorFactory()
    factory.load_profile(detector_factory.PROFILES_DIRECTORY)
    factory.set_seed(0)
    return factory
