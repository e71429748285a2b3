"""How fast words are analysed, as ratios to Vabamorf called word by word in the same run.

    python benchmarks/analysis.py [DOCUMENTS.jsonl] [--words 200000]

DOCUMENTS is JSON Lines with title and text; without it the project's own cards are read. Three passes over the same
running text: Vabamorf word by word with nothing kept, the chain with an empty cache (cold; a text repeats its words),
and the chain again (warm). Everything is CPU time. Small texts repeat few words, so that cold looks slower than it is.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from aardekast.language import estonian, vabamorf
from aardekast.language.text import words

CARDS = Path(__file__).parents[1] / "tests" / "relevance" / "corpus.jsonl"


def running_words(path: Path) -> Iterator[str]:
    """The words of all titles and texts, in order."""
    with path.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            for part in (row["title"], row["text"]):
                yield from (word.text for word in words(part))


def cpu_seconds(analyse: Callable[[str], object], text: list[str]) -> float:
    """The CPU time of analysing each word of the text."""
    start = time.process_time()
    for word in text:
        analyse(word)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, nargs="?", default=CARDS)
    parser.add_argument("--words", type=int, default=200_000)
    options = parser.parse_args()
    text = list(itertools.islice(running_words(options.documents), options.words))
    vabamorf.prepare()
    estonian.analyse("soojendus")
    plain = cpu_seconds(vabamorf.analyse, text)
    estonian.forget()
    cold = cpu_seconds(estonian.analyse, text)
    warm = cpu_seconds(estonian.analyse, text)
    print(f"{options.documents.name}: {len(text)} words, {len(set(text))} different")
    print(f"Vabamorf word by word {len(text) / plain:,.0f} words/s")
    print(f"chain cold {len(text) / cold:,.0f} words/s, {plain / cold:.1f}x")
    print(f"chain warm {len(text) / warm:,.0f} words/s, {plain / warm:.1f}x")


if __name__ == "__main__":
    main()
