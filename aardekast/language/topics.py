"""Which topics a text speaks of, with the words that say so as evidence."""

from __future__ import annotations

from collections.abc import Sequence

from aardekast.language.topic_words import Read, TopicWords
from aardekast.language.weighing import Suggestion

# Leave-one-out over the 255 cards on title and description, which is what a page gives: precision .82 at recall .61;
# .25 gives .80 at .62, .3 .83 at .59. With the curated keywords .88 at .76 (benchmarks/topics.py prints the curve).
LEAST = 0.275
LEAST_SHARE = 0.5  # of the strongest topic's score
MOST = 3
MOST_WORDS = 6  # of evidence
LEAST_EVIDENCE = 0.05  # of the topic's score: what a learnt word must have brought to be named


def suggest_topics(title: str, headings: Sequence[str], text: str, topic_words: TopicWords) -> list[Suggestion]:
    """The topics of a resource, strongest first. 1 is the weight that a card of the topic is to have."""
    read = topic_words.read(title, headings, text)
    scores = topic_words.scores(read.terms).tolist()
    ranked = sorted(zip(scores, topic_words.topics, strict=True), key=lambda pair: (-pair[0], pair[1]))[:MOST]
    return [
        Suggestion(topic, _evidence(read, topic, score, topic_words), round(score, 3))
        for score, topic in ranked
        if score >= max(LEAST, LEAST_SHARE * ranked[0][0])
    ]


def _evidence(read: Read, topic: str, score: float, topic_words: TopicWords) -> tuple[str, ...]:
    """The vocabulary's words that were found, then the learnt ones that brought most."""
    shares = topic_words.shares(read.terms, topic)
    learnt = [term for term in sorted(shares, key=lambda t: (-shares[t], t)) if shares[term] >= LEAST_EVIDENCE * score]
    spoken = (word for word, _ in read.spoken[topic].most_common()) if topic in read.spoken else ()
    return tuple(dict.fromkeys((*spoken, *learnt)))[:MOST_WORDS]
