"""How good the answers are: nDCG@10, MRR and recall of a judged set of queries.

    python benchmarks/relevance.py tests/relevance [--per-query]

A set is a folder with corpus.jsonl (id, title, text, and what else is known), queries*.jsonl (id, text) and
qrels*.tsv (query-id, corpus-id, score; 2 answers, 1 answers partly). Prints the means and a 95 % interval of nDCG by
bootstrap over the queries; with --per-query each query and its best hits.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

import numpy as np

from aardekast.curated import load_vocabulary
from aardekast.resource import Resource
from aardekast.settings import Settings
from index import ResourceList, Searcher, SearchRequest, engine_at

DEPTH = 10
SEED = 20261122


@dataclass(frozen=True)
class JudgedSet:
    """Resources, queries, and which resources answer each."""

    resources: list[Resource]
    queries: dict[str, str]
    judgements: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Outcome:
    """The figures of one query, and the ids of its best hits."""

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


def evaluate(judged: JudgedSet, searcher: Searcher) -> list[Outcome]:
    """Ask every judged query."""
    return [
        _outcome(text, judged.judgements[id_], searcher)
        for id_, text in judged.queries.items()
        if judged.judgements.get(id_)
    ]


def open_judged(judged: JudgedSet, folder: Path) -> Searcher:
    """The set, indexed in this folder with the project's own vocabulary."""
    vocabulary = load_vocabulary(Settings.load({}))
    engine_at(folder, vocabulary).update(ResourceList(judged.resources))
    return engine_at(folder, vocabulary).open()


def interval(values: list[float]) -> tuple[float, float]:
    """The 95 % interval of their mean, by 10,000 draws with a fixed seed."""
    draws = np.random.default_rng(SEED).choice(values, size=(10_000, len(values))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)


def _outcome(text: str, judged: dict[str, int], searcher: Searcher) -> Outcome:
    hits = [hit.resource.id for hit in searcher.search(SearchRequest(text=text, page_size=DEPTH)).hits]
    gains = [judged.get(id_, 0) for id_ in hits]
    best = _dcg(sorted(judged.values(), reverse=True)[:DEPTH])
    ranks = [rank for rank, gain in enumerate(gains, start=1) if gain]
    relevant = sum(score > 0 for score in judged.values())
    return Outcome(
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--per-query", action="store_true")
    options = parser.parse_args()
    judged = read_set(options.folder)
    with tempfile.TemporaryDirectory() as folder:
        outcomes = evaluate(judged, open_judged(judged, Path(folder)))
    if options.per_query:
        for outcome in sorted(outcomes, key=lambda o: o.ndcg):
            print(f"{outcome.ndcg:.3f}  {outcome.query}  {' '.join(outcome.hits)}")
    scores = [outcome.ndcg for outcome in outcomes]
    low, high = interval(scores)
    print(
        f"{options.folder.name}: {len(judged.resources)} resources, {len(outcomes)} queries; "
        f"nDCG@10 {mean(scores):.3f} [{low:.3f}, {high:.3f}], "
        f"MRR {mean(o.reciprocal_rank for o in outcomes):.3f}, recall@10 {mean(o.recall for o in outcomes):.3f}"
    )


if __name__ == "__main__":
    main()
