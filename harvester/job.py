"""What a crawler is given: the source it harvests, and what all crawlers of a run share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aardekast.catalogue import Catalogue, KnownResource
from aardekast.resource import Harvested, Source
from aardekast.settings import Settings
from harvester.extraction.pool import Extractors
from harvester.keeping import Keeper
from harvester.memory import Memory
from harvester.network.gate import Gate
from harvester.recordings.reader import RecordingsReader
from harvester.repeating import Repeating
from harvester.tally import Tally

Suggest = Callable[[Harvested], Mapping[str, Any]]
Target = tuple[str, str, bool]  # id, address, and whether its text may be harvested
T = TypeVar("T")


def no_suggestions(_harvested: Harvested) -> Mapping[str, Any]:
    """Suggest nothing."""
    return {}


@dataclass(slots=True, kw_only=True)
class Kit:
    """What all crawlers of a run share. `catalogue` is None in a preview, which writes nothing."""

    settings: Settings
    gate: Gate
    extractors: Extractors
    catalogue: Catalogue | None = None
    suggest: Suggest = no_suggestions
    withdrawn: frozenset[str] = frozenset()  # keys of addresses
    recordings: RecordingsReader = field(default_factory=RecordingsReader)
    # One thread for the database and Vabamorf: neither is waited for by the reactor, neither likes two at once.
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="keep"))

    keeper: Keeper | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.catalogue is not None:
            self.keeper = Keeper(self.aside, lambda: self.extractors.is_busy, self.catalogue)

    async def aside(self, work: Callable[[], T]) -> T:
        """Do it in the one thread beside the reactor."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)


@dataclass(slots=True, kw_only=True)
class Job:
    """The harvest of one source."""

    source: Source
    kit: Kit
    tally: Tally
    most_pages: int
    targets: tuple[Target, ...] = ()  # of the built-in source of the curated addresses
    reached: set[str] = field(default_factory=set)  # ids of those that answered but were not read
    missed: set[str] = field(default_factory=set)
    repeating: Repeating = field(init=False)
    missed_addresses: set[str] = field(default_factory=set)  # those that could not be had, of any source
    memory: Memory | None = None  # None where nothing is kept
    known: tuple[KnownResource, ...] = ()  # what the source had brought before
    seen: set[str] = field(default_factory=set)  # keys of the addresses that this run came upon
    is_over: bool = False  # its time is
    is_limited: bool = False  # to fewer pages than the source may have
    deleted: set[str] = field(default_factory=set)  # addresses of what its own list says is gone
    at_stake: frozenset[str] | None = None  # ids of the known ones that its list could lose; None for all
    since: str | None = None  # until when its list was read before, by its own clock; None where all of it is wanted
    complete_as_of: str | None = None  # until when it was read now, where it was read to its end
    has_lost_list: bool = False  # its sitemap or feed is no longer where it was
    found: tuple[str, str] | None = None  # type and address, as they were found out
    why: str = ""  # in a sentence, why that type
    most_lists: int | None = None  # parts of its list that a preview reads; None for all
    is_cut: bool = False  # whether there was more of the list
    previewed: list[Harvested] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.repeating = Repeating(self.kit.catalogue, self.kit.aside)

    def settle_unchanged(self, requested: str, reason: str | None) -> None:
        """Count an address that answered as before: it was kept then, or rejected for this reason."""
        assert self.memory is not None
        if reason is not None:
            self.tally.not_taken(requested, "rejected", reason)
        else:
            self.tally.count("unchanged")
            self.memory.note_unchanged(requested)

    async def remember(self, *, everything: bool = False) -> None:
        """Keep what is known of the visits, when it has become much or at the end."""
        catalogue, memory = self.kit.catalogue, self.memory
        if catalogue is None or memory is None or not (everything or memory.is_heavy):
            return
        visits, unchanged = memory.taken()
        if visits:
            await self.kit.aside(lambda: catalogue.note_visits(self.source.id, visits))
        if unchanged:
            await self.kit.aside(lambda: catalogue.note_unchanged(unchanged))
