"""What each word of a segment stands for: maps from lemmas, compound parts, stems and letter groups to its words.

A document is kept once, as its words in the spelling they have. All that is known of a language is kept for each
different word, not for each occurrence: what a lemma finds are the postings of its words, added up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aardekast.language.snowball import stem
from index.alike import AlikeForms, build_alike
from index.arrays import Arrays
from index.folded_words import FoldedWords, build_folded_words
from index.near_words import NearWords, build_near_words
from index.schema import ESTONIAN, EXACT, LEMMA, PART, STEM
from index.terms import TermList, WordTerms, pack_texts

# The lemmas and the compound parts of words, by LEMMA and PART.
Analyses = Callable[[Sequence[str]], Mapping[str, WordTerms]]
Numbers = NDArray[np.int32]
_REMEMBERED = 1_024  # terms looked up last; a look-up reads some twenty terms
NO_WORDS = np.empty(0, dtype=np.int32)


def build_lexicon(language: str, words: Sequence[str], analyses: Analyses) -> dict[str, NDArray[Any]]:
    """The arrays of a Lexicon over words in the order of their UTF-8 bytes; `analyses` are asked for Estonian."""
    arrays = pack_texts(f"{language}.words", words)
    arrays |= _channel(language, EXACT, _one_for_each([word.lower() for word in words]))
    if language == ESTONIAN:
        for channel, found in analyses(words).items():
            arrays |= _channel(language, channel, found)
    else:
        arrays |= _channel(language, STEM, _one_for_each([stem(word, language) for word in words]))
    return arrays


def build_spellings(language: str, arrays: Arrays, sizes: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """The arrays by which words are found that are spelt otherwise; `sizes` says how many documents each word has."""
    forms = TermList(arrays, f"{language}.{EXACT}").texts()
    of_forms = np.repeat(np.arange(len(forms)), np.diff(arrays[f"{language}.{EXACT}.starts"]))
    counts = np.bincount(of_forms, sizes[arrays[f"{language}.{EXACT}.words"]], len(forms))
    return (
        build_alike(f"{language}.alike", forms)
        | build_near_words(f"{language}.near", forms, counts)
        | build_folded_words(f"{language}.folded", forms)
    )


class Lexicon:
    """The words of one language in one segment."""

    def __init__(self, arrays: Arrays, language: str) -> None:
        self.words = TermList(arrays, f"{language}.words")
        channels = (EXACT, LEMMA, PART) if language == ESTONIAN else (EXACT, STEM)
        self.channels = {channel: Channel(arrays, f"{language}.{channel}") for channel in channels}
        self.alike = AlikeForms(arrays, f"{language}.alike")
        self.near = NearWords(arrays, f"{language}.near")
        self._folded = FoldedWords(arrays, f"{language}.folded")

    def starting_with(self, channel: str, prefix: str) -> Numbers:
        """The words of all terms of a channel that begin so."""
        terms = self.channels[channel].terms.starting_with(prefix)
        return np.unique(self.channels[channel].words_between(terms.start, terms.stop))

    def starting_with_folded(self, prefix: str, most: int) -> Numbers:
        """The words of at most so many forms that begin so without their diacritics."""
        forms = self._folded.starting_with(prefix, most)
        return np.unique(np.concatenate([NO_WORDS, *(self.channels[EXACT].words_of(form) for form in forms)]))


class Channel:
    """Terms of one kind, and the words that each stands for."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.terms = TermList(arrays, name)
        self._starts = arrays[f"{name}.starts"]
        self._words = arrays[f"{name}.words"]
        self._find = lru_cache(maxsize=_REMEMBERED)(self.terms.find)

    def words(self, term: str) -> Numbers:
        """The numbers of the words that a term stands for."""
        number = self._find(term)
        return NO_WORDS if number is None else self.words_of(number)

    def words_of(self, number: int) -> Numbers:
        """The same by the number of the term."""
        return self._words[self._starts[number] : self._starts[number + 1]]

    def words_between(self, first: int, last: int) -> Numbers:
        """The words of a run of terms; one that stands for several of them comes several times."""
        return self._words[self._starts[first] : self._starts[last]]


def _one_for_each(terms: Sequence[str]) -> WordTerms:
    """Where each word stands for one term."""
    return WordTerms().extended([(term,) for term in terms])


def _channel(language: str, channel: str, found: WordTerms) -> dict[str, NDArray[Any]]:
    """The arrays of a Channel, from the terms of each word."""
    used = np.flatnonzero(np.bincount(found.numbers, minlength=len(found.terms)))
    order = np.array(sorted(used.tolist(), key=found.terms.__getitem__), dtype=np.int64)
    ranks = np.empty(len(found.terms), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    ranked = ranks[found.numbers]
    words = np.repeat(np.arange(len(found.counts), dtype=np.int32), found.counts)
    name = f"{language}.{channel}"
    return pack_texts(name, [found.terms[number] for number in order.tolist()]) | {
        f"{name}.starts": np.concatenate(([0], np.cumsum(np.bincount(ranked, minlength=len(order))))).astype(np.int64),
        f"{name}.words": words[np.argsort(ranked, kind="stable")],
    }
