"""How good the answers are: nDCG@10, MRR and recall of judged sets of queries.

    python benchmarks/relevance.py [FOLDER...] [--per-query] [--baseline FILE] [--save FILE] [--ablate] [--indexes DIR]

A set is a folder with corpus.jsonl (id, title, text, and what else is known), queries*.jsonl (id, text) and
qrels*.tsv (query-id, corpus-id, score; 2 answers, 1 answers partly); tests/relevance where none is named. Each is asked
as typed, and with every compound written apart. Prints the means and the 95 % interval of nDCG by bootstrap over the
queries; with a baseline each query that differs from it and the interval of the mean difference; with --ablate what
each idea of the ranking is worth. With --indexes the indexes are kept there, and used again.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean

from judged import JudgedSet, Outcome, compounds_apart, evaluate, interval, open_judged, read_set

from index import weights

OWN_SET = Path(__file__).parents[1] / "tests" / "relevance"
VARIANTS: dict[str, Callable[[str], str]] = {"as typed": str, "compounds apart": compounds_apart}
# For each idea the weights that leave it out.
ABLATIONS: dict[str, dict[str, float]] = {
    "words of like letters": {"ALIKE": 0},
    "exact form": {"EXACT": 0},
    "word in compounds": {"IN_COMPOUND": 0},
    "parts of the query's compounds": {"OWN_PARTS": 0, "OWN_PARTS_IN_COMPOUND": 0},
    "neighbours joined": {"JOINED": 0},
    "synonyms": {"SYNONYM": 0},
    "abbreviations": {"ABBREVIATION": 0},
    "nearness": {"PAIR": 0},
    "title once more": {"TITLE": 0},
    "title coverage": {"TITLE_COVERAGE": 0},
    "titles as full answers": {"TITLE_SAYS_IT": 2},
    "coordination": {"COVERAGE_POWER": 0},
    "stop words": {"STOP_WORD": 0},
    "kind": {"GUIDE": 1, "OTHER_KIND": 1, "NEWS": 1},
    "usual BM25 (k1 1.2, b .75)": {"K1": 1.2, "B": 0.75},
}

Scores = dict[str, dict[str, dict[str, float]]]  # by set, variant and query


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=[OWN_SET])
    parser.add_argument("--per-query", action="store_true")
    parser.add_argument("--baseline", type=Path)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--indexes", type=Path)
    options = parser.parse_args()
    sets = {folder.resolve().name: read_set(folder) for folder in options.folders}
    baseline = json.loads(options.baseline.read_text(encoding="utf-8")) if options.baseline else {}
    scores: Scores = {}
    with tempfile.TemporaryDirectory() as temporary:
        indexes = options.indexes or Path(temporary)
        for name, judged in sets.items():
            scores[name] = {}
            for variant, outcomes in _ask(judged, indexes / name).items():
                scores[name][variant] = {outcome.id: round(outcome.ndcg, 4) for outcome in outcomes}
                _print_means(f"{name}, {variant}", judged, outcomes)
                if options.per_query:
                    _print_queries(outcomes)
                if variant in baseline.get(name, {}):
                    _print_differences(outcomes, baseline[name][variant])
        if options.ablate:
            _print_ablations(sets, indexes)
    if options.save:
        options.save.write_text(json.dumps(scores, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _ask(judged: JudgedSet, folder: Path) -> dict[str, list[Outcome]]:
    searcher = open_judged(judged, folder)
    return {name: evaluate(judged, searcher, variant) for name, variant in VARIANTS.items()}


def _print_means(label: str, judged: JudgedSet, outcomes: list[Outcome]) -> None:
    scores = [outcome.ndcg for outcome in outcomes]
    low, high = interval(scores)
    print(
        f"{label}: {len(judged.resources)} resources, {len(outcomes)} queries; "
        f"nDCG@10 {mean(scores):.3f} [{low:.3f}, {high:.3f}], "
        f"MRR {mean(o.reciprocal_rank for o in outcomes):.3f}, recall@10 {mean(o.recall for o in outcomes):.3f}"
    )


def _print_queries(outcomes: list[Outcome]) -> None:
    for outcome in sorted(outcomes, key=lambda o: o.ndcg):
        print(f"  {outcome.ndcg:.3f}  {outcome.query}  {' '.join(outcome.hits)}")


def _print_differences(outcomes: list[Outcome], before: dict[str, float]) -> None:
    """Every query whose figure is another one, worst first, and the paired interval of the mean difference."""
    gains = [(outcome.ndcg - before[outcome.id], outcome) for outcome in outcomes if outcome.id in before]
    for gain, outcome in sorted(gains, key=lambda pair: pair[0]):
        if abs(gain) >= 0.001:
            print(f"  {gain:+.3f}  {outcome.ndcg:.3f}  {outcome.query}")
    low, high = interval([gain for gain, _ in gains])
    print(f"  against the baseline {mean(gain for gain, _ in gains):+.4f} [{low:+.4f}, {high:+.4f}]")


def _print_ablations(sets: dict[str, JudgedSet], indexes: Path) -> None:
    columns = [f"{name}, {variant}" for name in sets for variant in VARIANTS]
    print("\n| without | " + " | ".join(columns) + " |\n|---|" + "---|" * len(columns))
    whole = _all_means(sets, indexes)
    print("| - | " + " | ".join(f"{value:.3f}" for value in whole) + " |")
    for label, changed in ABLATIONS.items():
        with _changed(changed):
            values = _all_means(sets, indexes)
        print(f"| {label} | " + " | ".join(f"{v - w:+.3f}" for v, w in zip(values, whole, strict=True)) + " |")


def _all_means(sets: dict[str, JudgedSet], indexes: Path) -> list[float]:
    asked = [_ask(judged, indexes / name) for name, judged in sets.items()]
    return [mean(outcome.ndcg for outcome in outcomes) for variants in asked for outcomes in variants.values()]


@contextmanager
def _changed(values: dict[str, float]) -> Iterator[None]:
    before = {name: getattr(weights, name) for name in values}
    try:
        for name, value in values.items():
            setattr(weights, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(weights, name, value)


if __name__ == "__main__":
    main()
