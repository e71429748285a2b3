"""The query text analysed: for each word all that may stand for it in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import NamedTuple

from aardekast.language.estonian import acronym_of, analyse, compound_parts, grams, query_lemmas
from aardekast.language.snowball import STEMMED, stem
from aardekast.language.stopwords import QUESTION_WORDS, STOP_WORDS
from aardekast.language.text import words
from aardekast.language.vabamorf import is_ordinary_word
from aardekast.vocabulary import Vocabulary
from index import weights
from index.querytext import QueryText
from index.schema import EXACT, LEMMA, stem_channel
from index.synonyms import Lemmas, Phrase, PhraseWord, Stems, Synonyms

Meant = Callable[[str, Lemmas], Lemmas]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryWord:
    """A word as typed, and its terms in each channel.

    `parts` are the lemmas of its compound in order; `derived` is the action noun of a verb, or the verb of one, which
    count as the word; `expansions` are phrases that an abbreviation stands for, each a sequence of lemma alternatives;
    `abbreviations` are lemmas that mean the phrase this word belongs to, `synonyms` phrases that say the same as it.
    `meant` are lemmas that were typed without their diacritics, `also` names what else is searched as a reader writes
    it. A `prefix` stands for all words that begin so. What `is_in_phrase` is only meant where the phrase stands.
    """

    typed: str
    form: str
    lemmas: Lemmas
    parts: tuple[Lemmas, ...] = ()
    grams: tuple[str, ...] = ()
    stems: Stems = ()
    derived: Lemmas = ()
    expansions: tuple[tuple[Lemmas, ...], ...] = ()
    abbreviations: Lemmas = ()
    synonyms: tuple[Phrase, ...] = ()
    meant: Lemmas = ()
    also: tuple[str, ...] = ()
    prefix: str = ""
    is_in_phrase: bool = False
    is_stop_word: bool = False

    @property
    def weight(self) -> float:
        """How much the word counts."""
        return weights.STOP_WORD if self.is_stop_word else 1.0


class PhraseTerm(NamedTuple):
    """A word of a phrase in quotes, and the terms that may stand for it, as channel and term."""

    typed: str
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What a query text was parsed to: its words, and which of them must follow each other."""

    words: tuple[QueryWord, ...]
    phrases: tuple[tuple[PhraseTerm, ...], ...] = ()

    @property
    def required(self) -> tuple[QueryWord, ...]:
        """The words that a full answer has: all but the stop words, where there are others."""
        return tuple(self.words[number] for number in self.required_numbers)

    @property
    def required_numbers(self) -> tuple[int, ...]:
        """Which words those are."""
        meant = tuple(number for number, word in enumerate(self.words) if not word.is_stop_word)
        return meant or tuple(range(len(self.words)))


class QueryAnalyzer:
    """Query texts to queries, with the abbreviations and synonyms of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, meant: Meant) -> None:
        """`meant` gives the lemmas that a typed word stands for beside its own."""
        self._meant = meant
        self._texts = vocabulary.abbreviations
        self._phrases: dict[str, tuple[tuple[Lemmas, ...], ...]] = {}
        for short, meanings in vocabulary.abbreviations.items():
            phrases = (tuple(analyse(word.text).lemmas for word in words(long)) for long in meanings)
            self._phrases[short] = tuple(filter(None, phrases))
        self._synonyms = Synonyms(vocabulary)
        # In small letters these are words of their own: sa, kop, kai, tai, mak.
        self._ordinary = {short for short in self._phrases if is_ordinary_word(short.lower())}

    def of(self, said: QueryText) -> Query:
        """The query of what a text says: its words, those of its phrases and titles, and its beginnings of words."""
        typed = said.ranked_words
        asked = [word for word in typed if word.lower() not in QUESTION_WORDS] or list(typed)
        different: dict[str, str] = {}
        for word in asked:
            different.setdefault(self._identity(word), word)
        found = [self._word(word) for word in different.values()]
        detailed = self._with_synonyms(self._with_abbreviations(found[: weights.MOST_IN_DETAIL]))
        others = (replace(word, parts=(), grams=()) for word in found[weights.MOST_IN_DETAIL :])
        exact = (QueryWord(typed=word, form=word.lower(), lemmas=()) for word in said.exact_words)
        beginnings = (
            QueryWord(typed=f"{start}*", form="", lemmas=(), prefix=start.lower())
            for start in said.prefixes[: weights.MOST_IN_DETAIL]
        )
        in_phrases = frozenset(chain.from_iterable(said.phrases_of_several)) - frozenset(said.words)
        words = (replace(word, is_in_phrase=word.typed in in_phrases) for word in (*detailed, *others))
        phrases = (tuple(PhraseTerm(word, self.every_form(word)) for word in p) for p in said.phrases_of_several)
        return Query((*words, *exact, *beginnings), tuple(phrases))

    def every_form(self, word: str) -> tuple[tuple[str, str], ...]:
        """A word in all its forms, typed with its diacritics or without, as channel and term, in each language."""
        lemmas = query_lemmas(word)
        estonian = ((LEMMA, lemma) for lemma in (*lemmas, *self._meant(word, lemmas)))
        return (
            (EXACT, word.lower()),
            *estonian,
            *((stem_channel(language), stem(word, language)) for language in STEMMED),
        )

    def _identity(self, word: str) -> str:
        """What makes two words of a query one: küla and KÜLA, but not sa and SA."""
        return word if acronym_of(word) in self._ordinary else word.lower()

    def _word(self, typed: str) -> QueryWord:
        form = typed.lower()
        lemmas = query_lemmas(typed)
        meant = self._meant(typed, lemmas)
        lemmas = (*lemmas, *meant)
        expansions: tuple[tuple[Lemmas, ...], ...] = ()
        short = self._abbreviation(typed, lemmas)
        if short:
            expansions = self._phrases[short]
            # SA in capitals is not the pronoun; mtü, Mtü and MTÜ are one.
            lemmas, meant = (short,) if short in self._ordinary else query_lemmas(short), ()
        return QueryWord(
            typed=typed,
            form="" if lemmas == (short,) else form,
            lemmas=lemmas,
            derived=_derived(lemmas),
            parts=_parts(meant[0] if meant else typed, lemmas),
            grams=() if short else grams(form),
            stems=tuple((language, stem(form, language)) for language in STEMMED if _may_be(form, language)),
            expansions=expansions,
            meant=meant,
            also=self._texts.get(short, ()) if short else (),
            is_stop_word=not short and form in STOP_WORDS,
        )

    def _abbreviation(self, typed: str, lemmas: Lemmas) -> str | None:
        """The abbreviation this word is: in capitals any; in small letters those that are no ordinary word."""
        acronym = acronym_of(typed)
        if acronym in self._phrases:
            return acronym
        for short in self._phrases:
            if short not in self._ordinary and short.lower() in lemmas:
                return short
        return None

    def _with_abbreviations(self, found: list[QueryWord]) -> list[QueryWord]:
        """Let the words of a spelt-out abbreviation be found by its short form too."""
        for short, phrases in self._phrases.items():
            term = short if short in self._ordinary else short.lower()
            for phrase in phrases:
                for start in range(len(found) - len(phrase) + 1):
                    window = found[start : start + len(phrase)]
                    if all(set(word.lemmas) & set(lemmas) for word, lemmas in zip(window, phrase, strict=True)):
                        for offset, word in enumerate(window):
                            if term not in word.abbreviations:
                                found[start + offset] = replace(
                                    word, abbreviations=(*word.abbreviations, term), also=(*word.also, short)
                                )
        return found

    def _texts_of(self, phrases: Iterable[Phrase]) -> Iterator[str]:
        """Synonyms as the vocabulary writes them, but for those in languages that the visitor did not ask in."""
        return (self._synonyms.text_of(phrase) for phrase in phrases if not any(word.stems for word in phrase))

    def _with_synonyms(self, found: list[QueryWord]) -> tuple[QueryWord, ...]:
        query = [PhraseWord(word.lemmas, word.stems) for word in found]
        joined = [joined_lemmas(first, second) for first, second in pairwise(found)]
        synonyms = self._synonyms.find(query, [*joined, ()])
        return tuple(
            replace(word, synonyms=phrases, also=(*word.also, *self._texts_of(phrases)))
            for word, phrases in zip(found, synonyms, strict=True)
        )


def joined_lemmas(first: QueryWord, second: QueryWord) -> Lemmas:
    """What two neighbours written together may be as a lemma: küla vanema -> külavanem. Not all of them are words."""
    starts = dict.fromkeys((first.form, *filter(str.islower, first.lemmas)))
    ends = dict.fromkeys((*filter(str.islower, second.lemmas), second.form))
    return tuple(dict.fromkeys(start + end for start in filter(None, starts) for end in filter(None, ends)))


def _derived(lemmas: Lemmas) -> Lemmas:
    """The verb of an action noun and the noun of a verb: koostamine, koostama. What is no word stands nowhere."""
    verbs = [lemma[:-4] + "ma" for lemma in lemmas if lemma.endswith("mine")]
    return (*verbs, *(lemma[:-2] + "mine" for lemma in lemmas if lemma.endswith("ma")))


def _may_be(form: str, language: str) -> bool:
    """Whether the letters of a word are those of the language."""
    return (language == "ru") == any("а" <= letter <= "ё" for letter in form)


def _parts(typed: str, lemmas: Lemmas) -> tuple[Lemmas, ...]:
    if not any(lemma.islower() for lemma in lemmas):
        return ()
    return compound_parts(typed)
