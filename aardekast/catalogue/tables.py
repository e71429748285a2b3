"""The tables of the catalogue. A change here wants a migration beside it (migrations/versions)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, Index, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, on databases that keep no time zone too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give a moment without a zone the one that all of them are in."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Names its constraints, so that migrations can."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment, dict[str, Any]: JSON, list[str]: JSON}


class SourceRow(Base):
    """A source as resources.yaml has it, and what was found out of it."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    entry: Mapped[dict[str, Any]]
    in_file: Mapped[bool]
    found_type: Mapped[str | None] = mapped_column(String(20))
    found_url: Mapped[str | None] = mapped_column(Text)
    last_run: Mapped[datetime | None]


class ResourceRow(Base):
    """What is known of a resource, but for its fields by origin."""

    __tablename__ = "resources"
    __table_args__ = (Index("ix_resources_source", "source_id"), Index("ix_resources_review", "review"))

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    source_id: Mapped[str | None] = mapped_column(String(100))
    in_file: Mapped[bool] = mapped_column(default=False)
    may_harvest: Mapped[bool] = mapped_column(default=True)
    review: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    duplicate_of: Mapped[str | None] = mapped_column(ForeignKey("resources.id"))
    format: Mapped[str] = mapped_column(String(20), default="html")
    pages: Mapped[int | None]
    minutes: Mapped[int | None]
    words: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text, default="")
    may_show_snippet: Mapped[bool] = mapped_column(default=True)
    content_hash: Mapped[str | None] = mapped_column(String(64))
    answered: Mapped[str | None] = mapped_column(Text)  # the address that its text came from
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    first_seen: Mapped[datetime]
    last_checked: Mapped[datetime | None]
    last_changed: Mapped[datetime | None]
    misses: Mapped[int] = mapped_column(default=0)
    missed_since: Mapped[date | None]
    missed_on: Mapped[date | None]


class FieldValueRow(Base):
    """One value of one field from one origin; lists as a whole."""

    __tablename__ = "field_values"

    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(30), primary_key=True)
    origin: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class PassageRow(Base):
    """A part of a resource with a deep link."""

    __tablename__ = "passages"

    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    offset: Mapped[int]
    heading: Mapped[str | None] = mapped_column(Text)
    page: Mapped[int | None]
    start: Mapped[int | None]
    fragment: Mapped[str] = mapped_column(Text)


class TextBandRow(Base):
    """One of the numbers by which near copies of a resource's text are found."""

    __tablename__ = "text_bands"
    __table_args__ = (Index("ix_text_bands_value", "value"),)

    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class LikenessRow(Base):
    """Two resources whose texts are nearly the same, the lower id first."""

    __tablename__ = "likenesses"

    first_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    second_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), primary_key=True, index=True)


class RepeatedLineRow(Base):
    """A line, by its digest, that stands on many pages of a host."""

    __tablename__ = "repeated_lines"

    host: Mapped[str] = mapped_column(String(255), primary_key=True)
    digest: Mapped[str] = mapped_column(String(24), primary_key=True)


class AlternateRow(Base):
    """What a resource's page names as itself in another language: an address by its key, as in `addresses`."""

    __tablename__ = "alternates"

    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    language: Mapped[str] = mapped_column(String(2))


class OriginRow(Base):
    """Where a resource's text comes from, as its page says: an address or a name."""

    __tablename__ = "origins"

    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    named: Mapped[str] = mapped_column(Text)


class AddressRow(Base):
    """An address by the digest of its canonical key, and the resource it leads to."""

    __tablename__ = "addresses"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), index=True)


class WithdrawnRow(Base):
    """An address that is never shown or harvested again."""

    __tablename__ = "withdrawn"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    url: Mapped[str] = mapped_column(Text)


class RunRow(Base):
    """One harvest."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    started: Mapped[datetime]
    finished: Mapped[datetime | None]


class SourceRunRow(Base):
    """What one harvest did with one source."""

    __tablename__ = "source_runs"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    started: Mapped[datetime]
    finished: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
    fault: Mapped[str | None] = mapped_column(Text)
    look: Mapped[str | None] = mapped_column(String(32))


class ReasonRow(Base):
    """An address that a harvest did not take, and why."""

    __tablename__ = "reasons"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    source_id: Mapped[str] = mapped_column(String(100))
    url: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)


class VisitRow(Base):
    """What an address (`key`) and the one that it led to (`answered`) said when a source last read them.

    `reason` says why the page was rejected, where it was.
    """

    __tablename__ = "visits"

    source_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    answered: Mapped[str] = mapped_column(String(32))
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str | None] = mapped_column(Text)


class ListRow(Base):
    """A sitemap or feed as a source last had it, packed by zlib."""

    __tablename__ = "lists"

    source_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    content_type: Mapped[str | None] = mapped_column(Text)
    packed: Mapped[bytes]


class CompleteListRow(Base):
    """Until when the list of a repository was read to its end: a moment of its own clock, as it wrote it.

    `look` names what the source was then, as in source_runs.
    """

    __tablename__ = "complete_lists"

    source_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    look: Mapped[str] = mapped_column(String(32))
    moment: Mapped[str] = mapped_column(String(20))


class RevisionRow(Base):
    """One row: a number that grows with every change that an index would show."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class LetterRow(Base):
    """What a visitor sent: a suggestion or a report. Decided, it has no e-mail address any more."""

    __tablename__ = "letters"
    __table_args__ = ({"sqlite_autoincrement": True},)  # an id is never given twice

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    received: Mapped[datetime]
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    resource_kind: Mapped[str] = mapped_column(String(100))
    resource_id: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(32), index=True)  # of what waits; empty once decided
    decision: Mapped[str | None] = mapped_column(String(20))
    decided: Mapped[datetime | None]


class RecordRow(Base):
    """What others are told of a resource (`card`, empty once deleted), and the second since when that is so.

    `version` is that of the resource it was made from, `fingerprint` that of the card.
    """

    __tablename__ = "records"
    __table_args__ = (Index("ix_records_datestamp", "datestamp", "id"),)

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    version: Mapped[str] = mapped_column(String(24))
    fingerprint: Mapped[str] = mapped_column(String(24))
    datestamp: Mapped[datetime]
    is_deleted: Mapped[bool]
    card: Mapped[dict[str, Any]]


class RecordSetRow(Base):
    """A set that a record is in, or was in when it was deleted."""

    __tablename__ = "record_sets"

    record_id: Mapped[str] = mapped_column(ForeignKey("records.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True, index=True)


class RecordStateRow(Base):
    """One row: the revision, and the wording of the vocabulary, that the records were made of; none yet: -1."""

    __tablename__ = "record_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    wording: Mapped[str] = mapped_column(String(24))


class AlertRow(Base):
    """A saved search by e-mail: wished for, or confirmed. Who leaves leaves no row."""

    __tablename__ = "alerts"
    __table_args__ = ({"sqlite_autoincrement": True},)  # an id is never given twice: links in old mails hold it

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(Text)
    mailbox: Mapped[str] = mapped_column(Text, index=True)
    search: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(32), unique=True)  # of address, search and language
    language: Mapped[str] = mapped_column(String(2))
    rhythm: Mapped[str] = mapped_column(String(10))
    to_ask: Mapped[str | None] = mapped_column(String(10))  # the rhythm wished for, until its mail is on its way
    asked: Mapped[datetime]  # when it was last wished for
    asks: Mapped[int]  # how often within a day of that
    confirmed: Mapped[datetime | None]
    last_sent: Mapped[datetime | None]
    last_refused: Mapped[datetime | None]
    failures: Mapped[int]


class FirstShownRow(Base):
    """When visitors could first find a resource: later than it was first seen, where a curator looked at it first."""

    __tablename__ = "first_shown"

    resource_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    since: Mapped[datetime]
