"""Longer documents and questions of five kinds, drawn from the words of a few hundred real cards, the same every time.

Everything is small and there are few different words: what depends on the size of a vocabulary wants a real corpus.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aardekast.language.text import spelling, written_words
from aardekast.resource import Resource

CARDS = Path(__file__).parents[1] / "tests" / "relevance" / "corpus.jsonl"
KINDS = ("term", "any", "all", "phrase", "prefix")
_TOPICS = ("kaasamine", "kulaelu", "rahastus", "noored", "abcd", "arengukava", "kestlikkus")
_RESOURCE_KINDS = ("artikkel", "uudis", "juhendmaterjal")


@dataclass(frozen=True, slots=True)
class Question:
    """One word, two words of which any will do, three that all must stand, a phrase, or the beginning of a word."""

    kind: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """As a visitor types it."""
        joined = " ".join(self.words)
        return {"phrase": f'"{joined}"', "prefix": f"{joined}*"}.get(self.kind, joined)


def plain_words(text: str) -> list[str]:
    """The lower-cased words of a text."""
    return [spelling(word).lower() for word in written_words(text)]


def make_resources(count: int, words: int, seed: int = 1) -> list[Resource]:
    """So many resources of about so many words, from the sentences of the cards; filters drawn with skewed weights."""
    with CARDS.open(encoding="utf-8") as lines:
        cards = [json.loads(line) for line in lines]
    sentences = [sentence for card in cards for sentence in card["text"].split(". ")]
    draw = random.Random(seed)
    mean = sum(len(sentence.split()) for sentence in sentences) / len(sentences)
    return [
        Resource(
            id=f"d{number}",
            url=f"https://naide.ee/{number}",
            title=draw.choice(cards)["title"],
            text=". ".join(draw.choices(sentences, k=max(1, round(draw.lognormvariate(0, 0.5) * words / mean)))),
            kind=draw.choices(_RESOURCE_KINDS, (4, 2, 1))[0],
            audiences=tuple(draw.choices(("kogukond", "kov", "arendaja"), (5, 3, 2))),
            topics=tuple(sorted(set(draw.choices(_TOPICS, range(len(_TOPICS), 0, -1), k=draw.choice((0, 1, 2, 3)))))),
            language="et",
            published=str(draw.randint(2005, 2026)),
        )
        for number in range(count)
    ]


def make_questions(resources: Sequence[Resource], count: int, seed: int = 5) -> list[Question]:
    """So many questions, as many of each kind, in the words of the texts: neither the rarest nor the commonest."""
    draw = random.Random(seed)
    texts = [plain_words(resource.text) for resource in resources]
    held = Counter(word for text in texts for word in set(text))
    middle = {word for word, number in held.items() if 0.003 <= number / len(texts) <= 0.4 and len(word) > 3}
    ordered = sorted(middle)
    rich = [text for text in texts if len(middle.intersection(text)) > 2]
    questions = []
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        text = draw.choice(rich)
        if kind == "all":
            words = draw.sample(sorted(middle.intersection(text)), 3)
        elif kind == "phrase":
            start = draw.randrange(len(text) - 2)
            words = text[start : start + draw.choice((2, 2, 3))]
        elif kind == "prefix":
            words = [draw.choice(ordered)[: draw.choice((4, 5))]]
        else:
            words = draw.sample(ordered, 2 if kind == "any" else 1)
        questions.append(Question(kind, tuple(words)))
    return questions


def read_resources(lines: Iterable[str]) -> list[Resource]:
    """Resources from JSON Lines of id, url, title, text, audience, kind, topics, language and published."""
    rows = map(json.loads, lines)
    return [
        Resource(
            id=row["id"],
            url=row["url"],
            title=row["title"],
            text=row["text"],
            kind=row["kind"],
            audiences=tuple(row["audience"]),
            topics=tuple(row["topics"]),
            language=row["language"],
            published=row["published"],
        )
        for row in rows
    ]


def read_questions(lines: Iterable[str]) -> list[Question]:
    """Questions from JSON Lines of kind and text."""
    rows = map(json.loads, lines)
    return [Question(row["kind"], tuple(plain_words(row["text"]))) for row in rows]
