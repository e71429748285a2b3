"""The catalogue: the database of all resources and what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from aardekast.addresses import canonical_key
from aardekast.catalogue import keep as keeping
from aardekast.catalogue import letters, losses, reading, records, repeated, runs, summary, visits
from aardekast.catalogue.alerts import CatalogueAlerts
from aardekast.catalogue.database import PATIENCE, Database
from aardekast.catalogue.letters import Decided, is_letter_id
from aardekast.catalogue.losses import KnownResource
from aardekast.catalogue.pruning import prune
from aardekast.catalogue.record_reader import CatalogueRecordReader
from aardekast.catalogue.review import Waiting, review, waiting
from aardekast.catalogue.runs import Reason, SourceRun
from aardekast.catalogue.summary import CatalogueSummary, NotTaken
from aardekast.catalogue.synchronise import synchronise
from aardekast.catalogue.tables import ResourceRow, RevisionRow, RunRow, SourceRow, WithdrawnRow
from aardekast.catalogue.versions import versions
from aardekast.catalogue.visits import KeptList, Visit
from aardekast.curated import Curated
from aardekast.curated.check import BUILT_IN_SOURCE
from aardekast.errors import UnknownSourceError
from aardekast.letters import Decision, Letter, Reception, WaitingLetter
from aardekast.resource import Harvested, Outcome, Resource, Review, Source
from aardekast.vocabulary import Vocabulary

__all__ = [
    "BUILT_IN_SOURCE",
    "Catalogue",
    "CatalogueSummary",
    "KeptList",
    "KnownResource",
    "Reason",
    "SourceRun",
    "Visit",
    "Waiting",
    "is_letter_id",
]


class Catalogue:
    """All that is known of the resources. Each method is one transaction; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._versions: tuple[int, dict[str, str]] = (
            -1,
            {},
        )  # of a revision: index and records ask one after the other

    @classmethod
    def open(cls, url: str, patience: float = PATIENCE) -> Catalogue:
        """Open the database at a SQLAlchemy URL, made and migrated where it is not. Raises CatalogueError.

        `patience`: seconds to wait for another process that writes.
        """
        return cls(Database.open(url, patience))

    @staticmethod
    def is_at(url: str) -> bool:
        """Whether there is a catalogue at a SQLAlchemy URL; makes none. Raises CatalogueError."""
        return Database.is_at(url)

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    @property
    def alerts(self) -> CatalogueAlerts:
        """The saved searches of visitors."""
        return CatalogueAlerts(self._database)

    @property
    def revision(self) -> int:
        """Grows with every change that an index would show."""
        with self._database.reading() as session:
            return _revision(session)

    def synchronise(self, curated: Curated) -> bool:
        """Bring the catalogue up to resources.yaml. Whether a visitor would see a change."""
        with self._database.writing() as session:
            changed = synchronise(session, curated, _now())
            _count_change(session, changed)
            return changed

    def versions(self) -> dict[str, str]:
        """For each resource that visitors see a stamp that changes when anything that is shown of it does, by id."""
        with self._database.reading() as session:
            return self._versions_in(session)

    def _versions_in(self, session: Session) -> dict[str, str]:
        revision = _revision(session)
        if self._versions[0] != revision:
            self._versions = (revision, versions(session))
        return dict(self._versions[1])

    def visible_resources(self, ids: Sequence[str] | None = None) -> Iterator[Resource]:
        """What visitors see, all or those of these ids, in a stable order; near copies are folded into one."""
        with self._database.reading() as session:
            yield from reading.visible_resources(session, None if ids is None else frozenset(ids))

    def resource(self, resource_id: str) -> Resource | None:
        """One resource, visible or not, without its copies."""
        with self._database.reading() as session:
            return next(reading.resources_of(session, [resource_id]), None)

    def cards(self) -> list[Resource]:
        """What the curators wrote of each resource, without anything harvested or suggested."""
        with self._database.reading() as session:
            return reading.cards(session)

    def described_by_curators(self) -> frozenset[str]:
        """The ids of the resources whose description is in the curators' words."""
        with self._database.reading() as session:
            return reading.described_by_curators(session)

    def sources(self, ids: Sequence[str] = ()) -> list[Source]:
        """The named sources, else all that are enabled. Raises UnknownSourceError."""
        with self._database.reading() as session:
            rows = session.scalars(select(SourceRow).where(SourceRow.in_file).order_by(SourceRow.id)).all()
        sources = {row.id: reading.source_of(row) for row in rows}
        unknown = [name for name in ids if name not in sources and name != BUILT_IN_SOURCE]
        if unknown:
            raise UnknownSourceError(
                f"resources.yaml has no source '{unknown[0]}'; it has: {', '.join([BUILT_IN_SOURCE, *sources])}"
            )
        return [sources[name] for name in ids if name in sources] if ids else [s for s in sources.values() if s.enabled]

    def source_ids(self, ids: Sequence[str] = (), *, due_only: bool = False) -> list[str]:
        """The ids of what a harvest takes: the named ones, those that are due, or all. Raises UnknownSourceError."""
        if due_only:
            return self.due_source_ids()
        found = [source.id for source in self.sources(ids)]
        return [BUILT_IN_SOURCE, *found] if not ids or BUILT_IN_SOURCE in ids else found

    def due_source_ids(self) -> list[str]:
        """The sources whose turn it is, the built-in one among them."""
        now = _now()
        with self._database.reading() as session:
            rows = session.scalars(select(SourceRow).where(SourceRow.in_file).order_by(SourceRow.id)).all()
            due = [
                row.id
                for row in rows
                if row.entry.get("enabled", True) and runs.is_due(row.entry["schedule"], row.last_run, now)
            ]
            curated = reading.is_curated_due(session, now)
        return [BUILT_IN_SOURCE, *due] if curated else due

    def note_found_type(self, source_id: str, type_: str, url: str) -> None:
        """Keep what kind of source it turned out to be, and the address of its sitemap, feed or list."""
        with self._database.writing() as session:
            row = session.get(SourceRow, source_id)
            if row is not None:
                row.found_type, row.found_url = type_, url

    def curated_targets(self, *, due_only: bool = False) -> list[tuple[str, str, bool]]:
        """Id, address, and whether its text may be harvested, of each curated resource, or of those that are due."""
        with self._database.reading() as session:
            return reading.curated_targets(session, _now() if due_only else None)

    def withdrawn_keys(self) -> frozenset[str]:
        """The keys of the addresses that are never harvested again."""
        with self._database.reading() as session:
            return frozenset(canonical_key(url) for url in session.scalars(select(WithdrawnRow.url)))

    def keep(self, found: Harvested, source: Source | None) -> Outcome:
        """Keep what a harvest found; `source` is None for the built-in source."""
        return self.keep_all([(found, source)])[0]

    def keep_all(self, pages: Iterable[tuple[Harvested, Source | None]]) -> list[Outcome]:
        """Keep several pages, all of them or none: a transaction takes as long as a third of a page."""
        with self._database.writing() as session:
            outcomes = [keeping.keep(session, found, source, _now())[0] for found, source in pages]
            _count_change(session, not {Outcome.ADDED, Outcome.CHANGED}.isdisjoint(outcomes))
            return outcomes

    def repeated_lines(self, host: str) -> frozenset[str]:
        """The digests of the lines that stand on many pages of a host."""
        with self._database.reading() as session:
            return repeated.repeated_lines(session, host)

    def find_repeated(self, host: str) -> frozenset[str]:
        """Compare the first pages of a host, and keep as repeated what most of them say: the digests of its lines."""
        with self._database.reading() as session:
            found = repeated.widely_repeated(session, host)
        if found:
            with self._database.writing() as session:
                repeated.note_repeated(session, host, found)
        return self.repeated_lines(host)

    def settle_repeated(self, host: str) -> int:
        """Compare the pages of a host and take what is repeated out of their texts. How many changed.

        In many short transactions: what is broken off is completed when the host is settled again.
        """
        with self._database.reading() as session:
            found = repeated.newly_repeated(session, host)
            known = repeated.repeated_lines(session, host).union(found)
            ids = repeated.holding(session, host, known)
        if found:
            with self._database.writing() as session:
                repeated.note_repeated(session, host, found)
        changed = 0
        for start in range(0, len(ids), repeated.AT_ONCE):
            with self._database.writing() as session:
                count = repeated.clean(session, ids[start : start + repeated.AT_ONCE], known, _now())
                _count_change(session, count > 0)
                changed += count
        return changed

    def note_answers(self, reached: Iterable[str], missed: Iterable[str]) -> None:
        """Keep which resources, by id, answered or did not, where nothing else of them was read."""
        with self._database.writing() as session:
            now, changed = _now(), False
            for note, ids in ((keeping.note_reached, reached), (keeping.note_miss, missed)):
                for resource_id in ids:
                    row = session.get(ResourceRow, resource_id)
                    changed |= row is not None and note(row, now)
            _count_change(session, changed)

    def note_unchanged(self, urls: Iterable[str]) -> None:
        """Keep that these addresses answered as they did before."""
        with self._database.writing() as session:
            _count_change(session, losses.note_unchanged(session, urls, _now()))

    def note_misses(self, urls: Iterable[str], *, since: datetime | None = None) -> None:
        """Keep that what these addresses lead to could not be had today, unless it answered since then elsewhere."""
        with self._database.writing() as session:
            rows = losses.unanswered(session, urls, since)
            changed = [keeping.note_miss(row, _now()) for row in rows]
            _count_change(session, any(changed))

    def note_gone(self, urls: Iterable[str], *, since: datetime | None = None) -> None:
        """Keep that what these addresses lead to is gone, as the curators say, unless it answered since then."""
        with self._database.writing() as session:
            rows = losses.unanswered(session, urls, since)
            changed = [losses.note_gone(row, _now()) for row in rows]
            _count_change(session, any(changed))

    def forget_text(self, urls: Iterable[str]) -> None:
        """Drop the texts of what these addresses lead to; what is no card is no longer shown."""
        with self._database.writing() as session:
            _count_change(session, losses.forget_text(session, urls))

    def known_resources(self, source_id: str) -> list[KnownResource]:
        """What a source brought so far, or the cards for the built-in source."""
        with self._database.reading() as session:
            return losses.known_resources(session, source_id)

    def visits(self, source_id: str) -> Mapping[str, Visit]:
        """What the pages of a source answered when they were last read, by the keys of the addresses asked for."""
        with self._database.reading() as session:
            return visits.visits_of(session, source_id)

    def note_visits(self, source_id: str, found: Iterable[Visit]) -> None:
        """Keep what pages of a source answered."""
        with self._database.writing() as session:
            visits.note_visits(session, source_id, found)

    def needs_full_look(self, source_id: str, look: str, every: int) -> bool:
        """Whether a source is to be read whole: at every so many runs, and when what `look` names has changed."""
        with self._database.reading() as session:
            return visits.needs_full_look(session, source_id, look, every)

    def kept_list(self, source_id: str, url: str) -> KeptList | None:
        """A sitemap or feed of a source as it was last had."""
        with self._database.reading() as session:
            return visits.list_of(session, source_id, url)

    def keep_list(self, source_id: str, found: KeptList) -> None:
        """Keep a sitemap or feed."""
        with self._database.writing() as session:
            visits.keep_list(session, source_id, found)

    def complete_list(self, source_id: str, look: str) -> str | None:
        """Until when a source's list was read to its end, by the clock of its host; None where what `look` names
        has changed since.
        """
        with self._database.reading() as session:
            return visits.complete_list(session, source_id, look)

    def note_complete_list(self, source_id: str, look: str, moment: str) -> None:
        """Keep until when a source's list was read to its end."""
        with self._database.writing() as session:
            visits.note_complete_list(session, source_id, look, moment)

    def start_run(self) -> int:
        """A new harvest run; its id."""
        with self._database.writing() as session:
            return runs.start_run(session, _now())

    def keep_source_run(self, run_id: int, done: SourceRun) -> None:
        """Keep what a run did with one source."""
        with self._database.writing() as session:
            runs.keep_source_run(session, run_id, done)

    def finish_run(self, run_id: int) -> None:
        """The run is over; what is too old of earlier ones is forgotten."""
        with self._database.writing() as session:
            row = session.get(RunRow, run_id)
            if row is not None:
                row.finished = _now()
            prune(session)

    def waiting(self) -> list[Waiting]:
        """What waits for a curator, oldest first."""
        with self._database.reading() as session:
            return waiting(session)

    def review(self, decision: Review, ids: Sequence[str] = (), source: str | None = None) -> int:
        """Accept or reject resources by id, or all that wait from a source; how many. Raises UnknownResourceError."""
        with self._database.writing() as session:
            count = review(session, decision, ids, source)
            _count_change(session, count > 0)
            return count

    def receive(self, letter: Letter) -> Reception:
        """Keep what a visitor sent. Raises InboxError when too much waits."""
        with self._database.writing() as session:
            return letters.receive(session, letter, _now())

    def letters(self) -> list[WaitingLetter]:
        """What visitors sent and no curator has decided, oldest first."""
        with self._database.reading() as session:
            return letters.waiting_letters(session)

    def decide_letters(self, decision: Decision, ids: Sequence[str]) -> list[Decided]:
        """Decide letters by id; their e-mail addresses go. Raises UnknownLetterError, then nothing is decided."""
        with self._database.writing() as session:
            return letters.decide(session, decision, ids, _now())

    def keep_records(self, vocabulary: Vocabulary) -> int:
        """Bring the records that others harvest up to what visitors see; how many changed."""
        while True:
            with self._database.reading() as session:
                changes = records.compare(session, _revision(session), vocabulary, self._versions_in)
            if changes is None:
                return 0
            with self._database.writing() as session:
                if records.keep(session, changes, _now):
                    return changes.stamped

    @contextmanager
    def records(self) -> Iterator[CatalogueRecordReader]:
        """The records that others harvest, as they are at one moment."""
        now = _now()
        with self._database.reading() as session:
            yield CatalogueRecordReader(session, now)

    def summary(self) -> CatalogueSummary:
        """Counts for `aardekast status`."""
        with self._database.reading() as session:
            return summary.summarise(session)

    def not_taken(self, source_id: str | None = None) -> list[NotTaken]:
        """The addresses that the last run of this source, or of each, did not take. Raises UnknownSourceError."""
        with self._database.reading() as session:
            return summary.not_taken(session, source_id)


def _now() -> datetime:
    return datetime.now(UTC)


def _revision(session: Session) -> int:
    return session.scalar(select(RevisionRow.number)) or 0


def _count_change(session: Session, changed: bool) -> None:
    if changed:
        session.execute(update(RevisionRow).values(number=RevisionRow.number + 1))
