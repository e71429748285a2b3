"""Estonian words: every lemma, the parts of compounds, and their boundary-marked letter groups."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from aardekast.language import vabamorf
from aardekast.language.folding import respelt

_LETTERS = re.compile(r"[^\W\d_]")
_NAME_LIKE = re.compile(r"[^\W\d_]*[A-ZÕÄÖÜŠŽ]")
_ACRONYM = re.compile(r"([A-ZÕÄÖÜŠŽ]{2,6})(?:[-']?[a-zõäöüšž]{1,6})?")
_MIN_PART = 2
_PRONOUN = "P"  # as Vabamorf marks parts of speech
GRAM = 4  # letters; measured best on the cards (research: 4-grams .829, first 5 letters .733)
CACHE = 200_000  # word types; about 120 MB when full, and no site of this kind has more
MANY = 50_000  # 30 MB; the whole cache would take 120 MB in each of several processes, and grow for 10,000 pages
READINGS = 50_000  # of small-letter forms and parts, which come again under other words: a third fewer calls


class WordAnalysis(NamedTuple):
    """What the index keeps of a word, each set in a stable order."""

    form: str
    lemmas: tuple[str, ...]
    parts: tuple[str, ...]


@lru_cache(maxsize=CACHE)
def analyse(word: str) -> WordAnalysis:
    """The all-lemma chain: readings of the lower-cased word and, where it has capitals, of the word as written.

    Hyphens do not part a lemma (`kriisi-plaan` and `kriisiplaan` are one); an acronym in capitals is a
    lemma of its own (`SA` is not `sa`). Source of the chain: research on UD Estonian, lemma recall .993.
    """
    form = word.lower()
    if not _LETTERS.search(word):
        return WordAnalysis(form, (form,), ())
    readings = _readings(form)
    readings += _respelt_readings(form)
    if _NAME_LIKE.match(word):
        readings += tuple(reading for reading in _readings(word) if reading not in readings)
    lemmas = dict.fromkeys(_plain(reading.lemma) for reading in readings)
    if not lemmas:
        lemmas = {form: None}
    acronym = acronym_of(word)
    if acronym:
        lemmas[acronym] = None
    parts: dict[str, None] = {}
    if any(len(reading.tokens) > 1 for reading in readings) and not _is_simple_name(form):
        for reading in readings:
            parts.update(dict.fromkeys(_parts(reading)))
    return WordAnalysis(form, tuple(lemmas), tuple(part for part in parts if part not in lemmas))


@lru_cache(maxsize=READINGS)
def _readings(word: str) -> tuple[vabamorf.Analysis, ...]:
    return vabamorf.analyse(word)


def forget() -> None:
    """Empty the caches of this module, for measuring what a word costs that was not met before."""
    for cached in (analyse, query_lemmas, grams, compound_parts, _readings):
        cached.cache_clear()


def forget_beyond_many() -> None:
    """Empty the caches where they have become large: for processes that read the texts of many sites."""
    if analyse.cache_info().currsize > MANY:
        forget()


def acronym_of(word: str) -> str | None:
    """The capitals of KOV, KOVi and KOV-ide; None for other words."""
    match = _ACRONYM.fullmatch(word)
    return match.group(1) if match else None


@lru_cache(maxsize=CACHE)
def query_lemmas(word: str) -> tuple[str, ...]:
    """The lemmas of a word in a query: those of the word as typed, and of the same word as a name."""
    return tuple(dict.fromkeys(analyse(word).lemmas + analyse(word.capitalize()).lemmas))


@lru_cache(maxsize=CACHE)
def grams(form: str) -> tuple[str, ...]:
    """The letter groups of a lower-cased word with its boundaries marked: küla -> ^kül, küla, üla$."""
    if not _LETTERS.search(form):
        return ()
    marked = f"^{form}$"
    return tuple(dict.fromkeys(marked[start : start + GRAM] for start in range(max(1, len(marked) - GRAM + 1))))


@lru_cache(maxsize=CACHE)
def compound_parts(word: str) -> tuple[tuple[str, ...], ...]:
    """The parts of a compound in order, each by all its lemmas, without inner joins; empty for simple words."""
    for reading in _readings(word.lower()):
        if len(reading.tokens) > 1 and not _is_simple_name(word.lower()):
            return tuple(lemmas for lemmas in _part_lemmas(reading) if lemmas)
    return ()


def _is_simple_name(form: str) -> bool:
    """Whether only a name is known of this spelling, which guessing takes for a compound: tal + linn."""
    names = vabamorf.known_readings(form.capitalize())
    return any(len(name.tokens) == 1 for name in names) and not vabamorf.is_known(form)


def _respelt_readings(form: str) -> tuple[vabamorf.Analysis, ...]:
    """The readings of kysin and k6ik as küsin and kõik, where only those are words."""
    guesses = respelt(form)
    if not guesses or vabamorf.is_known(form):
        return ()
    return tuple(reading for guess in guesses if vabamorf.is_known(guess) for reading in _readings(guess))


def _parts(reading: vabamorf.Analysis) -> tuple[str, ...]:
    """The parts analysed again, and the joins of neighbouring parts that are words themselves."""
    tokens = reading.tokens
    if len(tokens) < 2:
        return ()
    joins: list[str] = []
    for start in range(len(tokens)):
        for end in range(start + 2, len(tokens) + 1):
            if end - start < len(tokens):
                joins.extend(_lemmas_of_part("".join(tokens[start:end]), is_last=end == len(tokens), reading=reading))
    return (*(lemma for lemmas in _part_lemmas(reading) for lemma in lemmas), *joins)


def _part_lemmas(reading: vabamorf.Analysis) -> list[tuple[str, ...]]:
    last = len(reading.tokens) - 1
    return [
        _lemmas_of_part(token, is_last=number == last, reading=reading) for number, token in enumerate(reading.tokens)
    ]


def _lemmas_of_part(part: str, *, is_last: bool, reading: vabamorf.Analysis) -> tuple[str, ...]:
    """Non-final parts are stems or genitives and are analysed again; the last one ends as the lemma does."""
    if len(part) < _MIN_PART:
        return ()
    if is_last:
        return (_plain(part + _plain(reading.lemma)[len("".join(reading.tokens)) :]),)
    readings = _readings(part.lower())
    # No compound begins with a form of a pronoun where it may be anything else: teistsugune is not of sina.
    likely = [again for again in readings if again.part_of_speech != _PRONOUN] or readings
    return tuple(dict.fromkeys(_plain(again.lemma) for again in likely)) or (part.lower(),)


def _plain(lemma: str) -> str:
    return lemma.lower().replace("-", "").replace("'", "")
