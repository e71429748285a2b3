"""How fast the index is, beside other engines, in one run: every figure is CPU time, every verdict a ratio or a limit.

    python benchmarks/engine.py [DOCUMENTS QUESTIONS] [--whoosh 2000] [--rounds 3]

DOCUMENTS and QUESTIONS are JSON Lines (see recombined.py for what they hold); without them 2,000 documents are made of
the project's own cards. Every engine gets the same words in small letters, keeps title and text, and gives for each
question the ten best by BM25 (a word of the title counts three times), the total, and the counts of three facets.
Plain Whoosh is slow: it gets the first so many documents only, and is compared with ours over the same ones.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from engine_ours import KnownVersions, Ours
from engine_peers import FACETS, Fts5, PlainDocument, PlainWhoosh, Tantivy
from recombined import KINDS, Question, make_questions, make_resources, plain_words, read_questions, read_resources

from aardekast.resource import Resource
from index.spans import spans

MEGA = 1_000_000
UPDATES = 8  # of 1 % each: one of them merges segments


@dataclass(frozen=True)
class Built:
    """An engine's index: where it is, and the seconds of CPU time that it took."""

    engine: Any
    folder: Path
    seconds: float

    @property
    def megabytes(self) -> float:
        """What its files take; a file with two names counts once."""
        files = {file.stat().st_ino: file.stat().st_size for file in self.folder.rglob("*") if file.is_file()}
        return sum(files.values()) / MEGA


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU time, of all threads."""
    started = time.process_time()
    work()
    return time.process_time() - started


def build(engine: Any, documents: Sequence[Any], folder: Path) -> Built:
    """Build in an empty folder; the analyses of words that stand in it beforehand do not count."""
    folder.mkdir(parents=True, exist_ok=True)
    gc.freeze()  # what the benchmark holds is nobody's garbage
    return Built(engine, folder, cpu(partial(engine.build, documents, folder)))


def plain_documents(resources: Sequence[Resource]) -> list[PlainDocument]:
    """The documents as the other engines get them."""
    return [
        PlainDocument(
            " ".join(plain_words(resource.title)),
            " ".join(plain_words(resource.text)),
            {"audience": resource.audiences, "topic": resource.topics, "kind": (resource.kind,)},
        )
        for resource in resources
    ]


def search_times(indexes: Sequence[Built], questions: Sequence[Question], rounds: int) -> dict[tuple[str, str], Any]:
    """Milliseconds of each question, by engine and "cold" or "warm": the least of the rounds, which alternate."""
    found: dict[tuple[str, str], Any] = {}
    for _ in range(rounds):
        for built in indexes:
            ask = built.engine.open(built.folder)
            for state in ("cold", "warm"):
                times = np.array([cpu(partial(ask, question)) * 1000 for question in questions])
                found[built.engine.name, state] = np.minimum(found.get((built.engine.name, state), np.inf), times)
    return found


def equal_answers(one: Built, other: Built, questions: Sequence[Question]) -> int:
    """To how many questions two engines give the same total and the same counts."""
    asks = [built.engine.open(built.folder) for built in (one, other)]
    return sum(asks[0](question) == asks[1](question) for question in questions)


def update_cost(ours: Ours, resources: Sequence[Resource], folder: Path) -> float:
    """The mean seconds of publishing a change of 1 % of the resources."""
    changed, size, spent = list(resources), max(1, len(resources) // 100), []
    for number in range(UPDATES):
        for place in range(number * size, (number + 1) * size):
            changed[place] = replace(changed[place], text=changed[place].text + " Lisatud lause.")
        spent.append(cpu(partial(ours.build, KnownVersions(changed, revision=number + 2), folder)))
    return mean(spent)


def serving(folder: Path, questions: Sequence[Question]) -> dict[str, Any]:
    """The figures of a fresh process that serves."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps({"kind": q.kind, "text": q.text}) + "\n" for q in questions)
        file.flush()
        script = Path(__file__).with_name("engine_serving.py")
        done = subprocess.run(
            [sys.executable, str(script), str(folder), file.name], check=True, stdout=subprocess.PIPE, text=True
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


class Report:
    """Lines of figures, each with what is wanted of it where something is."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def say(self, what: str, value: str, wanted: str = "", *, is_met: bool = True) -> None:
        """Print a line."""
        verdict = f"  {'met' if is_met else 'MISSED'}: {wanted}" if wanted else ""
        print(f"{what:<58} {value:>16}{verdict}", flush=True)
        if not is_met:
            self.missed.append(what)

    def at_most(self, what: str, value: float, limit: float, unit: str) -> None:
        """Print a figure that has a limit above."""
        self.say(what, f"{value:.2f} {unit}", f"at most {limit:g} {unit}", is_met=value <= limit)

    def at_least(self, what: str, value: float, limit: float, unit: str) -> None:
        """Print a figure that has a limit below."""
        self.say(what, f"{value:.2f} {unit}", f"at least {limit:g} {unit}", is_met=value >= limit)


def compare_search(report: Report, indexes: Sequence[Built], questions: Sequence[Question], rounds: int) -> None:
    """Rows of searches: means, by state and kind of question."""
    times = search_times(indexes, questions, rounds)
    ours, tantivy, fts5 = (built.engine.name for built in indexes)
    kinds = np.array([question.kind for question in questions])
    for state in ("cold", "warm"):
        of_ours = times[ours, state]
        means = ", ".join(f"{name} {times[name, state].mean():.2f}" for name in (ours, tantivy, fts5))
        report.say(f"search, {state}: mean ms", means)
        report.at_most(f"search, {state}: to tantivy", of_ours.mean() / times[tantivy, state].mean(), 2, "x")
        report.at_most(f"search, {state}: to FTS5", of_ours.mean() / times[fts5, state].mean(), 1 / 3, "x")
        by_kind = " ".join(
            f"{kind} {of_ours[kinds == kind].mean():.2f}/{times[tantivy, state][kinds == kind].mean():.2f}"
            for kind in KINDS
        )
        report.say(f"search, {state}: ours/tantivy by kind, ms", by_kind)
        p95 = float(np.percentile(of_ours[kinds == "prefix"], 95))
        report.at_most(f"search, {state}: p95 of prefix questions", p95, 15, "ms")
    for peer in indexes[1:]:
        equal = equal_answers(indexes[0], peer, questions)
        report.say(f"same total and counts as {peer.engine.name}", f"{equal} of {len(questions)}")


def compare_whoosh(report: Report, resources: list[Resource], plain: list[PlainDocument], home: Path) -> None:
    """Build the same documents by plain Whoosh and by ours."""
    whoosh = build(PlainWhoosh(), plain, home / "whoosh")
    known = KnownVersions(resources)
    Ours().learn(known, home / "ours-small")
    ours = build(Ours(), known, home / "ours-small")
    tokenising = cpu(partial(tokenise, resources))
    report.say(f"build of {len(plain)}: plain Whoosh", f"{whoosh.seconds / len(plain) * 1000:.2f} ms a document")
    report.at_least("  plain Whoosh to ours, tokenising apart", whoosh.seconds / (ours.seconds - tokenising), 15, "x")
    report.say("  plain Whoosh to ours, tokenising included", f"{whoosh.seconds / ours.seconds:.2f} x")


def tokenise(resources: Sequence[Resource]) -> None:
    """Take texts apart into words, as a build does."""
    for resource in resources:
        spans(f"{resource.title}\n{resource.text}")


def report_serving(report: Report, folder: Path, questions: Sequence[Question]) -> None:
    """Rows of a process that serves."""
    figures = serving(folder, questions)
    report.say("open", f"{figures['open']:.1f} ms")
    for state in ("cold", "warm"):
        search, snippets = figures[f"search {state}"], figures[f"snippets {state}"]
        report.say(f"whole search(), {state}: mean, p50", f"{search['mean']:.1f}, {search['p50']:.1f} ms")
        report.at_most(f"whole search(), {state}: p95", search["p95"], 25, "ms")
        report.at_most(f"snippets of ten hits, {state}: mean", snippets["mean"], 3, "ms")
    report.at_most("process that serves: resident", figures["serving"]["resident"], 400, "MB")
    report.at_most("process that serves: private", figures["serving"]["private"], 100, "MB")
    bare = figures["bare"]
    report.say("  before it opened the index", f"{bare['resident']:.0f}, {bare['private']:.0f} MB")


def run(resources: list[Resource], questions: list[Question], options: argparse.Namespace, home: Path) -> Report:
    """Measure everything."""
    report, count = Report(), len(resources)
    known = KnownVersions(resources)
    Ours().learn(known, home / "ours")
    plain = plain_documents(resources)
    words = sum(len(document.text.split()) for document in plain)
    print(f"{count} documents of {words / count:.0f} words, {len(questions)} questions, facets {', '.join(FACETS)}")
    tokenising = cpu(partial(tokenise, resources))
    ours = build(Ours(), known, home / "ours")
    tantivy, fts5 = (build(engine, plain, home / engine.name) for engine in (Tantivy(), Fts5()))
    per_document = ", ".join(f"{b.engine.name} {b.seconds / count * 1000:.2f}" for b in (ours, tantivy, fts5))
    report.say("build: ms a document", per_document)
    report.say("  of which ours takes texts apart into words", f"{tokenising / count * 1000:.2f} ms")
    report.at_most("build: to tantivy, tokenising apart", (ours.seconds - tokenising) / tantivy.seconds, 3, "x")
    report.say("build: to tantivy, tokenising included", f"{ours.seconds / tantivy.seconds:.2f} x")
    report.say("build: to FTS5, tokenising included", f"{ours.seconds / fts5.seconds:.2f} x")
    whoosh = min(options.whoosh, count)
    if whoosh:
        compare_whoosh(report, resources[:whoosh], plain[:whoosh], home)
    report.say("index: MB", ", ".join(f"{b.engine.name} {b.megabytes:.0f}" for b in (ours, tantivy, fts5)))
    compare_search(report, (ours, tantivy, fts5), questions, options.rounds)
    report_serving(report, ours.folder, questions)
    updating = update_cost(Ours(), resources, ours.folder)
    report.say("update of 1 %: of a build, merges included", f"{updating / ours.seconds:.1%}")
    report.say("missed", ", ".join(report.missed) or "nothing")
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="DOCUMENTS QUESTIONS")
    parser.add_argument("--whoosh", type=int, default=1_000, help="documents for plain Whoosh; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked, cold and warm")
    options = parser.parse_args()
    if options.files:
        documents, asked = (path.read_text("utf-8").splitlines() for path in options.files)
        resources, questions = read_resources(documents), read_questions(asked)
    else:
        resources = make_resources(2_000, 400)
        questions = make_questions(resources, 250)
    with tempfile.TemporaryDirectory() as folder:
        run(resources, questions, options, Path(folder))


if __name__ == "__main__":
    main()
