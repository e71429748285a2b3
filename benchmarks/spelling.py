"""How often the right word is suggested first for a word with one slip, and what asking costs.

    python benchmarks/spelling.py [DOCUMENTS.jsonl] [--limit 2000] [--typos 2000]

DOCUMENTS is JSON Lines with title and text; without it the project's own cards are read. Words of at least four
letters that occur twice or more are drawn by how often they occur, and each gets a slip by turns: a letter inserted,
deleted, replaced, swapped with the next, or all diacritics missing. A slip that is a word of the documents is drawn
again.
Prints the share of slips whose first suggestion is the word, or another form of its lemma; of words run together that
are split where they were joined; of words as they stand that a correction would leave alone; and the time of a
look-up beside that of a pass over all words by difflib, the standard library's way, in the same run.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from aardekast.language import vabamorf
from aardekast.language.estonian import analyse
from aardekast.language.folding import fold
from aardekast.language.text import words
from index.near_words import NearWords, build_near_words
from index.spelling import Speller

CARDS = Path(__file__).parents[1] / "tests" / "relevance" / "corpus.jsonl"
LETTERS = "abdefghijklmnoprsštuvõäöüž"
KINDS = ("inserted", "deleted", "replaced", "swapped", "unmarked")
SEED = 20261122
LEAST_LETTERS, LEAST_COUNT = 4, 2


class Typo(NamedTuple):
    """A word, what was typed, and what kind of slip that is."""

    word: str
    typed: str
    kind: str


def running_words(path: Path, limit: int | None) -> Iterator[str]:
    """The words of the first documents, in small letters and in order."""
    with path.open(encoding="utf-8") as file:
        for row in map(json.loads, itertools.islice(file, limit)):
            for part in (row["title"], row["text"]):
                yield from (word.text.lower() for word in words(part))


def typos(counts: Counter[str], number: int) -> list[Typo]:
    """That many slips, the same ones every time."""
    draw = random.Random(SEED)
    pool = sorted(
        word for word, n in counts.items() if n >= LEAST_COUNT and len(word) >= LEAST_LETTERS and word.isalpha()
    )
    weights = [counts[word] for word in pool]
    made: list[Typo] = []
    while len(made) < number:
        kind = KINDS[len(made) % len(KINDS)]
        word = draw.choices(pool, weights)[0]
        typed = _slip(word, kind, draw)
        if typed != word and typed not in counts:
            made.append(Typo(word, typed, kind))
    return made


def _slip(word: str, kind: str, draw: random.Random) -> str:
    at, letter = draw.randrange(len(word)), draw.choice(LETTERS)
    match kind:
        case "inserted":
            return word[:at] + letter + word[at:]
        case "deleted":
            return word[:at] + word[at + 1 :]
        case "replaced":
            return word[:at] + letter + word[at + 1 :]
        case "swapped":
            return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
        case _:
            return fold(word)


def report_first(speller: Speller, made: list[Typo]) -> None:
    right: Counter[str] = Counter()
    forms = 0
    for typo in made:
        first = next(iter(speller.nearest(typo.typed, 1)), None)
        right[typo.kind] += first is not None and first.word == typo.word
        forms += first is not None and not set(analyse(first.word).lemmas).isdisjoint(analyse(typo.word).lemmas)
    each = {kind: right[kind] / sum(typo.kind == kind for typo in made) for kind in KINDS}
    print(f"right word first {right.total() / len(made):.3f}, a form of it {forms / len(made):.3f} ({len(made)} slips)")
    print("  " + ", ".join(f"{kind} {share:.3f}" for kind, share in each.items()))


def report_spaces(speller: Speller, text: list[str], counts: Counter[str]) -> None:
    draw = random.Random(SEED)
    pairs = [pair for pair in itertools.pairwise(text) if all(len(word) > 2 and word.isalpha() for word in pair)]
    pairs = draw.sample(pairs, min(5000, len(pairs)))
    glued = [pair for pair in pairs if "".join(pair) not in counts][:1000]
    splits = sum(speller.corrected(["".join(pair)], lambda _: False) == pair for pair in glued)
    print(f"run together, split again where they were joined {splits / len(glued):.3f} ({len(glued)} pairs)")
    apart = [halves for word in draw.sample(text, min(20_000, len(text))) if (halves := _halves(word, counts))]
    joined = sum(speller.joined(*halves) is not None for halves in apart)
    mistaken = sum(speller.joined(*pair) is not None for pair in pairs)
    print(
        f"compounds written apart, joined {joined / len(apart):.3f} ({len(apart)}); "
        f"neighbours joined by mistake {mistaken / len(pairs):.4f} ({len(pairs)})"
    )
    asked = draw.sample(text, min(1000, len(text)))
    kept = sum(speller.corrected([word], counts.__contains__) is None for word in asked)
    print(f"words as they stand, left alone {kept / len(asked):.3f}")


def _halves(word: str, counts: Counter[str]) -> tuple[str, str] | None:
    """A compound before its second part, where both halves are words of the documents too."""
    for reading in vabamorf.analyse(word):
        first = reading.tokens[0]
        if len(reading.tokens) > 1 and word.startswith(first) and {first, word.removeprefix(first)} <= counts.keys():
            return first, word.removeprefix(first)
    return None


def report_time(speller: Speller, counts: Counter[str], made: list[Typo]) -> None:
    asked = [typo.typed for typo in made[:200]]
    ours = []
    for typed in asked:
        start = time.process_time()
        speller.nearest(typed)
        ours.append(time.process_time() - start)
    every = list(counts)
    start = time.process_time()
    for typed in asked[:3]:
        difflib.get_close_matches(typed, every, 1)
    theirs = (time.process_time() - start) / 3
    mean = sum(ours) / len(ours)
    print(
        f"look-up {mean * 1e3:.2f} ms, p95 {np.quantile(ours, 0.95) * 1e3:.2f} ms; difflib takes {theirs / mean:,.0f}x"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, nargs="?", default=CARDS)
    parser.add_argument("--limit", type=int, help="read so many documents")
    parser.add_argument("--typos", type=int, default=2000)
    options = parser.parse_args()
    vabamorf.prepare()
    text = list(running_words(options.documents, options.limit))
    counts = Counter(text)
    spelt = sorted(counts)
    start = time.process_time()
    arrays = build_near_words("words", spelt, np.array([counts[word] for word in spelt]))
    took = time.process_time() - start
    print(f"{options.documents.name}: {len(text)} words, {len(counts)} different, built in {took:.2f} s")
    speller = Speller([NearWords(arrays, "words")])
    made = typos(counts, options.typos)
    report_first(speller, made)
    report_spaces(speller, text, counts)
    report_time(speller, counts, made)


if __name__ == "__main__":
    main()
