"""What the columns of a table of materials may be called, and what may stand in their cells.

The names are those that curators use, in Estonian and English; docs/import.md lists them. Case, spaces, marks on
letters and a star or colon at the end do not matter, in names as in values.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from aardekast.curated.check import unknown_value
from aardekast.curated.entries import partial_date
from aardekast.curated.sheet import Cell
from aardekast.vocabulary import LANGUAGE_LABELS, Vocabulary

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "url": ("aadress", "veebiaadress", "veebilink", "link", "viide", "url", "address"),
    "title": ("pealkiri", "nimetus", "nimi", "title", "name"),
    "kind": ("liik", "materjali liik", "kind", "type"),
    "audience": ("sihtrühm", "sihtrühmad", "sihtruhm", "sihtgrupp", "audience", "audiences"),
    "topics": ("teemad", "teema", "topics", "topic"),
    "description": ("kirjeldus", "tutvustus", "description", "summary"),
    "publisher": ("väljaandja", "avaldaja", "publisher"),
    "authors": ("autorid", "autor", "authors", "author"),
    "language": ("keel", "language"),
    "keywords": ("märksõnad", "märksõna", "keywords", "keyword"),
    "counties": ("maakonnad", "maakond", "counties", "county"),
    "published": ("ilmunud", "avaldatud", "aasta", "ilmumisaeg", "ilmumise kuupäev", "published", "year"),
    "licence": ("litsents", "licence", "license"),
    "starts": ("algus", "algab", "starts", "start"),
    "ends": ("lõpp", "lõpeb", "ends", "end"),
    "place": ("koht", "toimumiskoht", "place", "location"),
    "harvest": ("loe lehte", "harvest"),
    "id": ("tunnus", "id"),
}
SLIP = 0.8  # likeness from which a name is a slip of the pen: Pealkri has .93, Märkused is .71 like Märksõnad
REQUIRED = ("url", "title", "kind", "audience")
LISTS = {"audience": "audience", "topics": "topic", "counties": "county", "authors": "", "keywords": ""}  # and facets
_DATES = ("published", "starts", "ends")
_EVERYBODY = {"koik", "koigile", "koik sihtruhmad", "all", "everybody", "everyone"}
_YES, _NO = {"jah", "yes", "true", "x", "1"}, {"ei", "no", "false", "0"}
_MONTHS = [
    names.split()
    for names in (
        "jaanuar veebruar marts aprill mai juuni juuli august september oktoober november detsember",
        "jaanuari veebruari martsi aprilli mai juuni juuli augusti septembri oktoobri novembri detsembri",
        "january february march april may june july august september october november december",
    )
]
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?")
_MONTH = re.compile(r"(\d{1,2})\.\s?(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\.?\s+)?([^\W\d_]{3,})\.?\s+(\d{4})\.?\s*a?\.?")
_PARTS = re.compile(r"[;|\n]")
_COUNTY = re.compile(r"\s+(maakond|county)$")
_REMARK = re.compile(r"\([^()]*\)")  # the plural in "Sihtrühm(ad)", the hint in "Kirjeldus (kuni 300 tähemärki)"


def field_of(name: str) -> str | None:
    """The field that a column of this name holds, whatever it adds in brackets; None where it is not known."""
    return _FIELDS.get(plain(name)) or _FIELDS.get(plain(_REMARK.sub("", name)))


def near_name(name: str) -> str | None:
    """The known name that somebody meant who mistyped it, None where it is another column altogether."""
    near = difflib.get_close_matches(plain(name), _FIELDS, n=1, cutoff=SLIP)
    return next(known for known in COLUMNS[_FIELDS[near[0]]] if plain(known) == near[0]) if near else None


def plain(words: str) -> str:
    """What two spellings of a name have in common."""
    bare = unicodedata.normalize("NFKD", " ".join(words.split()).casefold().rstrip("*: "))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def value_of(field: str, cell: Cell, vocabulary: Vocabulary) -> object:
    """The value of a cell as an entry has it, None where it is empty. Raises ValueError that says what to write."""
    if field in _DATES:
        return _date(cell)
    text = _text(cell)
    if not text.strip():
        return None
    if field in LISTS:
        return _list(field, text, vocabulary)
    if field == "harvest":
        return _truth(cell, text)
    words = " ".join(text.split())
    if field == "kind":
        return _term("kind", words, vocabulary)
    if field == "language":
        return _language(words)
    return words


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell if isinstance(cell, str) else str(cell)


def _list(field: str, text: str, vocabulary: Vocabulary) -> list[str]:
    facet = LISTS[field]
    parts = [words for part in _PARTS.split(text) if (words := " ".join(part.split()))]
    if facet == "audience" and len(parts) == 1 and plain(parts[0]) in _EVERYBODY:
        return list(vocabulary.audiences)
    if facet:
        parts = [slug for part in parts for slug in _terms(facet, part, vocabulary)]
    elif field == "keywords":
        parts = [words for part in parts for word in part.split(",") if (words := word.strip())]
    return list(dict.fromkeys(parts))


def _terms(facet: str, words: str, vocabulary: Vocabulary) -> list[str]:
    """The values that words name; commas and slashes part them where no label has them.

    'Heaolu, tervis ja põlvkonnad' is one, also where others stand before and behind it.
    """
    known = _known(facet, vocabulary)
    parts = [part.strip() for part in re.split(r"[,/]", words) if part.strip()]
    if len(parts) < 2 or plain(words) in known:
        return [_term(facet, words, vocabulary)]
    slugs = []
    while parts:
        longest = (size for size in range(len(parts), 1, -1) if plain(", ".join(parts[:size])) in known)
        size = next(longest, 1)
        slugs.append(_term(facet, ", ".join(parts[:size]), vocabulary))
        parts = parts[size:]
    return slugs


def _term(facet: str, words: str, vocabulary: Vocabulary) -> str:
    known = _known(facet, vocabulary)
    name = plain(words)
    if facet == "county":
        name = name if name in known else _COUNTY.sub("", name)
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    labels = [term.label() for term in vocabulary.terms(facet).values()]
    remedy = (
        f"did you mean '{vocabulary.label(facet, known[near[0]])}'?" if near else f"use one of: {'; '.join(labels)}"
    )
    raise ValueError(f"'{words}' is not in vocabulary.yaml; {remedy}")


def _known(facet: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Slugs by what they and their labels, in all languages, are in plain letters."""
    terms = vocabulary.terms(facet)
    by_label = {plain(label): slug for slug, term in terms.items() for label in term.labels.values()}
    return by_label | {plain(slug): slug for slug in terms}


def _language(words: str) -> str:
    name = re.sub(r"\s+(keel|keeles|keelne|language)$", "", plain(words))
    for code, labels in LANGUAGE_LABELS.items():
        if name in (code, *map(plain, labels.values())):
            return code
    raise ValueError(unknown_value("language", words, LANGUAGE_LABELS).removeprefix("language "))


def _truth(cell: Cell, text: str) -> bool:
    if isinstance(cell, bool):
        return cell
    word = plain(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError(f"'{text}' is neither yes nor no; write jah or ei")


def _date(cell: Cell) -> object:
    """A year, month or day in ISO spelling, None where the cell is empty. Raises ValueError."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = " ".join(_text(cell).split())
    if not text:
        return None
    day, month, year = _parts_of(text)
    try:
        return partial_date("-".join(part.zfill(2) for part in (year, month, day) if part))
    except ValueError as fault:
        raise ValueError(f"'{text}' is not a date; write 2026, 09.2026 or 17.09.2026") from fault


def _parts_of(text: str) -> tuple[str, str, str]:
    """Day, month and year, as far as they are written; what is none of these spellings comes back as the year."""
    if match := _DAY.fullmatch(text):
        return match[1], match[2], match[3]
    if match := _MONTH.fullmatch(text):
        return "", match[1], match[2]
    match = _NAMED.fullmatch(text)
    if match and (number := _month_number(match[2])):
        return match[1] or "", str(number), match[3]
    return "", "", text


def _month_number(word: str) -> int | None:
    """The month of a name (september, septembril) or its first letters, where these are those of one month alone."""
    name = plain(word)
    found = {
        number
        for names in _MONTHS
        for number, known in enumerate(names, start=1)
        if known.startswith(name) or name in (f"{known}l", f"{known}s")
    }
    return found.pop() if len(found) == 1 else None


def _named_fields(columns: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain(name): field for field, names in columns.items() for name in (*names, field)}


_FIELDS = _named_fields(COLUMNS)
