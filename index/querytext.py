"""What a query text says: the words, phrases and beginnings it looks for, what it leaves out, and its filters.

It says nothing of how words are matched; `read_query` needs no index and never raises. How each part is meant:

* `words`: each in any of its forms. Materials with all of them come first, those with some may follow.
* `phrases`: of several words: these lemmas at successive positions, in this order, nothing between them but stops
  and spaces; whoever has the words exactly as typed stands first. Of one word: exactly this form, case ignored.
* `prefixes`: any word that begins so, case ignored; otherwise as a word.
* `in_title`: the same three, looked for in the title alone.
* `authors`, `publishers`: `is_named(typed, name)` holds for one of the names.
* `topics`, `kinds`: slugs of the vocabulary; `years`: as in a SearchRequest.

Phrases, the words of the title and the filters always hold; only words may be left out when hits are few. Of the
values of one filter any holds, of the filters all; those of the SearchRequest hold beside them. `excluded` has the same
parts, and a material that fulfils any of its values is no hit. Where only filters or exclusions were typed, all
materials that they leave are hits.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import Any

from aardekast.language.text import clean, count_words, words
from aardekast.vocabulary import Term, Vocabulary
from index.querysyntax import Clause, Field, Shape, clauses
from index.request import MAX_LENGTH, UNKNOWN_YEAR, YearRange

MAX_WORDS = 32  # of the query text that count, those in quotes and after a colon among them
MIN_BEGINNING = 2  # letters; every topic has a word that begins with any one letter

Phrase = tuple[str, ...]

_YEARS = re.compile(r"([1-9]\d{3})?(\.\.+|…|-|–|—)?([1-9]\d{3})?[.,;)]*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for among words, each as typed and in the order typed."""

    words: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    prefixes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.prefixes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions(Sought):
    """What a material can fulfil: words in it, words in its title, and filters."""

    in_title: Sought = field(default_factory=Sought)
    authors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[YearRange, ...] = ()

    @property
    def has_filters(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.authors or self.publishers or self.topics or self.kinds or self.years)

    def __bool__(self) -> bool:
        return Sought.__bool__(self) or bool(self.in_title) or self.has_filters


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryText(Conditions):
    """All that a query text says; false when it says nothing."""

    excluded: Conditions = field(default_factory=Conditions)

    @property
    def has_signs(self) -> bool:
        """Whether it says anything but plain words."""
        return bool(self.phrases or self.prefixes or self.in_title or self.has_filters or self.excluded)

    @property
    def plain_words(self) -> tuple[str, ...]:
        """All words that are looked for, wherever and however: none of filters, none left out."""
        of = (self, self.in_title)
        return tuple(dict.fromkeys(word for sought in of for group in _groups_of(sought) for word in group))

    @property
    def ranked_words(self) -> tuple[str, ...]:
        """The words that hits are ordered by, in any form, wherever they must stand."""
        return (*self.words, *self.in_title.words, *chain.from_iterable(self.phrases_of_several))

    @property
    def phrases_of_several(self) -> tuple[Phrase, ...]:
        """The phrases of more than one word, in the title or anywhere."""
        return tuple(phrase for phrase in (*self.phrases, *self.in_title.phrases) if len(phrase) > 1)

    @property
    def exact_words(self) -> tuple[str, ...]:
        """The words that were put in quotes alone: exactly this form."""
        return tuple(phrase[0] for phrase in (*self.phrases, *self.in_title.phrases) if len(phrase) == 1)

    def __bool__(self) -> bool:
        return Conditions.__bool__(self) or bool(self.excluded)


def _groups_of(sought: Sought) -> tuple[Phrase, ...]:
    return (sought.words, *sought.phrases, sought.prefixes)


def read_query(text: str, vocabulary: Vocabulary) -> QueryText:
    """What the first 256 characters and 32 words of a text say; never raises."""
    wanted, excluded = _Gathered(), _Gathered()
    for clause in _meant(_cleaned(text), vocabulary):
        (excluded if clause.is_excluded else wanted).put(clause, vocabulary)
    return QueryText(**wanted.parts(), excluded=Conditions(**excluded.parts()))


def respelt(text: str, spellings: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """The text with other spellings of its plain words, by the word as typed; signs and filters stay as they are.

    An empty spelling drops its word, so that `{"küla": "külavanem", "vanem": ""}` joins two.
    """
    spelt = _cleaned(text)
    for clause in reversed(list(_meant(spelt, vocabulary))):
        if clause.field is None and clause.shape is Shape.PLAIN and not clause.is_excluded:
            for word in reversed(list(words(clause.text))):
                start, end = clause.start + word.start, clause.start + word.end
                spelt = spelt[:start] + spellings.get(word.text, spelt[start:end]) + spelt[end:]
    return " ".join(spelt.split())


def is_named(typed: str, name: str) -> bool:
    """Whether each word of `typed` begins a word of the name: `tamm mari`, Mari-Liis Tamm.

    Case, accents and hyphens do not count.
    """
    return all(_begins(word, name) for word in _key(typed).split())


def _cleaned(text: str) -> str:
    return clean(text[:MAX_LENGTH])[:MAX_LENGTH]


def _meant(text: str, vocabulary: Vocabulary) -> Iterator[Clause]:
    """The clauses of the words that count; a value that its field has no use for is plain words."""
    left = MAX_WORDS
    for clause in clauses(text):
        counted = _cut(clause, left)
        yield counted if _is_usable(counted, vocabulary) else _without_field(counted)
        left -= count_words(clause.text)
        if left <= 0:
            return


def _cut(clause: Clause, left: int) -> Clause:
    """The clause up to the last word that counts."""
    typed = list(words(clause.text))
    if len(typed) <= left:
        return clause
    shape = Shape.PLAIN if clause.shape is Shape.PREFIX else clause.shape
    return replace(clause, text=clause.text[: typed[left - 1].end], shape=shape)


def _is_usable(clause: Clause, vocabulary: Vocabulary) -> bool:
    return clause.field not in _FILTERS or bool(_values(clause, vocabulary))


def _without_field(clause: Clause) -> Clause:
    """Quotes held the value together, they did not ask for a phrase."""
    return replace(clause, field=None, shape=Shape.PLAIN if clause.shape is Shape.QUOTED else clause.shape)


_FILTERS = {
    Field.AUTHOR: "authors",
    Field.PUBLISHER: "publishers",
    Field.TOPIC: "topics",
    Field.KIND: "kinds",
    Field.YEAR: "years",
}


class _Gathered:
    """The parts of Conditions while they are put together."""

    def __init__(self) -> None:
        self._parts: defaultdict[str, list[Any]] = defaultdict(list)
        self._in_title: defaultdict[str, list[Any]] = defaultdict(list)

    def put(self, clause: Clause, vocabulary: Vocabulary) -> None:
        """Add what the clause asks for."""
        if clause.field in _FILTERS:
            self._parts[_FILTERS[clause.field]] += _values(clause, vocabulary)
        else:
            _put_words(clause, self._in_title if clause.field is Field.TITLE else self._parts)

    def parts(self) -> dict[str, Any]:
        """The fields of Conditions, by name."""
        filters = _FILTERS.values()
        parts = {name: tuple(dict.fromkeys(found) if name in filters else found) for name, found in self._parts.items()}
        return parts | {"in_title": Sought(**{name: tuple(found) for name, found in self._in_title.items()})}


def _put_words(clause: Clause, parts: defaultdict[str, list[Any]]) -> None:
    typed = [word.text for word in words(clause.text)]
    if clause.shape is Shape.QUOTED:
        parts["phrases"].append(tuple(typed))
    elif clause.shape is Shape.PREFIX:
        *before, beginning = typed
        parts["words"] += before
        parts["prefixes"].append(beginning)
    else:
        parts["words"] += typed


def _values(clause: Clause, vocabulary: Vocabulary) -> list[Any]:
    """What the value of a filter names; none where the filter has no use for it."""
    if clause.field is Field.YEAR:
        return _years(clause.text)
    if clause.field is Field.TOPIC:
        return _slugs(clause.text, vocabulary.topics)
    if clause.field is Field.KIND:
        return _slugs(clause.text, vocabulary.kinds)
    return [" ".join(word.text for word in words(clause.text))]


def _years(typed: str) -> list[YearRange]:
    if _key(typed) == UNKNOWN_YEAR:
        return [YearRange()]
    match = _YEARS.fullmatch(typed.strip())
    first, dots, last = match.groups() if match else (None, None, None)
    years = [int(year) if year else None for year in (first, last)]
    if not any(years) or (all(years) and not dots):  # eight digits are not two years
        return []
    if not dots:
        return [YearRange(first=years[0] or years[1], last=years[0] or years[1])]
    if all(years):
        years.sort(key=lambda year: year or 0)
    return [YearRange(first=years[0], last=years[1])]


def _slugs(typed: str, terms: Mapping[str, Term]) -> list[str]:
    """The terms that a value names: by slug or label, else by how a word of these begins, else by a word of theirs.

    The first way that names any decides; it may name several.
    """
    key = _key(typed)
    names = {slug: [slug, *term.labels.values()] for slug, term in terms.items()}
    found = [slug for slug, called in names.items() if key in map(_key, called)]
    if not found and len(key) >= MIN_BEGINNING:
        found = [slug for slug, called in names.items() if any(_begins(key, name) for name in called)]
        found = found or [slug for slug, term in terms.items() if any(_begins(key, word) for word in term.words)]
    return found


def _begins(key: str, name: str) -> bool:
    """Whether a word of the name, and what follows it, begins so."""
    return f" {key}" in f" {_key(name)}"


@lru_cache(maxsize=4096)  # the vocabulary has some 500 names and words, which each value is compared with
def _key(text: str) -> str:
    """The words of a text without case, accents and hyphens: what is compared."""
    plain = " ".join(word.text for word in words(text)).replace("-", " ")
    letters = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
