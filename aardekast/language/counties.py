"""Which counties a text speaks of, by the names of counties, municipalities and towns that stand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from aardekast.language import vabamorf
from aardekast.language.estonian import CACHE, acronym_of, analyse
from aardekast.language.text import Word, words
from aardekast.language.weighing import MAX_WORDS, TITLE_WEIGHT, Suggestion, weighted
from aardekast.vocabulary import Vocabulary

# A county is suggested where its names weigh 1 for each so many words of the text, and never more than one in the
# title does: five mentions make a text of 750 words or more speak of a place, one a note of a few lines.
WORDS_FOR_ONE = 150
LEAST_SHARE = 0.4  # of the strongest county's weight
MOST = 5  # a text that speaks of more counties speaks of all Estonia
# Before these words a place name names no place of the text: a university, a publisher, a newspaper, a street.
_INSTITUTIONS = ("ülikool", "kõrgkool", "kolledž", "akadeemia", "kirjastus", "rahu", "postimees", "teataja")
_NO_PLACE = frozenset((*_INSTITUTIONS, "maantee", "mnt", "tänav", "tn", "puiestee", "pst"))
# After a place name they leave no doubt that it is one; in compounds too (vallavalitsus, linnaraamatukogu).
_PLACE_WORDS = frozenset(
    ("vald", "linn", "alev", "alevik", "küla", "maakond", "kihelkond", "piirkond", "osavald", "linnaosa", "saar")
)
_SENTENCE_ENDS = frozenset('.!?:;•–—"„“”«»(\n')
_NAME_READINGS = frozenset("GHY")  # genitive attribute of a name, name, abbreviation


class _Place(NamedTuple):
    county: str
    name: str
    words: tuple[frozenset[str], ...]  # the lemmas of each


class _Mention(NamedTuple):
    place: _Place
    is_certain: bool


class CountyNames:
    """The place names of the vocabulary. Not changed once made: safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Each county's Estonian label and its words are names, in the nominative."""
        self._starting: dict[str, list[_Place]] = {}
        for term in vocabulary.counties.values():
            for name in dict.fromkeys((term.label(), *term.words)):
                place = _Place(term.slug, name, tuple(_lemmas_of_name(word.text) for word in words(name)))
                for lemma in place.words[0] if place.words else ():
                    self._starting.setdefault(lemma, []).append(place)

    def mentions(self, part: str) -> Iterator[_Mention]:
        """The places that stand in a part of a text, the longest name where several start."""
        found = list(islice(words(part), MAX_WORDS))
        capitals = sum(word.text[0].isupper() for word in found[1:])
        for number, word in enumerate(found):
            if not word.text[0].isupper():
                continue
            places = [p for lemma in analyse(word.text).lemmas for p in self._starting.get(lemma, ())]
            fitting = [place for place in places if _stands_at(found, number, place)]
            if fitting:
                place = max(fitting, key=lambda p: len(p.words))
                following = found[number + len(place.words)] if number + len(place.words) < len(found) else None
                if following is None or not _says(following.text, _NO_PLACE):
                    yield _Mention(place, _is_certain(part, found, number, place, capitals))


def suggest_counties(title: str, headings: Sequence[str], text: str, names: CountyNames) -> list[Suggestion]:
    """The counties of a resource, strongest first, with the names that were found; none where it speaks of all."""
    mentions = [
        (mention, weight) for part, weight in weighted(title, headings, text) for mention in names.mentions(part)
    ]
    certain = {mention.place for mention, _ in mentions if mention.is_certain}
    found: dict[str, Counter[str]] = {}
    for mention, weight in mentions:
        if mention.place in certain:
            found.setdefault(mention.place.county, Counter())[mention.place.name] += weight
    return _strongest(found, len(text.split()))


def _strongest(found: dict[str, Counter[str]], length: int) -> list[Suggestion]:
    ranked = sorted(
        (
            Suggestion(county, tuple(name for name, _ in evidence.most_common()), evidence.total())
            for county, evidence in found.items()
        ),
        key=lambda suggestion: (-suggestion.weight, suggestion.value),
    )
    least = min(TITLE_WEIGHT, max(1.0, length / WORDS_FOR_ONE))
    enough = [s for s in ranked if s.weight >= max(least, LEAST_SHARE * ranked[0].weight)]
    return enough if len(enough) <= MOST else []


def _is_certain(part: str, found: list[Word], number: int, place: _Place, capitals: int) -> bool:
    """Whether the capital says that it is a name, or the name is no other word, or the next word is one of places."""
    if len(place.words) > 1 or not _is_ordinary_word(found[number].text, place.words[0]):
        return True
    if number + 1 < len(found) and _says(found[number + 1].text, _PLACE_WORDS):
        return True
    if number == 0 or 2 * (capitals - 1) > len(found) - 2:  # where most other words have a capital it says nothing
        return False
    before = found[number - 1]
    starts_sentence = bool(_SENTENCE_ENDS.intersection(part[before.end : found[number].start]))
    has_first_name = before.text[0].isupper() and acronym_of(before.text) is None
    may_be_surname = has_first_name and _plain(found[number].text) == _plain(place.name)
    return not starts_sentence and not may_be_surname


def _stands_at(found: list[Word], number: int, place: _Place) -> bool:
    following = found[number : number + len(place.words)]
    return len(following) == len(place.words) and all(
        lemmas.intersection(analyse(word.text).lemmas) for word, lemmas in zip(following, place.words, strict=True)
    )


def _says(word: str, lemmas: Iterable[str]) -> bool:
    found = analyse(word)
    return not frozenset(lemmas).isdisjoint((*found.lemmas, *found.parts))


def _lemmas_of_name(word: str) -> frozenset[str]:
    """The name itself, which is a lemma of each of its forms; all lemmas where it is not (Lääneranna: läänerand)."""
    name, lemmas = _plain(word), analyse(word).lemmas
    return frozenset((name,)) if name in lemmas else frozenset(lemmas)


@lru_cache(maxsize=CACHE)
def _is_ordinary_word(word: str, names: frozenset[str]) -> bool:
    """Whether the lower-cased word means something else: Kose is kosk, Tapa is tapma."""
    return any(
        _plain(reading.lemma) not in names and reading.part_of_speech not in _NAME_READINGS
        for reading in vabamorf.known_readings(word.lower())
    )


def _plain(name: str) -> str:
    return name.lower().replace("-", "")
