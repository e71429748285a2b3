"""The run guard: when much of a source is lost at once, it is the source or us, and no single page is to blame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aardekast.catalogue.runs import SourceRun
from harvester.job import Job
from harvester.memory import keys_of
from harvester.pipelines.keep import BY_CURATORS
from harvester.wishes import CALLED_OFF, TO_BE_FORGOTTEN

# TeSS warns at the same share (scraper_event_check). One page alone is no landslide, even of a source of three.
MOST_LOST = 0.3
LEAST_LOST = 2
LISTS_OF_STRANGERS = frozenset({"ical"})  # types whose lists may name any page as that of an event


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What a run did not find as it was: addresses that were missed, that are gone, whose texts are to be forgotten.

    An event that is cancelled is no loss: its page or calendar says so of that very event.
    """

    missed: frozenset[str]
    gone: frozenset[str]
    forgotten: frozenset[str]
    called_off: frozenset[str]  # of the forgotten the events that are cancelled
    deleted: frozenset[str]  # of the gone those whose own list says so
    lost: int  # of the known resources that had answered before
    known: int

    @property
    def is_landslide(self) -> bool:
        """Whether that is more than can be believed at once."""
        return self.lost >= LEAST_LOST and self.lost > MOST_LOST * self.known

    def warning(self, source_id: str) -> str:
        """What the curators are told, and what they can do."""
        return (
            f"{self.lost} of {self.known} known pages vanished or were rejected; nothing was marked. If that is right: "
            f"aardekast harvest --confirm-losses {source_id}"
        )

    def in_doubt(self) -> Losses:
        """What of it may be believed of a source where much is lost."""
        nothing = frozenset[str]()
        return replace(self, missed=nothing, gone=nothing, forgotten=self.called_off, deleted=nothing)


def losses_of(job: Job, done: SourceRun) -> Losses:
    """Weigh what the run with a source did not find."""
    gone = frozenset(reason.url for reason in done.reasons if reason.outcome == "missing")
    rejected = {
        reason.url
        for reason in done.reasons
        if reason.outcome == "rejected" and not reason.reason.endswith(BY_CURATORS) and reason.reason not in CALLED_OFF
    }
    forgotten = _said_of(job, (reason.url for reason in done.reasons if reason.reason in TO_BE_FORGOTTEN))
    called_off = _said_of(job, (reason.url for reason in done.reasons if reason.reason in CALLED_OFF))
    keys = keys_of(gone | rejected | job.missed_addresses)
    answered = [
        known for known in job.known if known.has_answered and (job.at_stake is None or known.id in job.at_stake)
    ]
    lost = sum(1 for known in answered if known.id in job.missed or known.keys & keys)
    return Losses(
        missed=gone | job.missed_addresses,
        gone=gone,
        forgotten=forgotten,
        called_off=called_off,
        deleted=frozenset(job.deleted),
        lost=lost,
        known=len(answered),
    )


def _said_of(job: Job, urls: Iterable[str]) -> frozenset[str]:
    """Those that the source may speak of: whatever page was read, but of addresses in a list only what it brought."""
    if job.source.type not in LISTS_OF_STRANGERS:
        return frozenset(urls)
    brought = frozenset[str]().union(*(known.keys for known in job.known))
    return frozenset(url for url in urls if keys_of([url]) & brought)
