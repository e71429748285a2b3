"""A record of another Aardekast as a material: the JSON-LD of webapp/linked.py, back into the fields it was made of.

Slugs of the vocabulary go as suggestions, which the harvest holds against the vocabulary here. The text stays empty, as
that of a card: the description is whole, and there is no more of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from aardekast import amb
from aardekast.addresses import fault_of
from aardekast.resource import Harvested
from aardekast.vocabulary import EVENT_KIND
from harvester.extraction import json_ld
from harvester.extraction.declared_values import listed, types_of
from harvester.extraction.json_ld import Node
from harvester.spiders.oai_answers import MOST_VALUES, Record
from harvester.spiders.oai_dc import day_of_publication, day_written
from harvester.spiders.oai_types import kind_of, language_of

_MINUTES = re.compile(r"PT(\d{1,5})M")
_FORMATS = {media_type: name for name, media_type in amb.MEDIA_TYPES.items()}
_RECORDED = {type_.lower(): name for name, type_ in amb.RECORDED.items()}


def address_of(record: Record, _base: str) -> str | None:
    """The address of the material, None where the record names none."""
    url = _text(_said(record).get("@id"))
    return url if fault_of(url) is None else None


def harvested(record: Record, source: str, entry: str, url: str, _base: str) -> Harvested:
    """The record as a material; `entry` is the address of the record itself, `url` that of the material."""
    said = _said(record)
    is_event = "event" in types_of(said)
    made = next(_nodes(said.get("subjectOf")), {}) if is_event else said
    code = EVENT_KIND if is_event else next(_codes(said.get("learningResourceType"), "termCode"), "")
    kind = kind_of(code)
    counties, place = _where(said.get("location" if is_event else "spatialCoverage"))
    starts, ends = _held(said) if is_event else _interval(said.get("temporalCoverage"))
    suggested: dict[str, Any] = {
        "audiences": tuple(_codes(said.get("audience"), "identifier")),
        "topics": tuple(_codes(said.get("about"), "termCode")),
        "counties": counties,
        "keywords": tuple(_texts(said.get("keywords"))),
    }
    return Harvested(
        source=source,
        requested=entry,
        url=url,
        title=" ".join(_text(said.get("name")).split()),
        description=_text(said.get("description")),
        authors=tuple(_texts(made.get("creator"))),
        publisher=_text(said.get("organizer" if is_event else "publisher")),
        published=day_of_publication(_text(made.get("datePublished"))),
        language=language_of(_text(said.get("inLanguage"))),
        kind=kind,
        starts=starts,
        ends=ends,
        place=place or None,
        licence=_text(made.get("license")) or None,
        format=_format(made),
        pages=_pages(made.get("numberOfPages")),
        minutes=_minutes(made.get("timeRequired")),
        suggested=suggested if kind or not code else suggested | {"kind": code},
    )


def _said(record: Record) -> Node:
    """The object of the record, empty where it holds none."""
    values = [value for text in record.texts("json") for value in json_ld.read(text)]
    return next((value for value in values if isinstance(value, dict)), {})


def _nodes(value: Any) -> Iterator[Node]:
    return (one for one in listed(value)[:MOST_VALUES] if isinstance(one, dict))


def _text(value: Any) -> str:
    """A string, or the name of what is more than that."""
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else ""


def _texts(value: Any) -> Iterator[str]:
    return filter(None, map(_text, listed(value)[:MOST_VALUES]))


def _codes(value: Any, name: str) -> Iterator[str]:
    """The slugs of terms, each once."""
    return iter(dict.fromkeys(code for one in _nodes(value) if (code := _text(one.get(name)))))


def _where(value: Any) -> tuple[tuple[str, ...], str]:
    """Slugs of counties, which may be those that a place lies in, and the place."""
    areas = [area for one in _nodes(value) for area in (one, *_nodes(one.get("containedInPlace")))]
    place = next((_text(one) for one in areas if "place" in types_of(one)), "")
    return tuple(_codes([one for one in areas if "administrativearea" in types_of(one)], "identifier")), place


def _held(event: Node) -> tuple[str | None, str | None]:
    return day_written(_text(event.get("startDate"))), day_written(_text(event.get("endDate")))


def _interval(value: Any) -> tuple[str | None, str | None]:
    starts, _, ends = _text(value).partition("/")
    return day_written(starts), day_written(ends)


def _format(made: Node) -> str:
    recorded = (_RECORDED[type_] for type_ in types_of(made) if type_ in _RECORDED)
    return _FORMATS.get(_text(made.get("encodingFormat"))) or next(recorded, "html")


def _pages(value: Any) -> int | None:
    return value if isinstance(value, int) and 0 < value < 100_000 else None


def _minutes(value: Any) -> int | None:
    match = _MINUTES.fullmatch(_text(value))
    return int(match[1]) or None if match else None
