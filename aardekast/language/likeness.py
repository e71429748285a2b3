"""Whether two texts are nearly the same: bands that find candidates in a database, and a comparison that decides.

The bands are MinHash over shingles of three lemmas (Broder 1997) with locality-sensitive banding. Deterministic over
processes and machines, because they are kept.

Lemmas, not words (benchmarks/copies.py): of copies of which 5 % of the words stand in another form all are found, not
72 % (300 texts of 800 words) or 85 % (879 help pages), of all other copies as many, and no more different texts are
taken for copies. A text takes 3 ms longer the first time that its words are met.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aardekast.language.estonian import analyse
from aardekast.language.text import raw_words, spelling

FEWEST_WORDS = 50  # in a shorter text two words are a tenth of it, and a date and a place all that it says
SHINGLE = 3  # words; of 2, pages of one template come nearer, of 4, edited copies go farther
# 64 minima in 16 bands of 4: two texts of likeness .7 share a band in 99 %, of .8 in 99.9 %, of .3 in 12 %.
# A 64-bit SimHash of the same shingles parts worse: where it finds 98 % of the copies below (12 bits), it takes 23
# pairs of the 879 help pages for copies, and no few columns of a database find what is 12 bits away.
BANDS, ROWS = 16, 4
# Shared shingles by all shingles of both. A copy of 800 words that lost a paragraph, has another frame and 2 % of its
# words changed is above .7 in 97 % of all cases (.75: 91 %, .8: 76 %; 85 % after the check of what is said); of the
# 879 help pages, made from few templates, 12 pairs are, and after that check 4, which are the same text.
LEAST = 0.7
# Of 3,987 provisions of law, nearly all of under 100 words, eleven pairs are taken for copies at .7, of which three say
# different things in the same sentence; at .9 two, which say the same. The price: a short text in another frame stays.
SHORT, LEAST_OF_SHORT = 100, 0.9
# Shared words by all words of both, as they are written. Of 62 pairs of texts with a band in common it is within .06 of
# the likeness by shingles.
LEAST_WORDS = 0.4
IN_PLACE = 3  # words; a longer replacement is another passage, not another word in the same one
COMPARED = 2_000  # words of each text in which replacements are looked for; bounds what one pair costs
SAME_START = 4  # letters by which a replaced word is the same in another case

_NUMBER = re.compile(r"\d")
# A day in another month is another day: so the days of a series part that are alike in their numbers.
_MONTH = re.compile(
    r"^(jaanuar|veebruar|märts|aprill|mai|juuni|juuli|august|septemb|oktoob|novemb|detsemb|januar|februar|march|april|may"
    r"|june|july|octob|decemb|январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w{0,4}$",
    re.IGNORECASE,
)
_NAME = re.compile(r"^[A-ZÕÄÖÜŠŽ]")
_SENTENCE_END = re.compile(r"[.!?:;•\n]")
Hashes = NDArray[np.uint64]


def _odd_numbers(purpose: str, count: int) -> Hashes:
    """The same numbers for ever: bands that are kept must meet those of later texts."""
    digests = (hashlib.blake2b(f"{purpose} {n}".encode(), digest_size=8).digest() for n in range(count))
    return np.array([int.from_bytes(digest, "big") | 1 for digest in digests], dtype=np.uint64)


_FACTORS = _odd_numbers("factor", BANDS * ROWS)
_TERMS = _odd_numbers("term", BANDS * ROWS)
_PLACES = _odd_numbers("place", SHINGLE)


def bands(text: str) -> tuple[int, ...]:
    """What near copies of the text share at least one of: whole numbers below 2^63; none for a short text."""
    words = _words(text)
    if len(words) < FEWEST_WORDS:
        return ()
    shingles = _shingles(words)
    minima = np.array([(shingles * factor + term).min() for factor, term in zip(_FACTORS, _TERMS, strict=True)])
    return tuple(_digest(number, row) for number, row in enumerate(minima.reshape(BANDS, ROWS)))


def is_near_copy(text: str, other: str) -> bool:
    """Whether one is a copy of the other with another frame, a heading or small edits.

    Two announcements or pages of one template are none: they say another date or name, or one word for another again
    and again, in the same places.
    """
    if _share_few_words(text, other):
        return False
    one, two = _words(min(text, other)), _words(max(text, other))  # the answer for two texts in any order
    shorter = min(len(one), len(two))
    if shorter < FEWEST_WORDS or _likeness(one, two) < (LEAST_OF_SHORT if shorter < SHORT else LEAST):
        return False
    return not _say_different_things(one[:COMPARED], two[:COMPARED])


def _share_few_words(text: str, other: str) -> bool:
    """Whether that alone parts them, in a twentieth of the time that their lemmas take."""
    these, those = set(text.lower().split()), set(other.lower().split())
    return len(these & those) < LEAST_WORDS * len(these | those)


def _likeness(one: Sequence[str], two: Sequence[str]) -> float:
    first, second = _shingles(one), _shingles(two)
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return shared / (len(first) + len(second) - shared)


def _say_different_things(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether a number, month or name was replaced, or one word by the same other one twice.

    Where 2 % of the words were changed at random one copy in eight looks like that and stays visible; of the pairs of
    pages of one template it parts two in three.
    """
    replaced: Counter[tuple[str, str]] = Counter()
    matcher = difflib.SequenceMatcher(None, _lemmas(one), _lemmas(two))
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "replace" or max(end - start, other_end - other_start) > IN_PLACE:
            continue
        mine, theirs = one[start:end], two[other_start:other_end]
        if any(_have_other(pattern, mine, theirs) for pattern in (_NUMBER, _MONTH, _NAME)):
            return True
        replaced.update((a, b) for a, b in zip(map(_start, mine), map(_start, theirs), strict=False) if a != b)
    return any(times > 1 for times in replaced.values())


def _have_other(pattern: re.Pattern[str], mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both have words of this pattern, and none that starts alike."""
    these, those = ({_start(word) for word in words if pattern.search(word)} for words in (mine, theirs))
    return bool(these) and bool(those) and these.isdisjoint(those)


def _start(word: str) -> str:
    return word if _NUMBER.search(word) else word[:SAME_START].lower()


def _words(text: str) -> list[str]:
    """The words of a text as they are written, but for the first of each sentence, whose capital says nothing."""
    found, before = [], 0
    for word, start, end in raw_words(text):
        starts_sentence = not before or _SENTENCE_END.search(text, before, start)
        found.append(spelling(word.lower() if starts_sentence else word))
        before = end
    return found


def _lemmas(words: Sequence[str]) -> list[str]:
    """The first lemma of each: which of several is meant does not matter, as long as it is always the same one."""
    return [analyse(word.lower()).lemmas[0] for word in words]


def _shingles(words: Sequence[str]) -> Hashes:
    """The different shingles of at least SHINGLE words, each by the first lemmas of these as a number."""
    numbers = np.fromiter((zlib.crc32(lemma.encode()) for lemma in _lemmas(words)), dtype=np.uint64, count=len(words))
    last = len(words) - SHINGLE + 1
    return np.unique(sum((numbers[n : n + last] + np.uint64(1)) * _PLACES[n] for n in range(SHINGLE)))


def _digest(band: int, minima: Hashes) -> int:
    digest = hashlib.blake2b(bytes([band]) + minima.astype("<u8").tobytes(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
