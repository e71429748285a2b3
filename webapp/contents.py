"""What an export holds: what visitors see of the catalogue, without any text that is not ours to give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Protocol

from aardekast.resource import Resource, Source
from aardekast.vocabulary import Vocabulary
from webapp.site import Owner

# Facts cannot be owned; our descriptions can, and this asks no more than that their source is named.
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NEVER = date(1970, 1, 1)  # as of which an export of nothing is


class Public(Protocol):
    """What is asked of the catalogue."""

    def visible_resources(self) -> Iterator[Resource]:
        """What visitors see."""

    def described_by_curators(self) -> frozenset[str]:
        """The ids of the resources whose description is in the curators' words."""

    def sources(self) -> list[Source]:
        """All sources that are harvested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is exported: resources by id, without texts; `day` is the last on which anything was added or checked.

    `site` is the address of the live site, empty where that is not told.
    """

    resources: tuple[Resource, ...]
    sources: tuple[Source, ...]
    vocabulary: Vocabulary
    owner: Owner
    site: str = ""
    licence: str = LICENCE

    @property
    def day(self) -> date:
        """As of which day the contents are."""
        moments = (moment for one in self.resources for moment in (one.first_seen, one.last_checked) if moment)
        return max((_utc(moment) for moment in moments), default=NEVER)


def gather(catalogue: Public, vocabulary: Vocabulary, owner: Owner, *, site: str = "", licence: str = "") -> Contents:
    """Read the catalogue; what waits, was rejected or withdrawn is not among what visitors see."""
    return Contents(
        resources=tuple(_sorted(catalogue.visible_resources(), catalogue.described_by_curators())),
        sources=tuple(sorted(catalogue.sources(), key=lambda source: source.id)),
        vocabulary=vocabulary,
        owner=owner,
        site=site,
        licence=licence or LICENCE,
    )


def _sorted(resources: Iterable[Resource], ours: frozenset[str]) -> list[Resource]:
    """Without texts, and without descriptions that publishers wrote: a site may quote them, an export gives them away.

    The law: AutÕS (an extract of 11 words may be protected, CJEU C-5/08) and the right of press publishers.
    """
    return sorted((_public(resource, ours) for resource in resources), key=lambda resource: resource.id)


def _public(resource: Resource, ours: frozenset[str]) -> Resource:
    description = resource.description if resource.id in ours else ""
    return replace(resource, text="", passages=(), description=description)


def _utc(moment: datetime) -> date:
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
