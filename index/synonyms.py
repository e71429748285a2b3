"""What means the same as the words of a query: the vocabulary's synonyms, and its topics named in other languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from aardekast.language.estonian import analyse
from aardekast.language.snowball import stem
from aardekast.language.text import words
from aardekast.language.vabamorf import is_ordinary_word
from aardekast.vocabulary import Vocabulary

Lemmas = tuple[str, ...]
Stems = tuple[tuple[str, str], ...]


class PhraseWord(NamedTuple):
    """A word of a phrase: its lemmas, and where it is no Estonian word its stems as pairs of language and stem."""

    lemmas: Lemmas
    stems: Stems = ()


Phrase = tuple[PhraseWord, ...]


class Synonyms:
    """The phrases of one vocabulary that say the same.

    The members of a group stand for each other; the English or Russian label of a topic stands for the topic's
    words, but not they for it: a label is wider than each of its words.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._by_first: defaultdict[object, list[tuple[Phrase, tuple[Phrase, ...]]]] = defaultdict(list)
        self._texts: dict[Phrase, str] = {}
        for group in vocabulary.synonyms:
            phrases = [self._phrase(text) for text in group]
            for phrase in phrases:
                self._add(phrase, tuple(other for other in phrases if other != phrase and _is_meant(phrase, other)))
        for topic in vocabulary.topics.values():
            meant = tuple(filter(None, map(self._phrase, topic.words)))
            for language, label in topic.labels.items():
                if language != "et":
                    self._add(phrase_of(label), meant)

    def find(self, query: Sequence[PhraseWord], joined: Sequence[Lemmas]) -> list[tuple[Phrase, ...]]:
        """For each word of a query the phrases that may stand for it, or for a phrase that it is part of.

        `joined` are for each word the lemmas that it may be together with the next one: a compound typed apart.
        """
        found: list[dict[Phrase, None]] = [{} for _ in query]
        for start in range(len(query)):
            for phrase, others in self._starting_with((*query[start].lemmas, *query[start].stems, *joined[start])):
                end = _end_of(phrase, query, joined, start)
                for number in range(start, end):
                    found[number].update(dict.fromkeys(others))
        return [tuple(others) for others in found]

    def text_of(self, phrase: Phrase) -> str:
        """A phrase as the vocabulary writes it."""
        return self._texts[phrase]

    def _phrase(self, text: str) -> Phrase:
        phrase = phrase_of(text)
        self._texts.setdefault(phrase, text)
        return phrase

    def _add(self, phrase: Phrase, others: tuple[Phrase, ...]) -> None:
        if phrase and others:
            for key in chain(phrase[0].lemmas, phrase[0].stems):
                self._by_first[key].append((phrase, others))

    def _starting_with(self, keys: Sequence[object]) -> Iterator[tuple[Phrase, tuple[Phrase, ...]]]:
        for key in keys:
            yield from self._by_first.get(key, ())


@lru_cache(maxsize=10_000)
def phrase_of(text: str) -> Phrase:
    """The phrase of a text of the vocabulary; empty where it has no word."""
    return tuple(PhraseWord(_lemmas(word.text), _foreign_stems(word.text)) for word in words(text))


def _lemmas(word: str) -> Lemmas:
    """A word that is its own lemma is meant as that: `juhis` is no form of `juht`."""
    lemmas = analyse(word).lemmas
    return (word.lower(),) if word.lower() in lemmas else lemmas


def _foreign_stems(word: str) -> Stems:
    """A word that the Estonian lexicon lacks is taken for Russian or English by its letters."""
    form = word.lower()
    if any("а" <= letter <= "ё" for letter in form):
        return (("ru", stem(form, "ru")),)
    return () if is_ordinary_word(form) else (("en", stem(form, "en")),)


def _end_of(phrase: Phrase, query: Sequence[PhraseWord], joined: Sequence[Lemmas], start: int) -> int:
    """The word of the query after the phrase that starts here; `start` where it does not."""
    place = start
    for word in phrase:
        if place < len(query) and _is_same(query[place], word):
            place += 1
        elif place < len(query) and not set(joined[place]).isdisjoint(word.lemmas):
            place += 2
        else:
            return start
    return place


def _is_meant(typed: Phrase, other: Phrase) -> bool:
    """Who asks in English or Russian wants Estonian materials, too, but not those in a third language."""
    return {language for word in (*typed, *other) for language, _ in word.stems} != {"en", "ru"}


def _is_same(typed: PhraseWord, meant: PhraseWord) -> bool:
    return not set(typed.lemmas).isdisjoint(meant.lemmas) or not set(typed.stems).isdisjoint(meant.stems)
