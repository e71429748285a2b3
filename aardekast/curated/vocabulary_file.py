"""vocabulary.yaml read into a Vocabulary, or its faults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aardekast.curated.check import unknown_value
from aardekast.curated.yaml_lines import Document, Fault, Place
from aardekast.vocabulary import INTERFACE_LANGUAGES, Term, Vocabulary

_LISTS = ("audiences", "kinds", "topics", "counties")
_KEYS = (*_LISTS, "abbreviations", "synonyms", "traps")
_REQUIRED = ("audiences", "kinds", "topics")
_OF_TERM = (*INTERFACE_LANGUAGES, "words", "about")


def read_vocabulary(document: Document) -> Vocabulary:
    """The vocabulary; what is wrong is added to the document's faults and left out."""
    values = document.values
    if not isinstance(values, dict):
        document.faults.append(Fault(1, f"holds no vocabulary; it wants the keys {', '.join(_KEYS)}"))
        return Vocabulary()
    for key in values:
        if key not in _KEYS:
            document.faults.append(Fault(document.line((key,)), unknown_value("key", key, _KEYS)))
    for key in _REQUIRED:
        if not values.get(key):
            document.faults.append(Fault(document.line((key,)), f"'{key}' is missing or empty; add at least one"))
    terms = {name: dict(_terms(document, name)) for name in _LISTS}
    return Vocabulary(**terms, abbreviations=dict(_abbreviations(document)), synonyms=tuple(_synonyms(document)))


def _terms(document: Document, name: str) -> Iterator[tuple[str, Term]]:
    section = document.values.get(name) or {}
    if not isinstance(section, dict):
        document.faults.append(Fault(document.line((name,)), f"'{name}' must be lines of 'slug: {{et: Label}}'"))
        return
    for slug, value in section.items():
        place = (name, slug)
        if not isinstance(value, dict) or not isinstance(value.get("et"), str):
            document.faults.append(Fault(document.line(place), f"'{slug}' has no Estonian label; write {{et: Label}}"))
            continue
        for key in value:
            if key not in _OF_TERM:
                document.faults.append(Fault(document.line((*place, key)), unknown_value("key", key, _OF_TERM)))
        labels = {language: str(value[language]) for language in INTERFACE_LANGUAGES if value.get(language)}
        yield (
            slug,
            Term(
                slug,
                labels,
                _words(document, (*place, "words"), value.get("words")),
                _abouts(document, (*place, "about"), value.get("about")),
            ),
        )


def _words(document: Document, place: Place, words: Any) -> tuple[str, ...]:
    if words is None:
        return ()
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        document.faults.append(Fault(document.line(place), "'words' must be a list of words, like [küla, külavanem]"))
        return ()
    return tuple(words)


def _abouts(document: Document, place: Place, texts: Any) -> dict[str, str]:
    """What the page of a term says, by language."""
    if texts is None:
        return {}
    if not isinstance(texts, dict):
        document.faults.append(Fault(document.line(place), "'about' must be {et: A sentence.}"))
        return {}
    said = {}
    for language, text in texts.items():
        line = document.line((*place, language))
        if language not in INTERFACE_LANGUAGES:
            document.faults.append(Fault(line, unknown_value("language", language, INTERFACE_LANGUAGES)))
        elif not isinstance(text, str) or not text.strip():
            document.faults.append(Fault(line, f"'about' says nothing in '{language}'; write a sentence"))
        else:
            said[language] = " ".join(text.split())
    return said


def _abbreviations(document: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each stands for: words, or a list of them where several mean the same."""
    section = document.values.get("abbreviations") or {}
    if not isinstance(section, dict):
        document.faults.append(Fault(document.line(("abbreviations",)), "must be lines of 'KOV: kohalik omavalitsus'"))
        return
    for short, value in section.items():
        meanings = value if isinstance(value, list) else [value]
        if meanings and all(isinstance(long, str) and any(map(str.isalpha, long)) for long in meanings):
            yield short, tuple(meanings)
        else:
            line = document.line(("abbreviations", short))
            document.faults.append(Fault(line, f"'{short}' has no expansion; write '{short}: words it stands for'"))


def _synonyms(document: Document) -> Iterator[tuple[str, ...]]:
    """Groups of words and phrases that say the same, in any language."""
    section = document.values.get("synonyms") or []
    if not isinstance(section, list):
        document.faults.append(Fault(document.line(("synonyms",)), "must be lines of '- [üksildus, üksindus]'"))
        return
    for number, group in enumerate(section):
        line = document.line(("synonyms", number))
        members = group if isinstance(group, list) else [group]
        if not all(isinstance(member, str) and any(map(str.isalpha, member)) for member in members):
            document.faults.append(Fault(line, "a group of synonyms must hold words, like [üksildus, üksindus]"))
        elif len({member.lower() for member in members}) < max(2, len(members)):
            document.faults.append(Fault(line, "a group of synonyms must hold at least two, each once"))
        else:
            yield tuple(members)
