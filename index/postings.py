"""Postings by lemma, compound part, stem or form: those of the words that it stands for, added up and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.alike import MOST
from index.columns import Bools, Floats, Ints
from index.inversion import POSITION_BITS
from index.lexicon import NO_WORDS, Lexicon, Numbers
from index.schema import ESTONIAN, EXACT, LANGUAGES, LEMMA, PART, STEM, stem_channel, title_of
from index.segment import Keys, PostingSet, Segment

# Kept in memory: postings and occurrences of 8 bytes, and about as much as 40 of them for the objects around each term.
# A process that has answered 500 different queries over 10,000 documents has 93 MB of its own; with eight times as much
# kept it has 134 MB and is no faster.
_KEPT_POSTINGS = 500_000
_KEPT_OCCURRENCES = 250_000
_TERM_COST = 40
_MUCH_MORE = 4  # documents than are wanted: reading only those of the phrase is faster than reading all, if not kept
_SPARSE = 16  # adding up by sorting is faster than by counting below this share of the documents


class Postings(NamedTuple):
    """The documents that hold a term, in order, and how often each does."""

    documents: Ints
    frequencies: Floats


WordsOf = Callable[[Lexicon, PostingSet], Numbers]
Kept = TypeVar("Kept")
NO_KEYS = np.empty(0, dtype=np.int64)
NONE = Postings(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class _Memory(Generic[Kept]):
    """What was asked for last, up to a size; `length` says how much of it a value takes."""

    def __init__(self, most: int, length: Callable[[Kept], int]) -> None:
        self._most = most
        self._length = length
        self._values: OrderedDict[object, Kept] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, name: object, make: Callable[[], Kept]) -> Kept:
        """What is kept under a name, else what `make` makes; two threads may make it at once."""
        with self._lock:
            if name in self._values:
                self._values.move_to_end(name)
                return self._values[name]
        made = make()
        with self._lock:
            if name not in self._values:
                self._values[name] = made
                self._size += self._length(made) + _TERM_COST
            while self._size > self._most and len(self._values) > 1:
                _, dropped = self._values.popitem(last=False)
                self._size -= self._length(dropped) + _TERM_COST
        return made


class _Field(NamedTuple):
    """Where a channel is looked up."""

    channel: str
    languages: tuple[str, ...]
    is_title: bool


_FIELDS = {EXACT: _Field(EXACT, LANGUAGES, is_title=False)}
_FIELDS |= {channel: _Field(channel, (ESTONIAN,), is_title=False) for channel in (LEMMA, PART)}
_FIELDS |= {stem_channel(language): _Field(STEM, (language,), is_title=False) for language in LANGUAGES[1:]}
_FIELDS |= {title_of(name): field._replace(is_title=True) for name, field in _FIELDS.items()}


class PostingStore:
    """The postings of one generation, by field (a channel of schema.py, or title_of one) and term.

    Safe to share between threads: the arrays never change.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._postings = _Memory[Postings](_KEPT_POSTINGS, lambda found: len(found.documents))
        self._kept_keys = _Memory[Keys](_KEPT_OCCURRENCES, len)
        self._lengths: dict[tuple[tuple[str, ...], bool], tuple[Floats, float]] = {}

    def get(self, field: str, term: str) -> Postings:
        """The postings of a term; NONE where no document holds it."""
        where = _FIELDS[field]
        return self._postings.get((field, term), lambda: self._sum(where, _words_of(where.channel, term)))

    def keys(self, field: str, term: str) -> Keys:
        """Each occurrence of a term as document * 2**20 + position, in order."""
        where = _FIELDS[field]
        return self._kept_keys.get((field, term), lambda: self._occurrences(where, _words_of(where.channel, term)))

    def keys_within(self, terms: Iterable[tuple[str, str]], within: Bools) -> Keys:
        """Each occurrence of any of several terms of whole texts in the documents of a mask, in order; nothing is kept.

        Each word is read once, however many of the terms it stands for, and of a common one little.
        """
        wanted = [(_FIELDS[field], term) for field, term in terms]
        found = []
        for segment in self._segments:
            chosen = segment.alive & within[segment.base : segment.base + segment.size]
            for language, lexicon in segment.lexicons.items():
                channels = [(where.channel, term) for where, term in wanted if language in where.languages]
                words = [lexicon.channels[channel].words(term) for channel, term in channels]
                different = np.unique(np.concatenate([NO_WORDS, *words]))
                if len(different):
                    found.append(segment.texts[language].keys(different, chosen) + (segment.base << POSITION_BITS))
        return merge_keys(found)

    def phrase(self, words: Sequence[Sequence[tuple[str, str]]]) -> Keys:
        """Where words follow each other, each given by the terms it may stand as: the occurrences of the first."""
        held = [self._holding(terms) for terms in words]
        within = np.logical_and.reduce(held)
        few = int(within.sum())
        if not few:
            return NO_KEYS
        is_common = [int(documents.sum()) > _MUCH_MORE * few for documents in held]
        return following(
            [
                self.keys_within(terms, within) if common else self.keys_of_any(terms)
                for terms, common in zip(words, is_common, strict=True)
            ]
        )

    def _holding(self, terms: Iterable[tuple[str, str]]) -> Bools:
        """The documents that have any of these terms."""
        mask = np.zeros(sum(segment.size for segment in self._segments), dtype=np.bool_)
        for term in terms:
            mask[self.get(*term).documents] = True
        return mask

    def keys_of_any(self, terms: Iterable[tuple[str, str]]) -> Keys:
        """Each occurrence of any of several terms, given by field and term, in order."""
        wanted = tuple(dict.fromkeys(terms))
        if len(wanted) == 1:
            return self.keys(*wanted[0])
        return self._kept_keys.get(wanted, lambda: merge_keys([self.keys(*term) for term in wanted]))

    def has(self, field: str, term: str) -> bool:
        """Whether any word of the index has the term; cheap. A word of a title is one of the text."""
        channel = _FIELDS[field].channel
        return any(len(lexicon.channels[channel].words(term)) for *_, lexicon in self._lexicons(_FIELDS[field]))

    def starting_with(self, field: str, prefix: str, most: int) -> Postings:
        """The postings of all terms with this beginning, of at most so many words: the most frequent ones.

        Where no document has any, of the words that begin so without their diacritics: uhis, ühisraha. A field and its
        title give postings of the same words.
        """
        return self._postings.get((field, prefix, most), lambda: self._starting_with(_FIELDS[field], prefix, most))

    def keys_starting_with(self, field: str, prefix: str, most: int, within: Bools) -> Keys:
        """The occurrences of the same words in these documents."""
        where = _FIELDS[field]
        found = self._occurrences(where, _words_starting_with(where.channel, prefix, most), within)
        return found if len(found) else self._occurrences(where, _words_starting_with_folded(prefix, most), within)

    def _starting_with(self, field: _Field, prefix: str, most: int) -> Postings:
        of_texts = self._sum(field._replace(is_title=False), _words_starting_with(field.channel, prefix, most))
        if len(of_texts.documents):
            return self._sum(field, _words_starting_with(field.channel, prefix, most)) if field.is_title else of_texts
        return self._sum(field, _words_starting_with_folded(prefix, most))

    def alike(self, form: str) -> list[tuple[str, float]]:
        """The exact forms of the index most like this one, with their likeness, best first (index/alike.py)."""
        found: dict[str, float] = {}
        for segment in self._segments:
            for lexicon in segment.lexicons.values():
                forms = lexicon.channels[EXACT].terms
                found |= {forms.text(int(n)): float(like) for n, like in zip(*lexicon.alike.alike(form), strict=True)}
        if any(segment.has_deleted for segment in self._segments):
            found = {other: like for other, like in found.items() if len(self.get(EXACT, other).documents)}
        return sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST]

    def weighted(self, field: str, terms: Sequence[tuple[str, float]]) -> Postings:
        """The documents that hold any of the terms; the frequency is the sum of each term's times its weight."""
        return self._postings.get((field, tuple(terms)), lambda: self._weighted(_FIELDS[field], terms))

    def _weighted(self, field: _Field, terms: Sequence[tuple[str, float]]) -> Postings:
        found: list[tuple[Segment, Postings]] = []
        for segment, postings, _, lexicon in self._lexicons(field):
            of_terms = [lexicon.channels[field.channel].words(term) for term, _ in terms]
            words = np.concatenate(of_terms) if of_terms else NO_WORDS
            if len(words):
                documents, frequencies = postings.of(words)
                weights = np.repeat([weight for _, weight in terms], [len(of_term) for of_term in of_terms])
                each = np.repeat(weights, postings.sizes(words)).astype(np.float32)
                _put(found, segment, _added(documents, frequencies * each, segment.size))
        return _joined([_placed(segment, postings) for segment, postings in found])

    def size(self, field: str, term: str) -> int:
        """About how many documents hold a term, one for each of its forms, without reading which."""
        where = _FIELDS[field]
        return sum(
            int(postings.sizes(lexicon.channels[where.channel].words(term)).sum())
            for _, postings, _, lexicon in self._lexicons(where)
        )

    def lengths(self, field: str) -> tuple[Floats, float]:
        """How many words the field has in each document, and the mean of those that have any."""
        where = _FIELDS[field]
        key = (where.languages, where.is_title)
        if key not in self._lengths:
            found = [self._lengths_of(segment, where) for segment in self._segments]
            lengths = np.concatenate([*found, np.empty(0)]).astype(np.float32)
            alive = np.concatenate([*(segment.alive for segment in self._segments), np.empty(0, dtype=np.bool_)])
            present = lengths[(lengths > 0) & alive]
            self._lengths[key] = lengths, float(present.mean()) if len(present) else 1.0
        return self._lengths[key]

    def _lengths_of(self, segment: Segment, field: _Field) -> Ints:
        sets = segment.titles if field.is_title else segment.texts
        return np.asarray(np.maximum.reduce([sets[language].lengths for language in field.languages]))

    def _lexicons(self, field: _Field) -> Iterator[tuple[Segment, PostingSet, PostingSet, Lexicon]]:
        """Each segment and language of a field: its postings, those of whole texts, its lexicon."""
        for segment in self._segments:
            for language in field.languages:
                if language in segment.lexicons:
                    sets = segment.titles if field.is_title else segment.texts
                    yield segment, sets[language], segment.texts[language], segment.lexicons[language]

    def _sum(self, field: _Field, words_of: WordsOf) -> Postings:
        """The postings of some words over all segments and languages."""
        found: list[tuple[Segment, Postings]] = []
        for segment, postings, texts, lexicon in self._lexicons(field):
            words = words_of(lexicon, texts)
            if len(words):
                _put(found, segment, _added(*postings.of(words), segment.size))
        return _joined([_placed(segment, postings) for segment, postings in found])

    def _occurrences(self, field: _Field, words_of: WordsOf, within: Bools | None = None) -> Keys:
        found = []
        for segment, postings, texts, lexicon in self._lexicons(field):
            words = words_of(lexicon, texts)
            if len(words):
                wanted = segment.alive if segment.has_deleted else None
                if within is not None:
                    wanted = segment.alive & within[segment.base : segment.base + segment.size]
                found.append(postings.keys(words, wanted) + (segment.base << POSITION_BITS))
        return merge_keys(found)


def _words_of(channel: str, term: str) -> WordsOf:
    return lambda lexicon, _: lexicon.channels[channel].words(term)


def _words_starting_with(channel: str, prefix: str, most: int) -> WordsOf:
    return lambda lexicon, texts: _most_frequent(lexicon.starting_with(channel, prefix), texts, most)


def _words_starting_with_folded(prefix: str, most: int) -> WordsOf:
    return lambda lexicon, texts: _most_frequent(lexicon.starting_with_folded(prefix, most), texts, most)


def _most_frequent(words: Numbers, texts: PostingSet, most: int) -> Numbers:
    if len(words) <= most:
        return words
    return np.sort(words[np.argpartition(-texts.sizes(words), most)[:most]])


def _put(found: list[tuple[Segment, Postings]], segment: Segment, added: Postings) -> None:
    """Append what a segment has in one more language."""
    if found and found[-1][0] is segment:
        added = _better(found.pop()[1], added)
    found.append((segment, added))


def _added(documents: NDArray[np.int32], frequencies: NDArray[Any], size: int) -> Postings:
    """Postings of several words, one after the other, as those of one."""
    if len(documents) < 2 or np.all(documents[1:] > documents[:-1]):
        return Postings(documents, frequencies.astype(np.float32))
    if len(documents) * _SPARSE < size:
        order = np.argsort(documents, kind="stable")
        documents, frequencies = documents[order], frequencies[order]
        firsts = np.flatnonzero(np.diff(documents, prepend=-1))
        return Postings(documents[firsts], np.add.reduceat(frequencies.astype(np.float32), firsts))
    sums = np.bincount(documents, weights=frequencies, minlength=size)
    present = np.flatnonzero(sums > 0)  # of truth values: five times as fast as of numbers
    return Postings(present.astype(np.int32), sums[present].astype(np.float32))


def _better(first: Postings, second: Postings) -> Postings:
    """Of a document that has words in two languages, those that hold more of the term."""
    documents = np.concatenate((first.documents, second.documents))
    frequencies = np.concatenate((first.frequencies, second.frequencies))
    order = np.argsort(documents, kind="stable")
    documents, frequencies = documents[order], frequencies[order]
    firsts = np.flatnonzero(np.diff(documents, prepend=-1))
    return Postings(documents[firsts], np.maximum.reduceat(frequencies, firsts))


def _placed(segment: Segment, postings: Postings) -> Postings:
    """The postings of a segment by the document numbers of the generation, without deleted documents."""
    documents, frequencies = postings
    if segment.has_deleted:
        kept = segment.alive[documents]
        documents, frequencies = documents[kept], frequencies[kept]
    return Postings(documents + np.int32(segment.base) if segment.base else documents, frequencies)


def _joined(parts: list[Postings]) -> Postings:
    if not parts:
        return NONE
    if len(parts) == 1:
        return parts[0]
    documents, frequencies = zip(*parts, strict=True)
    return Postings(np.concatenate(documents), np.concatenate(frequencies))


def merge_keys(parts: list[Keys]) -> Keys:
    """The occurrences of any of several terms, in order."""
    if not parts:
        return NO_KEYS
    keys: Keys = np.concatenate(parts)
    if np.all(keys[1:] > keys[:-1]):
        return keys
    keys.sort(kind="stable")  # merges what is in order already
    different: Keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
    return different


def following(each: Sequence[Keys]) -> Keys:
    """Where terms follow each other word by word: the occurrences of the first, from those of each."""
    starts, *others = sorted((keys - offset for offset, keys in enumerate(each)), key=len)
    for keys in others:  # the rarest are looked up in the others: nothing is sorted
        if not len(keys):
            return NO_KEYS
        places = np.searchsorted(keys, starts)
        starts = starts[keys[np.minimum(places, len(keys) - 1)] == starts]
    return starts


def close(first: Keys, second: Keys, window: int) -> Keys:
    """The occurrences of one that stand within `window` words of one of the other, but not at its place."""
    if not len(first) or not len(second):
        return NO_KEYS
    after = np.searchsorted(second, first)
    before = np.abs(first - second[np.maximum(after - 1, 0)])
    behind = np.abs(first - second[np.minimum(after, len(second) - 1)])
    distance = np.minimum(np.where(before == 0, window + 1, before), np.where(behind == 0, window + 1, behind))
    found: Keys = first[distance <= window]
    return found


def near(first: Keys, second: Keys, window: int) -> Postings:
    """The documents where an occurrence of one stands within `window` words of one of the other, and how often."""
    documents, counts = np.unique(close(first, second, window) >> POSITION_BITS, return_counts=True)
    return Postings(documents.astype(np.int32), counts.astype(np.float32))
