"""Matching is plain Whoosh's: the same documents and the same counts, after a build and after many updates.

The oracle is an index in Whoosh's own format, made of the same words, one stream of terms for each channel.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import fields, query
from whoosh.analysis import Analyzer, Token
from whoosh.filedb.filestore import RamStorage
from whoosh.index import open_dir
from whoosh.sorting import FieldFacet

from aardekast.language.estonian import analyse
from aardekast.language.snowball import stem
from aardekast.language.text import spelling, written_words
from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import ResourceList, engine_at
from index.columns import Columns
from index.generations import Generations
from index.inversion import POSITION_BITS
from index.postings import PostingStore
from index.schema import EXACT, LANGUAGES, LEMMA, PART, stem_channel, title_of
from index.segment import open_segments
from index.session import BREAK

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from recombined import KINDS, Question, make_resources

FACETS = ("audience", "topic", "kind")
CHANNELS = (EXACT, LEMMA, PART, stem_channel("en"), stem_channel("ru"))
FIELDS = (*CHANNELS, *map(title_of, CHANNELS))
# So many questions for each channel, and as many of each of the five kinds.
MANY, SOME = 500, 50
UPDATES = 15

Found = tuple[set[str], dict[str, dict[str, int]]]


class AsGiven(Analyzer):
    """Terms with their positions, as `joined` joins them."""

    def __call__(self, value: str, **_options: object) -> Iterator[Token]:
        for given in value.split():
            position, _, text = given.partition(":")
            yield Token(text=text, pos=int(position), positions=True, boost=1.0, stopped=False, removestops=False)


def joined(stream: Sequence[tuple[str, int]]) -> str:
    return " ".join(f"{position}:{text}" for text, position in stream)


Streams = dict[str, list[tuple[str, int]]]


def oracle_of(resources: Sequence[Resource], streams_of: Sequence[Streams]) -> Any:
    """A searcher of plain Whoosh."""
    kept = fields.KEYWORD(commas=True)
    schema = fields.Schema(id=fields.STORED, **dict.fromkeys(FACETS, kept))
    for name in FIELDS:
        schema.add(name, fields.TEXT(analyzer=AsGiven(), phrase=True))
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for resource, of_resource in zip(resources, streams_of, strict=True):
        facets = {"audience": resource.audiences, "topic": resource.topics, "kind": (resource.kind,)}
        named = {name: ",".join(values) for name, values in facets.items() if any(values)}
        writer.add_document(id=resource.id, **named, **{k: joined(v) for k, v in of_resource.items() if v})
    writer.commit()
    return index.searcher()


def streams(resource: Resource) -> Streams:
    """The terms of each channel with their positions: title, card and text with a gap between each two."""
    title = written_words(resource.title)
    card = [part for part in (title, written_words(resource.description)) if part]
    whole = [*card, written_words(resource.text)]
    found: Streams = {}
    is_foreign = resource.language in LANGUAGES[1:]
    for names, parts in ((CHANNELS, whole), ([title_of(name) for name in CHANNELS], [title])):
        exact, lemma, part, english, russian = names
        estonian = parts if not is_foreign else parts[: len(card)]
        found[exact] = placed(parts, lambda word: (word.lower(),))
        found[lemma] = placed(estonian, lambda word: analyse(word).lemmas)
        found[part] = placed(estonian, lambda word: analyse(word).parts)
        for language, name in (("en", english), ("ru", russian)):
            if resource.language == language:
                found[name] = placed(parts, lambda word, of=language: (stem(word, of),))
    return found


def placed(parts: Sequence[Sequence[str]], terms_of: Any) -> list[tuple[str, int]]:
    found, start = [], 0
    for part in parts:
        for position, word in enumerate(part, start=start):
            found += [(term, position) for term in terms_of(spelling(word))]
        start += len(part) + BREAK
    return found


def asked_of_whoosh(searcher: Any, field: str, question: Question) -> Found:
    if question.kind == "phrase":
        wanted: Any = query.Phrase(field, list(question.words))
    elif question.kind == "prefix":
        wanted = query.Prefix(field, question.words[0])
    else:
        wanted = (query.And if question.kind == "all" else query.Or)([query.Term(field, w) for w in question.words])
    groups = {name: FieldFacet(name, allow_overlap=True) for name in FACETS}
    results = searcher.search(wanted, limit=None, groupedby=groups)
    counts = {name: {k: len(v) for k, v in results.groups(name).items() if k} for name in FACETS}
    return {hit["id"] for hit in results}, counts


@dataclass
class Ours:
    """The newest generation, by its arrays."""

    store: PostingStore
    columns: Columns
    ids: dict[int, str]
    segments: int

    @classmethod
    def open(cls, folder: Path) -> "Ours":
        generation = Generations(folder).require()
        with open_dir(str(generation), readonly=True).reader() as reader:
            segments = open_segments(generation, reader)
        columns = Columns([s.columns for s in segments], [s.alive for s in segments])
        ids = {number: id_ for id_, (number, _) in columns.versions().items()}
        return cls(PostingStore(segments), columns, ids, len(segments))

    def ask(self, field: str, question: Question) -> Found:
        mask = np.zeros(self.columns.size, dtype=np.bool_)
        mask[self._documents(field, question)] = True
        counts = {}
        for name in FACETS:
            facet = self.columns.facets[name]
            numbers = zip(facet.values, facet.counts(mask).tolist(), strict=True)
            counts[name] = {str(value): number for value, number in numbers if number}
        return {self.ids[number] for number in np.flatnonzero(mask).tolist()}, counts

    def _documents(self, field: str, question: Question) -> Any:
        if question.kind == "phrase":
            return self.store.phrase([[(field, word)] for word in question.words]) >> POSITION_BITS
        if question.kind == "prefix":
            return self.store.starting_with(field, question.words[0], most=10**6).documents
        each = [self.store.get(field, word).documents for word in question.words]
        return reduce(np.intersect1d if question.kind == "all" else np.union1d, each)


def questions_about(streams_of: Sequence[list[tuple[str, int]]], count: int, draw: random.Random) -> Iterator[Question]:
    """Questions whose terms mostly stand in one document, of rare and of common terms alike."""
    for number in range(count):
        stream, kind = draw.choice(streams_of), KINDS[number % len(KINDS)]
        terms = [term for term, _ in stream]
        if kind == "phrase":
            words = phrase_in(stream, draw)
        elif kind == "prefix":
            words = [draw.choice(terms)[: draw.randint(1, 6)]]
        else:
            words = draw.choices(terms, k={"term": 1, "any": 2, "all": 3}[kind])
        yield Question(kind, tuple(words))


def phrase_in(stream: Sequence[tuple[str, int]], draw: random.Random) -> list[str]:
    """A term, and one or two that follow it, whatever else stands at their positions; else any two."""
    at: dict[int, list[str]] = {}
    for term, position in stream:
        at.setdefault(position, []).append(term)
    start = draw.choice(list(at))
    words = [draw.choice(at[position]) for position in range(start, start + draw.choice((2, 2, 3))) if position in at]
    return words if len(words) > 1 else [stream[0][0], stream[-1][0]]


def assert_same(folder: Path, resources: Sequence[Resource], count: int, draw: random.Random) -> None:
    streams_of = [streams(resource) for resource in resources]
    ours, oracle = Ours.open(folder), oracle_of(resources, streams_of)
    for field in FIELDS:
        of_field = [stream for each in streams_of if len(stream := each.get(field, [])) > 1]
        some = count if field in (EXACT, LEMMA) else count // 10
        hits = 0
        for question in questions_about(of_field, some, draw):
            wanted = asked_of_whoosh(oracle, field, question)
            assert ours.ask(field, question) == wanted, (field, question)
            hits += bool(wanted[0])
        assert hits > some // 2  # what finds nothing shows nothing


def odd_resources() -> list[Resource]:
    """What real collections hold, too."""
    texts = {
        "empty": ("", ""),
        "only-title": ("Küla arengukava", ""),
        "only-text": ("", "Kogukonna kriisiplaan valmis."),
        "title-without-words": ("!!! — ???", "Küla pidu."),
        "surrogates": ("Vald \ud800", "küla\ud83d kogukond \udc00\udfff arengukava"),
        "long-words": ("Pikk", f"{'a' * 63} {'a' * 64} {'a' * 65}b {'õ' * 70} {'x' * 100_000}"),
        "composed": ("Õpikoda", "külavanem õpib öösel šokolaadi"),
        "decomposed": ("Õpikoda", "külavanem õpib öösel šokolaadi"),
        "invisible": ("Küla\u00adelu", "aren\u200bgu\ufeffkava \u00ad"),
        "signs": ("KOV-ide e‑kaasamine", "Facebook’is Facebook'is KOVi KOV-idele 2024. aastal 3,5 a_b __"),
        "capitals": ("SA Kodukant", "sa SA Sa KÜLA Küla küla İstanbul ΣΟΦΟΣ ﬁlm"),
        "same-word": ("küla küla", "küla " * 200),
        "long": ("Pikk lugu", "vald " + "lalala " * 66_000 + "külavanem otsustas 65535 korda"),
    }
    return [
        Resource(id=name, url=f"https://naide.ee/{name}", title=title, text=text, language="et", kind="uudis")
        for name, (title, text) in texts.items()
    ]


def foreign_resources() -> list[Resource]:
    english = ("Village elders", "Communities are planning. The elders of villages plan küla kriisiplaan together.")
    russian = ("Староста деревни", "Общины планируют. Деревни и общины планировали вместе kriisiplaan.")
    finnish = ("Kylän vanhin", "Kylät suunnittelevat küla yhdessä.")
    return [
        Resource(
            id=f"{language}-{number}",
            url=f"https://naide.ee/{language}/{number}",
            title=title,
            description="Külavanema kriisiplaan võõras keeles.",
            text=f"{text} {number}",
            language=language,
            topics=("kulaelu",),
        )
        for language, (title, text) in {"en": english, "ru": russian, "fi": finnish}.items()
        for number in range(3)
    ]


@pytest.fixture(scope="module")
def collection() -> list[Resource]:
    return [*make_resources(120, 100), *odd_resources(), *foreign_resources()]


def test_after_a_build(collection: list[Resource], vocabulary: Vocabulary, tmp_path: Path) -> None:
    engine_at(tmp_path, vocabulary).update(ResourceList(collection))
    assert_same(tmp_path, collection, MANY, random.Random(1))


def test_after_updates_deletions_and_merges(collection: list[Resource], vocabulary: Vocabulary, tmp_path: Path) -> None:
    draw = random.Random(2)
    spare = make_resources(60, 100, seed=3)
    held, segments = collection[60:], []
    waiting = [*collection[:60], *(replace(one, id=f"spare-{one.id}") for one in spare)]
    for number in range(UPDATES):
        engine_at(tmp_path, vocabulary).update(ResourceList(held, revision=number + 1))
        segments.append(Ours.open(tmp_path).segments)
        if number % 4 == 3:
            assert_same(tmp_path, held, SOME, draw)
        draw.shuffle(held)
        held = [*changed(held[:6], spare, draw), *held[9:], *waiting[:8]]
        waiting = waiting[8:]
    engine_at(tmp_path, vocabulary).update(ResourceList(held, revision=UPDATES + 1))
    assert_same(tmp_path, held, MANY, draw)
    assert max(segments) > 3  # several segments were searched
    assert any(later < earlier for earlier, later in pairwise(segments))  # and merged


def changed(resources: Sequence[Resource], texts: Sequence[Resource], draw: random.Random) -> list[Resource]:
    """The same resources with other texts, titles, topics or languages."""
    others = draw.sample(list(texts), len(resources))
    return [
        replace(one, title=other.title, text=other.text, topics=other.topics, language=draw.choice(("et", "et", "en")))
        for one, other in zip(resources, others, strict=True)
    ]


def test_after_everything_was_deleted_and_came_again(
    collection: list[Resource], vocabulary: Vocabulary, tmp_path: Path
) -> None:
    for revision, resources in enumerate((collection, [], collection[60:]), start=1):
        engine_at(tmp_path, vocabulary).update(ResourceList(resources, revision))
    assert_same(tmp_path, collection[60:], SOME, random.Random(3))
