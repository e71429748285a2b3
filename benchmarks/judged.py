"""Judged sets of queries: read, indexed, asked, and how good the answers were."""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from aardekast.curated import load_vocabulary
from aardekast.language import vabamorf
from aardekast.language.text import words
from aardekast.resource import Resource
from aardekast.settings import Settings
from index import ResourceList, Searcher, SearchRequest, engine_at

DEPTH = 10
SEED = 20261122
DRAWS = 10_000


@dataclass(frozen=True)
class JudgedSet:
    """Resources, queries, and which resources answer each."""

    resources: list[Resource]
    queries: dict[str, str]
    judgements: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Outcome:
    """The figures of one query, and the ids of its best hits."""

    id: str
    query: str
    ndcg: float
    reciprocal_rank: float
    recall: float
    hits: list[str] = field(default_factory=list)


def read_set(folder: Path) -> JudgedSet:
    """Read a judged set from its folder."""
    resources = [_resource(row) for row in _lines(folder / "corpus.jsonl")]
    queries = {row["id"]: row["text"] for path in folder.glob("queries*.jsonl") for row in _lines(path)}
    judgements: dict[str, dict[str, int]] = defaultdict(dict)
    for path in folder.glob("qrels*.tsv"):
        with path.open(encoding="utf-8") as file:
            for query, document, score in list(csv.reader(file, delimiter="\t"))[1:]:
                judgements[query][document] = int(score)
    return JudgedSet(resources, queries, dict(judgements))


def open_judged(judged: JudgedSet, folder: Path) -> Searcher:
    """The set, indexed in this folder with the project's own vocabulary; an index that stands there is used again."""
    vocabulary = load_vocabulary(Settings.load({}))
    engine = engine_at(folder, vocabulary)
    engine.update(ResourceList(judged.resources))
    return engine.open()


def evaluate(judged: JudgedSet, searcher: Searcher, variant: Callable[[str], str] = str) -> list[Outcome]:
    """Ask every judged query, as it is written or as a variant writes it."""
    return [
        _outcome(id_, variant(text), judged.judgements[id_], searcher)
        for id_, text in judged.queries.items()
        if judged.judgements.get(id_)
    ]


def compounds_apart(text: str) -> str:
    """The text with every compound in its parts, each in the form that it has: külavanema -> küla vanema."""
    pieces, end = [], 0
    for word in words(text):
        pieces += [text[end : word.start], _apart(text[word.start : word.end])]
        end = word.end
    return "".join([*pieces, text[end:]])


def interval(values: list[float]) -> tuple[float, float]:
    """The 95 % interval of their mean, by bootstrap with a fixed seed; of differences, the paired bootstrap."""
    draws = np.random.default_rng(SEED).choice(values, size=(DRAWS, len(values))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)


def _apart(word: str) -> str:
    for reading in vabamorf.analyse(word.lower()):
        *firsts, _ = reading.tokens
        if firsts and word.lower().startswith("".join(firsts).lower()):
            cuts = np.cumsum([0, *map(len, firsts)]).tolist()
            return " ".join(word[start:end] for start, end in zip(cuts, [*cuts[1:], None], strict=True))
    return word


def _outcome(id_: str, text: str, judged: dict[str, int], searcher: Searcher) -> Outcome:
    hits = [hit.resource.id for hit in searcher.search(SearchRequest(text=text, page_size=DEPTH)).hits]
    gains = [judged.get(hit, 0) for hit in hits]
    best = _dcg(sorted(judged.values(), reverse=True)[:DEPTH])
    ranks = [rank for rank, gain in enumerate(gains, start=1) if gain]
    relevant = sum(score > 0 for score in judged.values())
    return Outcome(
        id=id_,
        query=text,
        ndcg=_dcg(gains) / best if best else 0.0,
        reciprocal_rank=1 / ranks[0] if ranks else 0.0,
        recall=len(ranks) / min(relevant, DEPTH) if relevant else 0.0,
        hits=hits,
    )


def _dcg(gains: list[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _resource(row: dict[str, object]) -> Resource:
    values = {name: row[name] for name in ("id", "title", "url") if name in row}
    return Resource(
        **{"url": f"https://example.ee/{row['id']}", **values},  # type: ignore[arg-type]
        description=str(row.get("text", "")),
        kind=str(row.get("kind", "")),
        audiences=tuple(row.get("audience", ())),  # type: ignore[arg-type]
        language="et",
    )


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
