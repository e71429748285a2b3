"""Vabamorf, the morphological analyser of Estonian, out of estnltk without the rest of estnltk."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from types import ModuleType
from typing import Any, NamedTuple

from aardekast.errors import LanguageToolError

_ALL_FORMS = "*"  # one call for all takes 0.24 ms; one for each of 28 forms takes 0.6 ms
_PHONETIC = str.maketrans("", "", "~?]<")


class Analysis(NamedTuple):
    """One reading of a word: dictionary form, the tokens of its compound, part of speech."""

    lemma: str
    tokens: tuple[str, ...]
    part_of_speech: str


def prepare() -> None:
    """Make the analyser of this process, before any thread is started and anew after a fork.

    Made first by several threads at once it fails; one inherited over a fork gives wrong lemmas.
    Raises LanguageToolError.
    """
    _instance()


def analyse(word: str) -> tuple[Analysis, ...]:
    """All readings of a word as it is written, guessed where the word is unknown. Raises LanguageToolError."""
    return _readings(word, guess=True)


def known_readings(word: str) -> tuple[Analysis, ...]:
    """The readings that the lexicon has for a word, none where it has not. Raises LanguageToolError."""
    return _readings(word, guess=False)


def is_known(word: str) -> bool:
    """Whether the lexicon has the word, guessing nothing. Raises LanguageToolError."""
    return bool(known_readings(word))


def is_ordinary_word(word: str) -> bool:
    """Whether the lexicon holds the word as anything but an abbreviation. Raises LanguageToolError."""
    return any(reading.part_of_speech != "Y" for reading in known_readings(word))


def _readings(word: str, *, guess: bool) -> tuple[Analysis, ...]:
    result = _instance().analyze(
        [word], disambiguate=False, guess=guess, propername=False, compound=True, phonetic=False
    )
    readings = (
        Analysis(
            reading["lemma"].translate(_PHONETIC),
            tuple(token.translate(_PHONETIC) for token in reading["root_tokens"]),
            reading["partofspeech"],
        )
        for reading in result[0]["analysis"]
    )
    return tuple(dict.fromkeys(readings))


def forms(lemma: str) -> tuple[str, ...]:
    """Every inflected form of a lemma, of a compound too; names only as they are written. Raises LanguageToolError."""
    return tuple(dict.fromkeys(_instance().synthesize(lemma, _ALL_FORMS)))


class _State:
    instance: Any = None
    process = 0


def _instance() -> Any:
    if _State.process != os.getpid():
        _State.instance = _load().Vabamorf.instance()
        _State.process = os.getpid()
    return _State.instance


def _load() -> ModuleType:
    """Import estnltk.vabamorf.morf without running estnltk/__init__, which wants 500 MB more (docs/architecture.md)."""
    name = "estnltk.vabamorf.morf"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.find_spec("estnltk")
    if spec is None or spec.submodule_search_locations is None:
        raise LanguageToolError("Vabamorf is missing. Install it with: pip install 'estnltk>=1.7.5,<1.8'")
    if "estnltk" not in sys.modules:
        package = ModuleType("estnltk")
        package.__path__ = list(spec.submodule_search_locations)
        sys.modules["estnltk"] = package
    try:
        return importlib.import_module(name)
    except ImportError as fault:
        raise LanguageToolError(
            f"Vabamorf cannot be loaded: {fault}. Install a wheel of estnltk for this machine."
        ) from fault
