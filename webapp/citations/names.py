"""Who wrote it: people, whose family name stands first in a citation, and organisations, whose names stay whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

PARTICLES = {"von", "van", "der", "den", "de", "da", "di", "la", "le", "af", "zu"}
JOINING = {"and", "ja", "ning", "и"}  # BibTeX parts names at `and`
# How names of organisations begin or end; a name with one of these is not turned round.
ORGANISATIONS = re.compile(
    r"^(eesti|estonian|mtü|sa|oü|as|tü|tlü|the)$"
    r"|.(ülikool|kool|selts|ühing|ühendus|liit|kogu|keskus|instituut|ministeerium|amet|valitsus|koda|fond|liikumine)$"
    r"|^(ülikool|ühing|ühendus|keskus|instituut|sihtasutus|toimetus|meeskond|kantselei|raamatukogu|arenduskeskus)$"
    r"|^(university|institute|centre|center|foundation|association|council|network|team|ngo|агентство|центр)$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or an organisation, which has no given name."""

    family: str
    given: str = ""

    @property
    def initials(self) -> str:
        """`M.-L. K.` of Mari-Liis Karl."""
        parts = ("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in self.given.split())
        return " ".join(filter(None, parts))


def name_of(written: str) -> Name:
    """A name as a material gives it: `Mari Mets`, `Mets, Mari` or `Tartu Ülikool`. In doubt it is an organisation's."""
    family, comma, given = (part.strip() for part in written.partition(","))
    if comma:
        return Name(family, given) if _is_person(f"{given} {family}") and "," not in given else Name(written)
    words = written.split()
    if not _is_person(written):
        return Name(written)
    first = next((at for at, word in enumerate(words) if at and word.lower() in PARTICLES), len(words) - 1)
    return Name(" ".join(words[first:]), " ".join(words[:first]))


def _is_person(name: str) -> bool:
    """Two to four words, each with a capital, none of them an organisation's."""
    words = name.split()
    return (
        2 <= len(words) <= 4
        and words[-1].lower() not in PARTICLES
        and all(word[0].isupper() or word in PARTICLES for word in words)
        and all(re.fullmatch(r"[^\W\d_][^\W\d_.'’-]*[^\d_]*", word) for word in words)
        and not any(word.lower() in JOINING or ORGANISATIONS.search(word.lower()) for word in words)
    )
