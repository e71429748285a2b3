"""Snippets: the best passage of a text, the found words marked whatever their form, everything else escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from aardekast.language.estonian import analyse
from aardekast.language.snowball import stem
from aardekast.language.text import distinct_words, raw_words, spelling
from index.query import Query, QueryWord, joined_lemmas

MAX_SNIPPET = 300  # characters that a visitor reads; what quotation law lets pass (research on the law)
# Not after 2023. aasta or lk. 5: a sentence begins with no small letter.
_SENTENCE_END = re.compile(r"[.!?…]+[\"”“»)]*\s+(?![a-zõäöüšž])|\n+")
_ELLIPSIS = "…"
_PART_SHARE = 0.3  # of the weight of a compound: kriis alone is not kriisikomisjon


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a text that a word of the query means, or only a part of it."""

    start: int
    end: int
    query_word: int
    is_part: bool = False


class Marker:
    """Knows which words of a text a query means."""

    def __init__(self, query: Query) -> None:
        self._words = query.words
        self._terms: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        self._own_parts: dict[str, int] = {}
        self._stems: dict[str, list[tuple[str, int]]] = {}
        self._seen: dict[tuple[str, str], int | None] = {}
        shown = [pair for pair in enumerate(query.words) if pair[1] in query.required]
        for number, word in reversed(shown):  # the first of two with one meaning wins
            self._terms |= dict.fromkeys(_terms(word, query.words, number), number)
            self._parts |= dict.fromkeys(word.lemmas, number)
            self._own_parts |= {lemma: number for lemmas in word.parts for lemma in lemmas}
            for language, stemmed in word.stems:
                self._stems.setdefault(language, []).append((stemmed, number))

    def find(self, text: str, language: str = "") -> list[Found]:
        """The found words of a text in this language, in order."""
        meanings = {raw: self._means(raw, language) for raw in distinct_words(text)}
        parts = self._parts_of(meanings) if self._own_parts else {}
        meanings |= parts
        if not any(number is not None for number in meanings.values()):
            return []
        return [
            Found(start, end, number, raw in parts)
            for raw, start, end in raw_words(text)
            if (number := meanings[raw]) is not None
        ]

    def _parts_of(self, meanings: dict[str, int | None]) -> dict[str, int]:
        """A compound that a text does not hold is found by its parts, as words of their own."""
        whole, parts = set(meanings.values()), {}
        for raw, number in meanings.items():
            if number is None:
                lemmas = analyse(spelling(raw)).lemmas
                part = next((self._own_parts[lemma] for lemma in lemmas if lemma in self._own_parts), None)
                if part is not None and part not in whole:
                    parts[raw] = part
        return parts

    def weigh(self, found: Iterable[Found]) -> float:
        """How much of the query these words hold: each of its words once."""
        held: dict[int, float] = {}
        for word in found:
            share = _PART_SHARE if word.is_part else 1.0
            held[word.query_word] = max(held.get(word.query_word, 0.0), share)
        return sum(share * self._words[number].weight for number, share in held.items())

    def _means(self, raw: str, language: str) -> int | None:
        key = (raw, language)
        if key not in self._seen:
            self._seen[key] = self._meaning(spelling(raw), language)
        return self._seen[key]

    def _meaning(self, word: str, language: str) -> int | None:
        analysis = analyse(word)
        for term in (analysis.form, *analysis.lemmas):
            if term in self._terms:
                return self._terms[term]
        if language in self._stems:
            own = stem(analysis.form, language)
            return next((number for stemmed, number in self._stems[language] if stemmed == own), None)
        return next((self._parts[part] for part in analysis.parts if part in self._parts), None)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text as safe HTML, where the found words in it begin, and how much of the query they hold."""

    html: str
    place: int
    weight: float


def marked(text: str, marker: Marker, language: str = "") -> str:
    """The whole text as safe HTML with the found words marked."""
    return _render(text, 0, len(text), marker.find(text, language))


def best_excerpt(text: str, marker: Marker, language: str = "", first: int = 0, last: int | None = None) -> Excerpt:
    """The stretch of at most MAX_SNIPPET characters that holds most of the query, from the start of a sentence.

    Only the characters from `first` to `last` are looked at; the stretch may end a little after them.
    """
    looked_at = text[first:last]
    found = [replace(w, start=w.start + first, end=w.end + first) for w in marker.find(looked_at, language)]
    place, weight = _best_place(found, marker)
    start = 0 if len(text) < MAX_SNIPPET else _sentence_start(text, place)
    end = _cut(text, start)
    cut = _render(text, start, end, found, is_cut_before=start > 0, is_cut_after=end < len(text))
    return Excerpt(cut, place, weight)


def _terms(word: QueryWord, all_words: tuple[QueryWord, ...], number: int) -> set[str]:
    terms = {*word.lemmas, *word.abbreviations, word.form}
    terms.update(lemma for phrase in word.expansions for lemmas in phrase for lemma in lemmas)
    if number + 1 < len(all_words):
        terms.update(joined_lemmas(word, all_words[number + 1]))
    return terms - {""}


def _best_place(found: list[Found], marker: Marker) -> tuple[int, float]:
    """The first word of the stretch that holds most different words of the query, and how much that is."""
    best, place = (0.0, 0, 0), 0
    for number, word in enumerate(found):
        inside = _inside(found, number, word.start + MAX_SNIPPET * 2 // 3)
        value = (marker.weigh(inside), len(inside), -number)
        if value > best:
            best, place = value, word.start
    return place, best[0]


def _inside(found: list[Found], number: int, end: int) -> list[Found]:
    inside = []
    for word in found[number : number + 12]:
        if word.end > end:
            break
        inside.append(word)
    return inside


def _sentence_start(text: str, place: int) -> int:
    """The start of the sentence, or of a word where the sentence started too long ago."""
    window = max(0, place - MAX_SNIPPET // 3)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, window, place)]
    if ends:
        return ends[-1]
    if window == 0:
        return 0
    space = text.find(" ", window, place)
    return space + 1 if space >= 0 else place


def _cut(text: str, start: int) -> int:
    end = start + MAX_SNIPPET - 2  # room for an ellipsis on both sides
    if end >= len(text):
        return len(text)
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    if sentences and sentences[-1] - start > MAX_SNIPPET // 2:
        return sentences[-1]
    space = text.rfind(" ", start, end)
    return space if space > start else end


def _render(
    text: str, start: int, end: int, found: Iterable[Found], *, is_cut_before: bool = False, is_cut_after: bool = False
) -> str:
    pieces = [_ELLIPSIS] if is_cut_before else []
    place = start
    for word in found:
        if word.start >= place and word.end <= end:
            pieces.append(html.escape(text[place : word.start]))
            pieces.append(f"<mark>{html.escape(text[word.start : word.end])}</mark>")
            place = word.end
    pieces.append(html.escape(text[place:end].rstrip() if is_cut_after else text[place:end]))
    if is_cut_after and not text[:end].rstrip().endswith((".", "!", "?", _ELLIPSIS)):
        pieces.append(_ELLIPSIS)
    return re.sub(r"\s+", " ", "".join(pieces)).strip()
