"""What a copy of the site searches through: titles, topics, keywords and our descriptions, by lemma and compound part.

The file is a script and not JSON, because a page of a folder may read no other file.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from aardekast.language.estonian import analyse
from aardekast.language.folding import fold
from aardekast.language.snowball import STEMMED, stem
from aardekast.language.stopwords import QUESTION_WORDS, STOP_WORDS
from aardekast.language.text import words
from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from webapp.contents import Contents
from webapp.static_copy.forms import Forms
from webapp.static_copy.lists import newest_first

# A word of the title, a part of a compound there, a word of topics and the like, a word of our description.
TITLE, PART, BESIDE, SAID = range(4)
SHORTEST_STEM = 3  # letters: shorter ones begin too many words
Postings = list[list[int]]


class Terms:
    """Which documents have which term, and in which of the four places."""

    def __init__(self) -> None:
        self._postings: defaultdict[str, list[set[int]]] = defaultdict(lambda: [set() for _ in range(SAID + 1)])
        self._seen: defaultdict[str, set[str]] = defaultdict(set)
        self._stems: set[str] = set()

    def add(self, text: str, language: str, document: int, place: int) -> None:
        """Note the words of a text."""
        for word in words(text):
            if place == SAID and word.text.lower() in STOP_WORDS:
                continue
            if language in STEMMED:
                self._add_stem(word.text, language, document, place)
            else:
                self._add_lemmas(word.text, document, place)

    def as_json(self) -> dict[str, object]:
        """Terms in the order of the alphabet with their documents, and the forms that lead to each."""
        forms = Forms()
        terms: list[list[object]] = []
        numbers: dict[str, int] = {}
        for lemma in sorted(self._postings, key=lambda lemma: (fold(lemma), lemma)):
            numbers[lemma] = len(terms)
            terms.append([fold(lemma), *_short([_steps(sorted(found)) for found in self._postings[lemma]])])
        for lemma, number in numbers.items():
            if lemma in self._seen:
                forms.add_lemma(lemma, number, self._seen[lemma])
            if lemma in self._stems:
                forms.add_stem(fold(lemma), number)
        return {"terms": terms, "endings": forms.endings, "stems": dict(sorted(forms.stems.items()))}

    def _add_lemmas(self, word: str, document: int, place: int) -> None:
        found = analyse(word)
        for lemma in found.lemmas:
            self._postings[lemma][place].add(document)
            self._seen[lemma].add(found.form)
        for part in found.parts:
            self._postings[part][max(place, PART)].add(document)
            self._seen[part].add(part)

    def _add_stem(self, word: str, language: str, document: int, place: int) -> None:
        """What word and stem begin with: Snowball makes `communiti` of `communities`, which `community` is not."""
        written, stemmed = word.lower(), stem(word, language)
        common = next((n for n, (a, b) in enumerate(zip(written, stemmed, strict=False)) if a != b), len(stemmed))
        kept = stemmed[:common] if common >= SHORTEST_STEM else written
        self._postings[kept][place].add(document)
        if common >= SHORTEST_STEM:
            self._stems.add(kept)
        else:
            self._seen[kept].add(written)


def search_data(contents: Contents) -> str:
    """The script that holds documents and terms; documents in the order of the lists, the newest first."""
    resources = newest_first(contents.resources)
    terms = Terms()
    publishers = sorted({resource.publisher for resource in resources})
    for number, resource in enumerate(resources):
        terms.add(resource.title, resource.language, number, TITLE)
        for text, language in _beside(resource, contents.vocabulary):
            terms.add(text, language, number, BESIDE)
        terms.add(resource.description, "et", number, SAID)
    found = {
        "documents": [_document(resource, publishers) for resource in resources],
        "publishers": publishers,
        "idle": sorted(fold(word) for word in QUESTION_WORDS | STOP_WORDS),
        **terms.as_json(),
    }
    return f"window.aardekast = {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n"


def _beside(resource: Resource, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Topics in all languages, keywords and publisher, each with its language."""
    for topic in resource.topics:
        term = vocabulary.topics.get(topic)
        for language, label in (term.labels if term else {}).items():
            yield label, language
    for keyword in resource.keywords:
        yield keyword, resource.language
    yield resource.publisher, "et"


def _document(resource: Resource, publishers: Sequence[str]) -> list[object]:
    """Id, title, kind, language, year and number of the publisher."""
    year = (resource.starts or resource.published or "")[:4]
    number = publishers.index(resource.publisher)
    return [resource.id, resource.title, resource.kind, resource.language, year, number]


def _steps(numbers: Sequence[int]) -> list[int]:
    """The first number, then how far it is from each to the next: small numbers are short."""
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]


def _short(postings: Postings) -> Postings:
    """Without empty lists at the end."""
    kept = list(postings)
    while kept and not kept[-1]:
        kept.pop()
    return kept
