"""In which metadata format the records of a repository are read: our own where it has that, else Dublin Core."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aardekast import amb
from aardekast.errors import NotFetchedError
from aardekast.resource import Harvested
from harvester.spiders import oai_amb, oai_dc
from harvester.spiders.oai_answers import Record, read_answer
from harvester.spiders.oai_lists import PREFIX, Repository
from harvester.spiders.sitemaps import Fetch


@dataclass(frozen=True, slots=True)
class Format:
    """The prefix by which the repository knows it, and how its records are read.

    `address_of` takes the base URL of the repository beside the record, `harvested` the source, the address of the
    record, that of its page, and the base URL.
    """

    prefix: str
    address_of: Callable[[Record, str], str | None]
    harvested: Callable[[Record, str, str, str, str], Harvested]


DUBLIN_CORE = Format(PREFIX, oai_dc.address_of, oai_dc.harvested)


async def format_at(fetch: Fetch, repository: Repository) -> Format:
    """The format that says most; a repository that does not tell its formats has Dublin Core."""
    try:
        answer = read_answer(await fetch(repository.asked("ListMetadataFormats")))
    except NotFetchedError:
        return DUBLIN_CORE
    prefix = answer.formats.get(amb.NAMESPACE)
    return Format(prefix, oai_amb.address_of, oai_amb.harvested) if prefix else DUBLIN_CORE
