"""What a run did with a source, into the catalogue: first what was learnt of its resources, then the run itself."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace

from aardekast import __version__
from aardekast.catalogue import Catalogue
from aardekast.catalogue.runs import SourceRun
from aardekast.resource import Source
from harvester.guard import Losses, losses_of
from harvester.job import Job

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """`confirms_losses` is the curators' word that what vanished is gone."""

    catalogue: Catalogue
    run_id: int
    confirms_losses: bool = False

    async def settled(self, job: Job, fault: str | None, *, has_network: bool) -> SourceRun:
        """What was done with the source, kept as far as that can be. `fault` says why it failed as a whole."""
        job.tally.fault = fault
        try:
            return await self._settle(job, has_network=has_network)
        except Exception as unexpected:
            # The edge: a reason that the database refuses must not cost the other sources.
            _logger.exception("what was done with source %s could not be kept", job.source.id)
            job.tally.fault = f"internal fault: {type(unexpected).__name__}"
        done = job.tally.closed()
        try:
            await job.kit.aside(lambda: self.catalogue.keep_source_run(self.run_id, replace(done, reasons=())))
        except Exception:
            _logger.exception("nor could its fault")
        return done

    async def _settle(self, job: Job, *, has_network: bool) -> SourceRun:
        await job.remember(everything=True)
        if job.has_lost_list and has_network:
            await job.kit.aside(lambda: self.catalogue.note_found_type(job.source.id, "", ""))
        if has_network:  # where nobody answers it is our network: no resource is to blame
            await self._note_losses(job, losses_of(job, job.tally.closed()))
        moment = job.complete_as_of
        if moment is not None and job.tally.fault is None and not job.tally.counts["failed"]:
            await job.kit.aside(lambda: self.catalogue.note_complete_list(job.source.id, look_of(job.source), moment))
        await job.repeating.settle()
        done = replace(job.tally.closed(), look=_look_taken(job))
        await job.kit.aside(lambda: self.catalogue.keep_source_run(self.run_id, done))
        return done

    async def _note_losses(self, job: Job, losses: Losses) -> None:
        missed = job.missed - job.reached
        if losses.is_landslide and not self.confirms_losses:
            warning = losses.warning(job.source.id)
            job.tally.fault = f"{job.tally.fault}; {warning}" if job.tally.fault else warning
            losses, missed = losses.in_doubt(), set()
        await job.kit.aside(lambda: self._keep_losses(job, losses, missed))

    def _keep_losses(self, job: Job, losses: Losses, missed: set[str]) -> None:
        if job.reached or missed:
            self.catalogue.note_answers(sorted(job.reached), sorted(missed))
        if losses.missed:
            self.catalogue.note_misses(sorted(losses.missed), since=job.tally.started)
        if gone := losses.gone if self.confirms_losses else losses.deleted:
            self.catalogue.note_gone(sorted(gone), since=job.tally.started)
        if losses.forgotten:
            self.catalogue.forget_text(sorted(losses.forgotten))


def look_of(source: Source) -> str:
    """What a source is now, for comparing: where its entry or this program has changed, its pages are read anew."""
    return hashlib.blake2b(repr((__version__, source)).encode(), digest_size=16).hexdigest()


def _look_taken(job: Job) -> str | None:
    """What was looked at, where it was looked at whole."""
    is_whole = job.memory is not None and job.memory.is_full and not job.is_limited
    return look_of(job.source) if is_whole else None
