"""Did you mean: the words of the index that a misspelt query word probably is. Only suggests; nothing is replaced.

What a suggestion finds under the filters in force is for the searcher to check.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

import numpy as np

from aardekast.language.folding import fold
from aardekast.language.stopwords import QUESTION_WORDS, STOP_WORDS
from aardekast.language.vabamorf import known_readings
from index.edits import LETTER
from index.near_words import Candidates, NearWords, near_in_all

# All in nats, fitted on words drawn from four corpora of 3,000 to 62,000 different words, with one slip each
# (benchmarks/spelling.py). From 6 on a nearer word wins nearly always, and the figures stay level; at 3 it is .922.
PER_LETTER = 8.0
# A letter left out or two swapped is one of n slips, a letter wrong or added one of 26 n: ln 26 is 3.3. First
# suggestion right .975 instead of .950.
SLIP = 3.0
SHORT = 5  # letters: shorter words are near to everything, so that they are given one letter, others two
LEAST = 4  # letters of a word that is corrected at all: of words with three, 86 to 97 % have a neighbour
LONG = 8  # letters: a word that is shorter and two letters away is another word (board, kord)
# A word that stands in the index and that Vabamorf does not know is foreign, a name, or a slip of a text: the latter
# where a word one letter away is this many times as frequent. Corrects .80 of the slips that stand once in a corpus of
# 20,000 or more words, and 7 to 19 % of the words unknown to Vabamorf, of which half are slips (at 3: .94, 16 to 27 %).
CLEARLY = 10
# Two words are one where the joined word is at least this often there as the rarer of them: finds .95 of the
# compounds written apart, and joins .4 % of the neighbours in running text (.3 % at 0.2, which finds .86).
JOINED_SHARE = 0.05
_SHORTEST_PART = 2
_SAYING_NOTHING = STOP_WORDS | QUESTION_WORDS  # polva is põlva or nothing, but no olla


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the index, how many letters it is away (a missing mark is a quarter), and how often it occurs."""

    word: str
    distance: float
    count: int


class Speller:
    """Suggests from the words of all segments of an index. Immutable: threads share one."""

    def __init__(self, segments: Sequence[NearWords]) -> None:
        self._segments = tuple(segments)
        self._total = sum(segment.total for segment in segments)

    def count(self, word: str) -> int:
        """How often a word, in small letters, occurs in the index."""
        return sum(segment.count(word) for segment in self._segments)

    def nearest(self, word: str, limit: int = 5) -> list[Correction]:
        """The words within two letters (one for words under five letters), likeliest first, without the word itself."""
        word = word.lower()
        most = 1 if len(word) < SHORT else 2
        found: dict[str, Correction] = {}
        for segment, near in zip(self._segments, near_in_all(self._segments, word, most), strict=True):
            for other, distance in _best(segment, near, limit):
                if other not in found and other != word:
                    found[other] = Correction(other, distance, self.count(other))
        return sorted(found.values(), key=lambda correction: _cost(word, correction))[:limit]

    def split(self, word: str) -> tuple[str, str] | None:
        """The two words of the index that a word was run together from: kohalikomavalitsus -> kohalik, omavalitsus."""
        word = word.lower()
        best = min(
            ((word[:at], word[at:]) for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)),
            key=lambda pair: self._cost_of_split(*pair),
            default=None,
        )
        return best if best and self._cost_of_split(*best) < math.inf else None

    def joined(self, first: str, second: str) -> str | None:
        """The word of the index that two neighbours are, where that is how it is mostly written: kriisi plaan."""
        first, second = first.lower(), second.lower()
        if min(len(first), len(second)) < _SHORTEST_PART:
            return None
        count = self.count(first + second)
        rarer = min(self.count(first), self.count(second))
        return first + second if count and count >= JOINED_SHARE * rarer else None

    def corrected(
        self, words: Sequence[str], has_hits: Callable[[str], bool], right: Container[str] = ()
    ) -> tuple[str, ...] | None:
        """The words of a query as they were probably meant; None where they are right as far as the index can tell.

        `has_hits` says whether a word finds anything as it was typed, by any of its lemmas. A word that Vabamorf knows
        and one in `right` is never corrected; one that has hits only where another with a single slip is clearly more
        frequent.
        """
        joined = self._join(words)
        each = [(word,) if word.lower() in right else self._meant(word, has_hits=has_hits(word)) for word in joined]
        meant = self._join([part for parts in each for part in parts])
        return tuple(meant) if meant != list(words) else None

    def _join(self, words: Sequence[str]) -> list[str]:
        """The words, those that are one put together."""
        found: list[str] = []
        for word in words:
            joined = self.joined(found[-1], word) if found else None
            if joined:
                found[-1] = joined
            else:
                found.append(word)
        return found

    def _meant(self, word: str, *, has_hits: bool) -> tuple[str, ...]:
        if len(word) < LEAST or not word.replace("-", "").isalpha() or _is_word(word, has_hits=has_hits):
            return (word,)
        telling = (near for near in self.nearest(word) if near.word not in _SAYING_NOTHING)
        best = next(telling, None)
        if has_hits:
            is_clear = best and best.distance <= 1 and best.count >= CLEARLY * max(1, self.count(word.lower()))
            return (best.word,) if best and is_clear else (word,)
        parts = self.split(word)
        cost = _cost(word.lower(), best) + math.log(self._total) if best else math.inf
        if parts and self._cost_of_split(*parts) < cost:
            return parts
        return (best.word,) if best and best.distance <= (1 if len(word) < LONG else 2) else (word,)

    def _cost_of_split(self, first: str, second: str) -> float:
        """As of a suggestion: a space is a letter that was left out, and both words are drawn by their counts."""
        count = self.count(first)
        following = self.count(second) if count else 0
        if not following:
            return math.inf
        return PER_LETTER - SLIP + math.log(self._total / count) + math.log(self._total / following)


def _is_word(word: str, *, has_hits: bool) -> bool:
    """Whether Vabamorf knows it, as a name too; what finds nothing must be more than two short words put together.

    Nearly all that looks like Estonian is a compound of some short words: eelarv is eel + arv.
    """
    readings = (*known_readings(word.lower()), *known_readings(word.capitalize()))
    return any(has_hits or len(reading.tokens) == 1 or min(map(len, reading.tokens)) >= LEAST for reading in readings)


def _best(segment: NearWords, near: Candidates, limit: int) -> list[tuple[str, float]]:
    """The words of one segment that may be among the likeliest, with their distances in letters."""
    letters = near.distances / LETTER
    costs = PER_LETTER * letters - np.log(segment.counts(near.numbers))
    wanted = limit + 1  # the word itself is among them
    most = np.partition(costs, wanted - 1)[wanted - 1] + SLIP if len(costs) > wanted else np.inf
    return [(segment.word(int(near.numbers[at])), float(letters[at])) for at in np.flatnonzero(costs <= most)]


def _cost(word: str, correction: Correction) -> float:
    cost = PER_LETTER * correction.distance - math.log(correction.count)
    return cost - SLIP if _is_slip(word, correction.word) else cost


def _is_slip(typed: str, meant: str) -> bool:
    """Whether a letter was left out or two were swapped."""
    typed, meant = fold(typed), fold(meant)
    return len(meant) > len(typed) or (len(meant) == len(typed) and meant != typed and sorted(meant) == sorted(typed))
