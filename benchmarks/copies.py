"""How many near copies of a text are found, and how many different texts are taken for copies.

    python benchmarks/copies.py corpus.jsonl... [--most 500]

Each line has a title and a text. Of the texts with enough words copies are made, the same ones every time: a paragraph
dropped, another frame around it (title, menu, footer), 2 % of the words changed, all of it, and 5 % of the words in
another form (a different case or tense). Prints how many are found in the way of the catalogue, by a shared band and
then by comparison; then the pairs of different texts that are taken for copies; and what both cost.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from aardekast.language.estonian import analyse
from aardekast.language.likeness import bands, is_near_copy

SEED = 20261122
SHARE_CHANGED = 0.02
SHARE_INFLECTED = 0.05
PARAGRAPH = 80  # words, where the text has no blank lines
FRAMES = (
    "Avaleht Uudised Kontakt Meist Projektid Jaga Facebookis",
    "© 2025 Lääne Elu. Kõik õigused kaitstud. Tellimine 605 1234",
    "Loe ka teisi lugusid. Toimetaja Mari Maasikas. Avaldatud 12.05.2024",
    "Sisukaart Privaatsus Küpsised Otsing Logi sisse Minu konto",
)


def read(path: Path) -> list[tuple[str, str]]:
    """The titles and texts of a file that are long enough to have bands."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(row["title"], row["text"]) for row in rows if bands(row["text"])]


class Editor:
    """Makes copies of texts as they stand on other sites."""

    def __init__(self, texts: list[str]) -> None:
        self._draw = np.random.default_rng(SEED)
        self._words = [word for text in texts[:100] for word in text.split()]
        self._forms: dict[str, set[str]] = defaultdict(set)
        for word in {word for text in texts[:500] for word in text.split() if word.isalpha() and word.islower()}:
            self._forms[analyse(word).lemmas[0]].add(word)

    def dropped(self, text: str) -> str:
        """A paragraph is missing."""
        paragraphs = text.split("\n\n") if "\n\n" in text else list(_paragraphs(text))
        if len(paragraphs) > 1:
            paragraphs.pop(int(self._draw.integers(len(paragraphs))))
        return "\n\n".join(paragraphs)

    def framed(self, text: str) -> str:
        """A menu above and a footer below."""
        return f"{self._one_of(FRAMES)}\n{text}\n{self._one_of(FRAMES)}"

    def changed(self, text: str) -> str:
        """A few words are others, are missing or are new."""
        words = text.split(" ")
        for place in self._draw.choice(len(words), max(1, int(len(words) * SHARE_CHANGED)), replace=False):
            other = self._one_of(self._words)
            words[place] = self._one_of([other, other, other, "", f"{words[place]} {other}"])
        return " ".join(words)

    def inflected(self, text: str) -> str:
        """A few words stand in another form."""
        words = text.split(" ")
        for place in self._draw.choice(len(words), max(1, int(len(words) * SHARE_INFLECTED)), replace=False):
            if words[place].isalpha() and words[place].islower():
                forms = self._forms[analyse(words[place]).lemmas[0]] - {words[place]}
                words[place] = self._one_of(sorted(forms)) if forms else words[place]
        return " ".join(words)

    def _one_of(self, values: Sequence[str]) -> str:
        return values[int(self._draw.integers(len(values)))]

    def all(self, text: str) -> str:
        """All three."""
        return self.changed(self.framed(self.dropped(text)))


def pairs(texts: list[str]) -> Iterator[tuple[int, int]]:
    """The places of texts that are taken for copies of each other."""
    by_band: dict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for band in bands(text):
            by_band[band].append(place)
    for one, two in sorted({pair for places in by_band.values() for pair in combinations(places, 2)}):
        if is_near_copy(texts[one], texts[two]):
            yield one, two


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=500, help="copies of each kind")
    given = parser.parse_args()
    for path in given.corpora:
        _measure(path, given.most)


def _measure(path: Path, most: int) -> None:
    rows = read(path)
    texts = [text for _, text in rows]
    editor = Editor(texts)
    print(f"{path}: {len(rows)} texts")
    edits: tuple[Callable[[str], str], ...] = (
        editor.dropped,
        editor.framed,
        editor.changed,
        editor.all,
        editor.inflected,
    )
    for edit in edits:
        made = [(text, edit(text)) for text in texts[:: max(1, len(texts) // most)]]
        shared = [(one, two) for one, two in made if set(bands(one)) & set(bands(two))]
        start = time.process_time()
        found = sum(is_near_copy(one, two) for one, two in shared)
        cost = (time.process_time() - start) / max(1, len(shared)) * 1000
        figures = f"{found / len(made):.3f} of {len(made)} found, {len(shared)} candidates, {cost:.1f} ms each"
        print(f"    {edit.__name__:8} {figures}")
    start = time.process_time()
    taken = list(pairs(texts))
    print(f"    {len(taken)} pairs of different texts taken for copies, {time.process_time() - start:.1f} s")
    for one, two in taken[:20]:
        print(f"        {rows[one][0]} | {rows[two][0]}")


def _paragraphs(text: str) -> Iterator[str]:
    words = text.split(" ")
    yield from (" ".join(words[start : start + PARAGRAPH]) for start in range(0, len(words), PARAGRAPH))


if __name__ == "__main__":
    main()
