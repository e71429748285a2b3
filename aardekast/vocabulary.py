"""The closed vocabulary: audiences, kinds, topics, counties, and the abbreviations and synonyms of the field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

INTERFACE_LANGUAGES = ("et", "en", "ru")
EVENT_KIND = "koolitus"  # left out of the results after its date, unless it is asked for
LANGUAGE_LABELS = {
    "et": {"et": "eesti", "en": "Estonian", "ru": "эстонский"},
    "en": {"et": "inglise", "en": "English", "ru": "английский"},
    "ru": {"et": "vene", "en": "Russian", "ru": "русский"},
    "fi": {"et": "soome", "en": "Finnish", "ru": "финский"},
    "lv": {"et": "läti", "en": "Latvian", "ru": "латышский"},
    "de": {"et": "saksa", "en": "German", "ru": "немецкий"},
    "sv": {"et": "rootsi", "en": "Swedish", "ru": "шведский"},
}


@dataclass(frozen=True, slots=True)
class Term:
    """One value of the vocabulary: its slug, its labels by language, words that speak of it, what its page says."""

    slug: str
    labels: Mapping[str, str]
    words: tuple[str, ...] = ()
    abouts: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str = "et") -> str:
        """The label in that language, else in Estonian."""
        return self.labels.get(language) or self.labels["et"]

    def about(self, language: str = "et") -> str:
        """What its page says of it in that language; empty where nobody wrote it."""
        return self.abouts.get(language, "")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All values that the curators allow, in the order of their file."""

    audiences: Mapping[str, Term] = field(default_factory=dict)
    kinds: Mapping[str, Term] = field(default_factory=dict)
    topics: Mapping[str, Term] = field(default_factory=dict)
    counties: Mapping[str, Term] = field(default_factory=dict)
    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()

    def label(self, facet: str, value: str, language: str = "et") -> str:
        """How a value of a facet is shown; a value that the vocabulary does not hold is its own label."""
        if facet == "language":
            labels = LANGUAGE_LABELS.get(value, {})
            return labels.get(language) or labels.get("et") or value
        term = self.terms(facet).get(value)
        return term.label(language) if term else value

    def terms(self, facet: str) -> Mapping[str, Term]:
        """The terms of a facet: audience, topic, kind or county; others are open and have none."""
        by_facet = {
            "audience": self.audiences,
            "topic": self.topics,
            "kind": self.kinds,
            "county": self.counties,
        }
        return by_facet.get(facet, {})

    def texts(self) -> Iterator[str]:
        """Everything that it calls by a name: labels, words, abbreviations and what they stand for, synonyms."""
        for terms in (self.audiences, self.kinds, self.topics, self.counties):
            for term in terms.values():
                yield from (*term.labels.values(), *term.words)
        for short, meanings in self.abbreviations.items():
            yield from (short, *meanings)
        for group in self.synonyms:
            yield from group
