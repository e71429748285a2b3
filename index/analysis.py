"""The analyzers: token filters of Whoosh around aardekast.language. Each reads as its chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from whoosh.analysis import Analyzer, Filter, Token, Tokenizer

from aardekast.language.estonian import analyse, grams
from aardekast.language.snowball import stem
from aardekast.language.text import count_words, words

# Written beside each generation; a new number makes every index be built anew.
ANALYZER_VERSION = 2


# Between the title, the card and the text of a document: their words are never neighbours.
BREAK = "\x1e"
_BREAK_WIDTH = 100  # positions; more than any window that words are looked for in


def first_positions(parts: Sequence[str]) -> list[int]:
    """The position of the first word of each part of a value that BREAK parts."""
    starts = [0]
    for part in parts[:-1]:
        starts.append(starts[-1] + count_words(part) + _BREAK_WIDTH)
    return starts


class WordTokenizer(Tokenizer):
    """Words as they are written, with their positions; a BREAK keeps those on its sides apart."""

    def __call__(self, value: str, **_options: Any) -> Iterator[Token]:
        token = Token(positions=True)
        token.boost, token.stopped = 1.0, False
        parts = value.split(BREAK)
        for part, start in zip(parts, first_positions(parts), strict=True):
            for word in words(part):
                token.text, token.pos = word.text, start + word.position
                yield token


class LowercaseFilter(Filter):
    """The exact form, without regard to capitals."""

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:
        for token in tokens:
            token.text = token.text.lower()
            yield token


class LemmaFilter(Filter):
    """Each word by all its lemmas, at one position."""

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:
        for token in tokens:
            for lemma in analyse(token.text).lemmas:
                token.text = lemma
                yield token


class CompoundPartFilter(Filter):
    """Only the parts of compounds, as lemmas, and the inner joins that are words."""

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:
        for token in tokens:
            for part in analyse(token.text).parts:
                token.text = part
                yield token


class GramFilter(Filter):
    """The boundary-marked letter groups of each word."""

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:
        for token in tokens:
            for gram in grams(token.text.lower()):
                token.text = gram
                yield token


class StemFilter(Filter):
    """The Snowball stem of each word in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:
        for token in tokens:
            token.text = stem(token.text, self.language)
            yield token


def exact_forms() -> Analyzer:
    """Words -> lower case."""
    return WordTokenizer() | LowercaseFilter()


def estonian_lemmas() -> Analyzer:
    """Words -> all lemmas."""
    return WordTokenizer() | LemmaFilter()


def estonian_parts() -> Analyzer:
    """Words -> compound parts and inner joins, as lemmas."""
    return WordTokenizer() | CompoundPartFilter()


def letter_groups() -> Analyzer:
    """Words -> lower case -> boundary-marked 4-grams."""
    return WordTokenizer() | GramFilter()


def stems(language: str) -> Analyzer:
    """Words -> lower case -> Snowball stems of a language of STEMMED."""
    return WordTokenizer() | StemFilter(language)
