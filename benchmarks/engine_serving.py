"""What a process costs that serves an index: run by engine.py in a process of its own; prints JSON.

    python benchmarks/engine_serving.py INDEX QUESTIONS

Milliseconds are of CPU time. `private` is what the process wrote itself; the rest of `resident` are pages of files,
which all processes share.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from recombined import read_questions

import webapp
from aardekast.curated import load_vocabulary
from aardekast.memory import give_back_memory
from aardekast.settings import Settings
from index import Searcher, SearchRequest, engine_at
from index.extracts import Extracts

MEGA = 1_000_000


def snippet_times() -> list[float]:
    """A list to which each title and snippet that is made from now on adds its ms."""
    times: list[float] = []
    make = Extracts.of

    def timed(*args: Any, **options: Any) -> Any:
        started = time.process_time()
        made = make(*args, **options)
        times.append((time.process_time() - started) * 1000)
        return made

    Extracts.of = timed  # type: ignore[method-assign]
    return times


def memory() -> dict[str, float]:
    """Megabytes of this process."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()[1:]
    sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 / MEGA for line in lines}
    return {"resident": sizes["Rss"], "private": sizes["Private_Dirty"]}


def ask_all(searcher: Searcher, texts: list[str], of_snippets: list[float]) -> dict[str, list[float]]:
    """Milliseconds of each whole search, and of the snippets of ten hits."""
    found: dict[str, list[float]] = {"search": [], "snippets": []}
    for text in texts:
        of_snippets.clear()
        started = time.process_time()
        page = searcher.search(SearchRequest(text=text))
        found["search"].append((time.process_time() - started) * 1000)
        if len(page.hits) == 10:
            found["snippets"].append(sum(of_snippets))
    return found


def main() -> None:
    give_back_memory()  # as each worker of the site does
    folder, questions = map(Path, sys.argv[1:])
    vocabulary = load_vocabulary(Settings.load({}))
    texts = [question.text for question in read_questions(questions.read_text("utf-8").splitlines())]
    bare = memory()
    started = time.process_time()
    searcher = engine_at(folder, vocabulary).open()
    opened = (time.process_time() - started) * 1000
    searcher.search(SearchRequest(text="küla"))  # loads Vabamorf
    of_snippets = snippet_times()
    rounds = [ask_all(searcher, texts, of_snippets) for _ in ("cold", "warm")]
    figures: dict[str, Any] = {"site": webapp.__name__, "open": opened, "bare": bare, "serving": memory()}
    for name, found in zip(("cold", "warm"), rounds, strict=True):
        for part, values in found.items():
            figures[f"{part} {name}"] = {
                "mean": float(np.mean(values)), "p50": float(np.percentile(values, 50)),
                "p95": float(np.percentile(values, 95)),
            }  # fmt: skip
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
