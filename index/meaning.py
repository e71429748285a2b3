"""What typed words stand for among the words of an index: their lemmas without diacritics, their likely spelling."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

import numpy as np

from aardekast.language.estonian import acronym_of, query_lemmas
from aardekast.language.folding import fold, respelt
from aardekast.language.snowball import STEMMED, stem
from aardekast.language.stopwords import QUESTION_WORDS, STOP_WORDS
from index.folded_lemmas import FoldedLemmas
from index.postings import PostingStore
from index.schema import ESTONIAN, EXACT, LEMMA, PART, stem_channel
from index.segment import Segment
from index.spelling import Speller

_SHORT = 3  # letters


class Meanings:
    """Looks typed words up in one generation."""

    def __init__(self, store: PostingStore, folded: FoldedLemmas, segments: Sequence[Segment]) -> None:
        self._store = store
        self._folded = folded
        self._segments = segments
        self._speller = Speller([lexicon.near for segment in segments for lexicon in segment.lexicons.values()])

    def lemmas(self, typed: str, own: Iterable[str]) -> tuple[str, ...]:
        """The lemmas that a word typed without its diacritics stands for beside its own, the most frequent first."""
        meant = self._folded.meant(typed, own, self._count)
        if len(typed) > _SHORT and not acronym_of(typed):
            return meant
        # Nearly every short word is also a form of another one: kai is no käi, but too may be töö and MTU is MTÜ.
        spellings = {fold(spelling) for spelling in (typed, *respelt(typed.lower()))}
        return tuple(lemma for lemma in meant if fold(lemma) in spellings)

    def corrected(self, words: Sequence[str], right: Container[str]) -> tuple[str, ...] | None:
        """The words as they were probably meant; None where they are right as far as the index can tell.

        `right` are words in small letters that are right whether or not they stand anywhere.
        """
        return self._speller.corrected(words, self._has_hits, right)

    def has_any(self, text_lemmas: Iterable[Iterable[str]]) -> bool:
        """Whether each word of a phrase, given by its lemmas, stands anywhere."""
        return all(any(self._store.has(LEMMA, lemma) for lemma in lemmas) for lemmas in text_lemmas)

    def forms(self, lemma: str, most: int) -> list[str]:
        """The most frequent forms of a lemma in small letters."""
        counts: dict[str, int] = {}
        for segment in self._segments:
            lexicon = segment.lexicons.get(ESTONIAN)
            if lexicon is not None:
                words = lexicon.channels[LEMMA].words(lemma)
                sizes = segment.texts[ESTONIAN].sizes(words)
                for number in np.argsort(-sizes, kind="stable")[: 4 * most].tolist():
                    form = lexicon.words.text(int(words[number])).lower()
                    counts[form] = counts.get(form, 0) + int(sizes[number])
        return sorted(counts, key=lambda form: (-counts[form], form))[:most]

    def _count(self, lemma: str) -> int:
        """How many documents have a lemma, as a word or in compounds."""
        return max(len(self._store.get(channel, lemma).documents) for channel in (LEMMA, PART))

    def _has_hits(self, word: str) -> bool:
        form = word.lower()
        if form in QUESTION_WORDS or form in STOP_WORDS:
            return True
        own = query_lemmas(word)
        terms = [(EXACT, form), *((LEMMA, lemma) for lemma in own), *((PART, lemma) for lemma in own)]
        terms += [(stem_channel(language), stem(form, language)) for language in STEMMED]
        return any(self._store.has(*term) for term in terms) or bool(self.lemmas(word, own))
