"""Which topics a text speaks of, by the words that the vocabulary gives each topic, with those words as evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from aardekast.language.estonian import analyse
from aardekast.language.text import words
from aardekast.vocabulary import Vocabulary

TITLE_WEIGHT = 5  # a topic word in the title says more than one in the text
MAX_WORDS = 5_000  # of a text; what it is about is said by then
# A topic is suggested where its words weigh this much, more in long texts, and this share of the strongest topic's.
# Precision .77 at recall .50 against the curated topics of the 255 cards; at 1 it is .72 at .62.
LEAST = 2
WORDS_FOR_ONE_MORE = 200
LEAST_SHARE = 0.5
MOST = 3

Phrase = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic, the words of it that were found, and how much they weigh."""

    topic: str
    words: tuple[str, ...]
    weight: float


def suggest_topics(title: str, text: str, vocabulary: Vocabulary) -> list[Suggestion]:
    """The topics of a resource, strongest first."""
    phrases = _phrases(tuple((term.slug, term.words) for term in vocabulary.topics.values()))
    counts: Counter[tuple[str, str]] = Counter()
    length = 0
    for part, weight in ((title, TITLE_WEIGHT), (text, 1)):
        length += len(part.split())
        lemmas = [frozenset((*a.lemmas, *a.parts)) for a in map(analyse, _first_words(part))]
        for place, present in enumerate(lemmas):
            for lemma in present:
                for topic, word, phrase in phrases.get(lemma, ()):
                    if _stands_at(lemmas, place, phrase):
                        counts[topic, word] += weight
    return _strongest(counts, max(LEAST, min(length, MAX_WORDS) // WORDS_FOR_ONE_MORE))


def _strongest(counts: Counter[tuple[str, str]], least: int) -> list[Suggestion]:
    found: dict[str, list[tuple[int, str]]] = {}
    for (topic, word), count in counts.items():
        found.setdefault(topic, []).append((count, word))
    suggestions = [
        Suggestion(topic, tuple(word for _, word in sorted(evidence, reverse=True)), sum(n for n, _ in evidence))
        for topic, evidence in found.items()
    ]
    suggestions.sort(key=lambda s: (-s.weight, s.topic))
    enough = [s for s in suggestions if s.weight >= max(least, LEAST_SHARE * suggestions[0].weight)]
    return enough[:MOST]


def _first_words(text: str) -> list[str]:
    found = []
    for word in words(text):
        if word.position >= MAX_WORDS:
            break
        found.append(word.text)
    return found


def _stands_at(lemmas: list[frozenset[str]], place: int, phrase: Phrase) -> bool:
    following = lemmas[place : place + len(phrase)]
    return len(following) == len(phrase) and all(
        present.intersection(wanted) for present, wanted in zip(following, phrase, strict=True)
    )


@lru_cache(maxsize=4)
def _phrases(topics: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, list[tuple[str, str, Phrase]]]:
    """For each lemma the topic words that start with it."""
    by_lemma: dict[str, list[tuple[str, str, Phrase]]] = {}
    for slug, topic_words in topics:
        for word in topic_words:
            phrase = tuple(analyse(part.text).lemmas for part in words(word))
            for lemma in phrase[0] if phrase else ():
                by_lemma.setdefault(lemma, []).append((slug, word, phrase))
    return by_lemma
