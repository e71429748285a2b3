"""The schema: the fields of a document, and what is stored of its resource."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

import numpy as np
from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence

from aardekast.language.snowball import STEMMED
from aardekast.resource import Copy, Passage, Resource, Status, Translation, year_of
from index.session import WordNumbers, first_positions
from index.spans import spans

# Written beside each generation; a new number makes every index be built anew.
SCHEMA_VERSION = 9
ANALYZER_VERSION = 5

PLACE_EVERY = 32  # words; a snippet looks at some hundred characters around the place anyway
ESTONIAN = "et"
LANGUAGES = (ESTONIAN, *STEMMED)

# The channels that a word is looked for in: as it is written, by its lemmas, as a part of compounds, by its stem.
EXACT, LEMMA, PART, STEM = "exact", "lemma", "part", "stem"


# The columns of several values, and those of one, by the fields of a resource.
_LISTS = {"audience": "audiences", "topic": "topics", "county": "counties", "author": "authors", "keyword": "keywords"}
_SINGLE = ("kind", "language", "format", "publisher")
_JSON = json.JSONEncoder(ensure_ascii=False)  # json.dumps would make one for each resource
_SHOWN = tuple(field.name for field in fields(Resource) if field.name not in ("last_checked", "text"))


def stem_channel(language: str) -> str:
    """The channel of a language of STEMMED."""
    return f"{STEM}_{language}"


def title_of(channel: str) -> str:
    """The channel in titles alone."""
    return f"{channel}_title"


def text_field(language: str) -> str:
    """The field of the words of whole documents in a language."""
    return f"{language}_text"


def title_field(language: str) -> str:
    """The field of the words of titles in a language."""
    return f"{language}_title"


class PackedWords(FieldType):
    """The words of a field as WordNumbers.pack packs them: one item for Whoosh, whatever their number."""

    indexed = True
    scorable = False
    format = Existence()

    def __init__(self) -> None:
        self.spelling = False

    def index(self, value: bytes, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The one item."""
        yield b"", 1, 1.0, value


def make_schema() -> Schema:
    """For each language the words of texts and of titles; the whole resource as a column."""
    schema: dict[str, Any] = {"resource": COLUMN(VarBytesColumn())}
    for language in LANGUAGES:
        schema |= {text_field(language): PackedWords(), title_field(language): PackedWords()}
    return Schema(**schema)


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource about to be indexed, and its version in the collection."""

    resource: Resource
    version: str


def version_of(resource: Resource) -> str:
    """24 hexadecimal digits that change with all that is shown of a resource, but not with the day it was checked."""
    return hashlib.blake2b(_shown(resource) + b"\n" + _text(resource), digest_size=12).hexdigest()


def _shown(resource: Resource) -> bytes:
    """All that is shown of a resource but its text, as JSON."""
    values = {name: getattr(resource, name) for name in _SHOWN}
    values["first_seen"] = _moment(resource.first_seen)
    values["passages"] = [asdict(passage) for passage in resource.passages]
    values["copies"] = [asdict(copy) for copy in resource.copies]
    values["translations"] = [asdict(translation) for translation in resource.translations]
    return _JSON.encode(values).encode("utf-8", "replace")


def _text(resource: Resource) -> bytes:
    return resource.text.encode("utf-8", "replace")


def document_of(entry: Entry, numbers: Mapping[str, WordNumbers]) -> dict[str, Any]:
    """What the index holds for a resource.

    A card is written in Estonian whatever the language of the material: of a foreign material the card is kept among
    the Estonian words, the whole among those of its own language.
    """
    resource = entry.resource
    about = " ".join([resource.description, ", ".join(resource.keywords), resource.publisher, *resource.authors])
    words = spans("\n".join((resource.title, about, resource.text)))
    text_at = len(resource.title) + len(about) + 2
    title_end, card_end = np.searchsorted(words.starts, (len(resource.title), text_at)).tolist()
    card = [count for count in (title_end, card_end - title_end) if count]
    text = len(words.starts) - card_end
    whole = [*card, text] if text else card
    by_language = {ESTONIAN: whole}
    if resource.language in STEMMED:
        by_language = {ESTONIAN: card, resource.language: whole}
    offsets = words.starts[card_end::PLACE_EVERY] - text_at
    places = {"first": first_positions([*card, text])[-1], "offsets": offsets.tolist()}
    document: dict[str, Any] = {"resource": _stored(entry, places)}
    for language, parts in by_language.items():
        document[text_field(language)], document[title_field(language)] = numbers[language].pack(
            words, parts, title_end
        )
    return document


def read_stored(stored: bytes) -> tuple[Resource, dict[str, Any]]:
    """The resource that `document_of` stored, and the places of its words."""
    head, _, text = stored.partition(b"\n")
    kept = json.loads(head)
    values = kept["shown"]
    for name in ("authors", "audiences", "topics", "keywords", "counties"):
        values[name] = tuple(values[name])
    values["first_seen"], values["last_checked"] = _read_moment(values["first_seen"]), _read_moment(kept["checked"])
    values["passages"] = tuple(Passage(**passage) for passage in values["passages"])
    values["copies"] = tuple(Copy(**copy) for copy in values["copies"])
    values["translations"] = tuple(Translation(**translation) for translation in values["translations"])
    values["status"] = Status(values["status"])
    return Resource(**values, text=text.decode()), kept["places"]


def read_card(stored: bytes) -> dict[str, Any]:
    """What columns are made of, from what `document_of` stored."""
    kept = json.loads(stored[: stored.index(b"\n")])
    shown = kept["shown"]
    card = {name: shown[field] for name, field in _LISTS.items()}
    card |= {name: [shown[name]] if shown[name] else [] for name in _SINGLE}
    card |= {name: shown[name] for name in ("id", "title", "published", "first_seen")}
    return card | {
        "version": kept["version"],
        "year": [year_of(shown["published"])],
        "over": shown["ends"] or shown["starts"],
    }


def _stored(entry: Entry, places: dict[str, Any]) -> bytes:
    known = {"checked": _moment(entry.resource.last_checked), "places": places, "version": entry.version}
    parts = _shown(entry.resource), json.dumps(known)[1:].encode(), _text(entry.resource)
    return b'{"shown": %s, %s\n%s' % parts  # the text as it is: nothing to escape nor parse


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read_moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None
