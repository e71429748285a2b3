"""What repositories call the sorts and the languages of their works."""

from __future__ import annotations

import re

from harvester.extraction.declared_words import kind_of_words

# The slugs of the vocabulary for what repositories call it: DSpace's list of types, the COAR and info:eu-repo
# vocabularies, and the Estonian words of the universities. Here stands what repositories mean otherwise than pages do
# (an "article" of theirs is a scholarly one) or what only they have; the rest is in extraction/declared_words.py. What
# is in neither is what the source's entry says.
_KINDS = (
    (
        "teadusartikkel",
        r"(bachelor|master|doctoral)('?s)? ?thesis|väitekiri"
        r"|.*(magistri|doktori|lõpu|bakalaureuse|diplomi)töö.*|uurimus|uurimisaruanne"
        r"|(journal |research |review |scholarly )?article"
        r"|research ?paper|working ?paper|technical ?report|report|preprint|book ?part|book ?chapter"
        r"|conference ?(object|paper|proceedings)",
    ),
    ("veebiettekanne", r"recording, (oral|musical)|moving ?image|loengusalvestus"),
    ("juhendmaterjal", r"learning ?(object|resource|material)|lecture ?notes?|õppematerjal"),
    ("uudis", r"uudis|news ?(article|clipping)?"),
    ("koolitus", r"sündmus|event"),
    ("noustajad", r"noustajad|nõustajad ja koolitajad"),
)
_PREFIX = re.compile(r".*(semantics|purl\.org/coar/resource_type)/")
# ISO 639-2, as libraries write it, to 639-1.
_LANGUAGES = {
    "est": "et", "eng": "en", "rus": "ru", "fin": "fi", "lav": "lv", "lit": "lt", "ger": "de", "deu": "de", "fre": "fr",
    "fra": "fr", "swe": "sv", "nor": "no", "dan": "da", "pol": "pl", "ukr": "uk", "spa": "es", "ita": "it", "dut": "nl",
    "nld": "nl", "estonian": "et", "english": "en", "russian": "ru", "eesti": "et", "inglise": "en", "vene": "ru",
}  # fmt: skip


def kind_of(type_: str) -> str | None:
    """The kind that a dc:type names, None where it names none."""
    name = " ".join(_PREFIX.sub("", type_).lower().split())
    return next((kind for kind, names in _KINDS if re.fullmatch(names, name)), None) or kind_of_words((name,))


def language_of(code: str) -> str | None:
    """The language of a code or name such as `est`, `et`, `en_US`; None where it is not known."""
    name = re.split(r"[-_]", code.strip().lower())[0]
    return name if re.fullmatch(r"[a-z]{2}", name) else _LANGUAGES.get(name)
