"""Stems of the languages that are not Estonian, by Snowball."""

from __future__ import annotations

import threading
from functools import lru_cache

from Stemmer import Stemmer

STEMMED = {"en": "english", "ru": "russian", "fi": "finnish", "de": "german", "sv": "swedish"}
_local = threading.local()


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The stem of a word in one of the languages of STEMMED."""
    return str(_stemmer(language).stemWord(word.lower().replace("ё", "е")))


def _stemmer(language: str) -> Stemmer:
    """One for each thread: a stemmer keeps its word in itself."""
    stemmers: dict[str, Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer(STEMMED[language])
    return stemmers[language]
