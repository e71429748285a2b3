"""The connection to the catalogue's database, and its migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from aardekast.errors import CatalogueError

_MIGRATION_LOCK = 0x61617264  # any number that all processes share: only one of them migrates
PATIENCE = 30.0  # seconds; longer than any transaction here takes: another process writes, we wait


class Database:
    """An engine whose transactions either read or write."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str, patience: float = PATIENCE) -> Database:
        """Open the database, made and migrated where it is not. Raises CatalogueError.

        `patience` is how many seconds a transaction of SQLite waits for another process that writes.
        """
        try:
            parsed = make_url(url)
            if parsed.drivername.startswith("sqlite") and parsed.database not in (None, "", ":memory:"):
                Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
            # A site runs for days, and its database restarts. What is kept of people stands in no message of a fault.
            engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", partial(_prepare_sqlite, patience))
                event.listen(engine, "begin", _begin_sqlite)
            _migrate(engine)
        except (SQLAlchemyError, OSError, ImportError) as fault:
            raise CatalogueError(f"The catalogue cannot be opened: {fault}. Mend AARDEKAST_DATABASE.") from fault
        return cls(engine)

    @staticmethod
    def is_at(url: str) -> bool:
        """Whether there is a catalogue already; makes none. Raises CatalogueError."""
        try:
            parsed = make_url(url)
            if parsed.drivername.startswith("sqlite"):
                return parsed.database not in (None, "", ":memory:") and Path(str(parsed.database)).exists()
            engine = create_engine(parsed)
            with engine.connect() as connection:
                return MigrationContext.configure(connection).get_current_revision() is not None
        except (SQLAlchemyError, ImportError) as fault:
            raise CatalogueError(f"The catalogue cannot be opened: {fault}. Mend AARDEKAST_DATABASE.") from fault

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database."""
        engine = self.engine
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with Session(engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are kept all together or not at all."""
        engine = self.engine.execution_options(aardekast_writes=True)
        with Session(engine) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def _prepare_sqlite(patience: float, connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's
    busy = round(patience * 1000)
    for pragma in (f"busy_timeout={busy}", "journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails when another wrote between: it takes the lock at once.
    writes = connection.get_execution_options().get("aardekast_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        name = engine.url.render_as_string(hide_password=True)
        raise CatalogueError(f"The catalogue {name} is of a newer Aardekast (schema {current}). Update the program.")
    with engine.execution_options(aardekast_writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
