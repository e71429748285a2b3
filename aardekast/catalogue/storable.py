"""Text that every database keeps: what a page or an address brings may hold signs that some refuse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aardekast.resource import Harvested, Passage

# Control signs become spaces and lone surrogates a mark, so that offsets into the text stay true.
_REPLACED = {number: " " for number in (*range(32), *range(127, 160)) if chr(number) not in "\n\t"}
_REPLACED |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def storable(text: str) -> str:
    """The text without control signs and lone surrogates, of the same length."""
    return text.translate(_REPLACED)


def storable_page(found: Harvested) -> Harvested:
    """A harvested page whose texts can be kept."""
    return replace(
        found,
        title=storable(found.title),
        text=storable(found.text),
        description=storable(found.description),
        publisher=storable(found.publisher),
        authors=tuple(storable(author) for author in found.authors),
        place=storable(found.place) if found.place else None,
        licence=storable(found.licence) if found.licence else None,
        passages=tuple(_storable_passage(passage) for passage in found.passages),
        etag=storable(found.etag) if found.etag else None,
        last_modified=storable(found.last_modified) if found.last_modified else None,
        suggested={field: _storable_value(value) for field, value in found.suggested.items()},
    )


def _storable_value(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else tuple(map(storable, value))


def _storable_passage(passage: Passage) -> Passage:
    heading = storable(passage.heading) if passage.heading else passage.heading
    return replace(passage, heading=heading, fragment=storable(passage.fragment))
