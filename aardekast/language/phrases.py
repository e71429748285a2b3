"""Words and phrases of the vocabulary, found in a text in any of their forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from aardekast.language.estonian import CACHE, analyse
from aardekast.language.text import words


class Phrase(NamedTuple):
    """What a phrase speaks of, the phrase as the vocabulary has it, and the lemmas of each of its words."""

    value: str
    text: str
    lemmas: tuple[tuple[str, ...], ...]


class Phrases:
    """Phrases by the lemmas that they start with."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases` are pairs of what is spoken of and the words that speak of it."""
        self._starting: dict[str, list[Phrase]] = {}
        for value, text in phrases:
            lemmas = tuple(analyse(word.text).lemmas for word in words(text))
            for lemma in lemmas[0] if lemmas else ():
                self._starting.setdefault(lemma, []).append(Phrase(value, text, lemmas))

    def found_in(self, part: Sequence[str]) -> Iterator[tuple[int, Phrase]]:
        """Every phrase that stands in these words, with the place of its first word; inside of compounds too."""
        lemmas = [_present_in(word) for word in part]
        for place, present in enumerate(lemmas):
            seen: list[Phrase] = []
            for lemma in self._starting.keys() & present:
                for phrase in self._starting.get(lemma, ()):
                    if phrase not in seen and _stands_at(lemmas, place, phrase):
                        seen.append(phrase)
                        yield place, phrase


@lru_cache(maxsize=CACHE)
def _present_in(word: str) -> frozenset[str]:
    found = analyse(word)
    return frozenset((*found.lemmas, *found.parts))


def _stands_at(lemmas: list[frozenset[str]], place: int, phrase: Phrase) -> bool:
    following = lemmas[place : place + len(phrase.lemmas)]
    return len(following) == len(phrase.lemmas) and all(
        present.intersection(wanted) for present, wanted in zip(following, phrase.lemmas, strict=True)
    )
