"""How well topics are suggested: precision and recall against the curated topics of the cards, leave-one-out.

    python benchmarks/topics.py [--per-topic] [--by-publisher]

Each card is judged by words learnt from all the others (with --by-publisher: from the cards of other publishers), once
as a harvested page gives it, by title and description, and once with its curated keywords, which nearly give the
topics away. Prints the curve over the least score, and the figures at the one in force.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from unittest.mock import patch

from aardekast.curated import ResourceEntry, load_curated
from aardekast.language import topics
from aardekast.language.topic_words import TopicWords
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary

Fold = tuple[ResourceEntry, TopicWords]
TextOf = Callable[[ResourceEntry], str]
TEXTS: dict[str, TextOf] = {
    "title and description": lambda card: card.description,
    "with publisher": lambda card: f"{card.description}\n{card.publisher}",
    "with keywords and publisher": lambda card: f"{card.description}\n{' '.join(card.keywords)}\n{card.publisher}",
}
CURVE = (0.15, 0.2, 0.225, 0.25, 0.275, 0.3, 0.35, 0.4)


@dataclass
class Figures:
    """How many suggestions were made, were right, and should have been made."""

    made: int = 0
    right: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """The share of the suggestions that are right; 1 where there are none."""
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        """The share of the curated topics that were suggested."""
        return self.right / self.wanted if self.wanted else 1.0

    def __str__(self) -> str:
        return f"precision {self.precision:.3f} recall {self.recall:.3f} suggestions {self.made}"


@dataclass
class Outcome:
    """The figures of all cards together and of each topic."""

    all: Figures = field(default_factory=Figures)
    by_topic: dict[str, Figures] = field(default_factory=dict)

    def count(self, suggested: set[str], wanted: set[str]) -> None:
        """Add one card."""
        for topic in suggested | wanted:
            for figures in (self.all, self.by_topic.setdefault(topic, Figures())):
                figures.made += topic in suggested
                figures.wanted += topic in wanted
                figures.right += topic in suggested & wanted


def leave_out(cards: Sequence[ResourceEntry], vocabulary: Vocabulary, *, by_publisher: bool = False) -> Iterator[Fold]:
    """Each card with the words learnt from the others."""
    for card in cards:
        others = [
            other for other in cards if other is not card and not (by_publisher and other.publisher == card.publisher)
        ]
        yield card, TopicWords(vocabulary, others)


def in_parts(cards: Sequence[ResourceEntry], vocabulary: Vocabulary, parts: int) -> Iterator[Fold]:
    """Each card with the words learnt from the parts that it is not in: nearly the same figures, many times sooner."""
    for part in range(parts):
        learnt = TopicWords(vocabulary, [card for number, card in enumerate(cards) if number % parts != part])
        yield from ((card, learnt) for card in cards[part::parts])


def evaluate(folds: Sequence[Fold], text_of: TextOf) -> Outcome:
    """Suggest the topics of each card by the words learnt without it."""
    outcome = Outcome()
    for card, learnt in folds:
        found = topics.suggest_topics(card.title, (), text_of(card), learnt)
        outcome.count({suggestion.value for suggestion in found}, set(card.topics))
    return outcome


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-topic", action="store_true")
    parser.add_argument("--by-publisher", action="store_true")
    given = parser.parse_args()
    curated = load_curated(Settings.load())
    folds = list(leave_out(curated.resources, curated.vocabulary, by_publisher=given.by_publisher))
    for name, text_of in TEXTS.items():
        outcome = evaluate(folds, text_of)
        print(f"{name}: {outcome.all}")
        for least in CURVE:
            with patch.object(topics, "LEAST", least):
                print(f"    least score {least:.3f}: {evaluate(folds, text_of).all}")
        for topic, figures in sorted(outcome.by_topic.items()) if given.per_topic else ():
            print(f"    {topic:24} {figures}")
    unlearnt = [(card, TopicWords(curated.vocabulary)) for card in curated.resources]
    print(f"nothing learnt, {next(iter(TEXTS))}: {evaluate(unlearnt, TEXTS['title and description']).all}")


if __name__ == "__main__":
    main()
