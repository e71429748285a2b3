"""The run guard: when much of a source is lost at once, it is the source or us, and no single page is to blame."""

from __future__ import annotations

from dataclasses import dataclass

from aardekast.catalogue.runs import SourceRun
from harvester.job import Job
from harvester.memory import keys_of
from harvester.pipelines.keep import BY_CURATORS
from harvester.wishes import TO_BE_FORGOTTEN

# TeSS warns at the same share (scraper_event_check). One page alone is no landslide, even of a source of three.
MOST_LOST = 0.3
LEAST_LOST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What a run did not find as it was: addresses that were missed, that are gone, whose texts are to be forgotten.

    An event that is cancelled is no loss: its calendar says so of that very event.
    """

    missed: frozenset[str]
    gone: frozenset[str]
    forgotten: frozenset[str]
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


def losses_of(job: Job, done: SourceRun) -> Losses:
    """Weigh what the run with a source did not find."""
    gone = frozenset(reason.url for reason in done.reasons if reason.outcome == "missing")
    rejected = {
        reason.url
        for reason in done.reasons
        if reason.outcome == "rejected" and not reason.reason.endswith(BY_CURATORS)
    }
    forgotten = frozenset(reason.url for reason in done.reasons if reason.reason in TO_BE_FORGOTTEN)
    keys = keys_of((gone | rejected | job.missed_addresses) - job.called_off)
    answered = [known for known in job.known if known.has_answered]
    lost = sum(1 for known in answered if known.id in job.missed or known.keys & keys)
    missed = (gone | job.missed_addresses) - job.called_off
    deleted = frozenset(job.deleted)
    return Losses(missed=missed, gone=gone, forgotten=forgotten, deleted=deleted, lost=lost, known=len(answered))
