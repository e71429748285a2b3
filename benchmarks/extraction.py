"""How well the text of a page is found: the words that belong to it, against the truth beside each page.

    python benchmarks/extraction.py [FOLDER]

Prints precision (words kept that belong), recall (words that belong and were kept) and F for each page, beside plain
trafilatura in the same run, which titles and dates are right, and which pages are told to be no material. The title
is left out of both sides: it is a field of its own.
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trafilatura import bare_extraction
from trafilatura.settings import Document

from aardekast.language.text import written_words
from harvester.extraction.charset import decode
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.worker import extract
from harvester.pipelines.quality import LEAST_WORDS

PAGES = Path(__file__).parents[1] / "tests" / "extraction" / "pages"


@dataclass(frozen=True, slots=True)
class Judged:
    """A page and its truth; `reason` is set where it is no material at all."""

    name: str
    url: str
    body: bytes
    text: str
    title: str = ""
    published: str | None = None
    starts: str | None = None
    place: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What was found on a page; `reason` is why it is no material."""

    text: str = ""
    title: str = ""
    published: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Figures:
    """Words kept, words that belong, and words that are both."""

    kept: int = 0
    wanted: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of the kept words that belong."""
        return self.right / self.kept if self.kept else 0.0

    @property
    def recall(self) -> float:
        """The share of the words that belong that were kept."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Figures) -> None:
        """Count the words of another page too."""
        self.kept += other.kept
        self.wanted += other.wanted
        self.right += other.right

    def __str__(self) -> str:
        return f"{self.precision:.3f} {self.recall:.3f} {self.f:.3f}"


@dataclass(slots=True)
class Outcome:
    """What one way of reading did with all pages; the figures are of those that are material."""

    words: Figures = field(default_factory=Figures)
    by_page: dict[str, Figures] = field(default_factory=dict)
    wrong_titles: list[str] = field(default_factory=list)
    wrong_dates: list[str] = field(default_factory=list)
    wrong_reasons: list[str] = field(default_factory=list)


def judged_pages(folder: Path = PAGES) -> list[Judged]:
    """The pages of a folder, each with its truth: a head of `name: value` lines, an empty line, the text."""
    pages = []
    for path in sorted(folder.glob("*.html")):
        head, _, text = path.with_suffix(".txt").read_text("utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
        pages.append(Judged(name=path.stem, body=path.read_bytes(), text=text, **fields))
    return pages


def ours(page: Judged) -> Read:
    """As the harvester reads it, what the quality pipeline says included."""
    found = extract(Raw(url=page.url, body=page.body, content_type="text/html"))
    if isinstance(found, NoExtract):
        return Read(reason=found.reason)
    assert isinstance(found, Extract)
    reason = "little text" if len(found.text.split()) < LEAST_WORDS else None
    return Read(text=found.text, title=found.title, published=found.published, reason=reason)


def plain(page: Judged) -> Read:
    """By trafilatura as it comes, without comments."""
    found = bare_extraction(decode(page.body), url=page.url, include_comments=False, with_metadata=True)
    if not isinstance(found, Document):
        return Read(reason="nothing")
    return Read(text=found.text or "", title=found.title or "", published=found.date)


def evaluate(pages: Sequence[Judged], way: Callable[[Judged], Read]) -> Outcome:
    """Read all pages one way."""
    outcome = Outcome()
    for page in pages:
        found = way(page)
        if (found.reason is None) != (page.reason is None) or (page.reason or "") not in (found.reason or ""):
            outcome.wrong_reasons.append(page.name)
        if page.reason is not None:
            continue
        figures = figures_of(found, page)
        outcome.by_page[page.name] = figures
        outcome.words.add(figures)
        if found.title != page.title:
            outcome.wrong_titles.append(page.name)
        if found.published != page.published:
            outcome.wrong_dates.append(page.name)
    return outcome


def figures_of(found: Read, page: Judged) -> Figures:
    """The words of an extract against those that belong."""
    kept, wanted = _words(found.text, page.title), _words(page.text, page.title)
    return Figures(kept.total(), wanted.total(), (kept & wanted).total())


def _words(text: str, title: str) -> Counter[str]:
    lines = (line for line in text.splitlines() if line.strip("# ") != title)
    return Counter(word.lower() for line in lines for word in written_words(line))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=PAGES)
    pages = judged_pages(parser.parse_args().folder)
    logging.disable(logging.CRITICAL)
    outcomes = {"ours": evaluate(pages, ours), "trafilatura": evaluate(pages, plain)}
    print(f"{'precision recall F':28}" + "".join(f"{name:20}" for name in outcomes))
    for name in outcomes["ours"].by_page:
        print(f"{name:28}" + "".join(f"{outcome.by_page[name]!s:20}" for outcome in outcomes.values()))
    print(f"{'all words':28}" + "".join(f"{outcome.words!s:20}" for outcome in outcomes.values()))
    for name, outcome in outcomes.items():
        for what in ("titles", "dates", "reasons"):
            wrong = getattr(outcome, f"wrong_{what}")
            print(f"{name}: {what} wrong on {len(wrong)} of {len(pages)}: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
