"""Completions of what is typed so far, of which each has hits under the filters in force."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from aardekast.language.text import words
from aardekast.vocabulary import Vocabulary
from index.answer import Suggestion, SuggestionKind
from index.columns import Bools, Columns, Ints
from index.completion import Completer, Entry, build_completer, merge
from index.matching import Matcher
from index.segment import Segment


class Completions:
    """What may be offered: titles and keywords of the segments, topics and their words of the vocabulary."""

    def __init__(self, segments: Sequence[Segment], columns: Columns, matcher: Matcher, vocabulary: Vocabulary) -> None:
        self._columns = columns
        self._topics = _topics(vocabulary)
        self._of_topics = Completer(build_completer("topics", self._topics), "topics")
        self._of_segments = [(segment, Completer(segment.columns, "completions")) for segment in segments]
        self._matcher = matcher
        self._documents: dict[str, Ints] = {}  # of the words of topics, each looked up once

    def complete(self, typed: str, shown: Bools, limit: int) -> tuple[Suggestion, ...]:
        """The best completions that any of the shown documents has."""
        answers = [self._of_topics.complete(typed, limit, lambda place: self._is_topic_shown(place, shown))]
        answers += [
            completer.complete(typed, limit, lambda place, segment=segment: _is_shown(segment, place, shown))  # type: ignore[misc]
            for segment, completer in self._of_segments
        ]
        return tuple(
            Suggestion(text=entry.text, kind=entry.kind, value=None if _is_phrase(entry) else entry.value)
            for entry in merge(answers, typed, limit)
        )

    def _is_topic_shown(self, place: int, shown: Bools) -> bool:
        entry = self._topics[place]
        if _is_phrase(entry):
            return bool(np.any(shown[self._with(entry.text)]))
        topics = self._columns.facets["topic"]
        codes = np.array([value == entry.value for value in topics.values], dtype=np.bool_)
        return bool(np.any(topics.matching(codes, self._columns.size) & shown))

    def _with(self, phrase: str) -> Ints:
        """The documents that a phrase stands in."""
        if phrase not in self._documents:
            found = self._matcher.with_phrase(tuple(word.text for word in words(phrase)))
            self._documents[phrase] = np.flatnonzero(found).astype(np.int32)
        return self._documents[phrase]


def _topics(vocabulary: Vocabulary) -> list[Entry]:
    """The topics by their labels in each language, and their words, whose value is how they are compared."""
    topics = [
        Entry(label, SuggestionKind.TOPIC, term.slug)
        for term in vocabulary.topics.values()
        for label in term.labels.values()
    ]
    phrases = dict.fromkeys(chain.from_iterable(term.words for term in vocabulary.topics.values()))
    return topics + [Entry(phrase, SuggestionKind.PHRASE, phrase.lower()) for phrase in phrases]


def _is_shown(segment: Segment, place: int, shown: Bools) -> bool:
    """Whether the document of a title, or one that has a keyword, is shown: the titles come first, by document."""
    if place < segment.size:
        return bool(shown[segment.base + place])
    documents = segment.columns["keyword.documents"][segment.columns["keyword.codes"] == place - segment.size]
    return bool(np.any(shown[segment.base + documents]))


def _is_phrase(entry: Entry) -> bool:
    return entry.kind is SuggestionKind.PHRASE
