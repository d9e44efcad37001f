"""An address -> connections to a database: SQLite by default, PostgreSQL where DATABASE_URL says so."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Double, Engine, cast, create_engine, event, literal, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, NoSuchTableError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.sql import ColumnElement, func

from srmbot.errors import SrmbotError
from srmbot.store.schema import HEAD

BUSY = 5  # seconds that SQLite waits for another's writing
WRITES = "srmbot_writes"


class StoreError(SrmbotError):
    """The store cannot be used just now."""


class Database:
    """A database, connected to when it is first needed. Safe to use from many threads, but not across a fork.

    A file of SQLite is made by `prepare` alone, never by reading.
    """

    def __init__(self, url: str | URL, now: Callable[[], float] | None = None) -> None:
        """Nothing is opened yet.

        Args:
            url: as SQLAlchemy takes it.
            now: seconds since 1970, instead of the database's clock (PostgreSQL) or this machine's (SQLite).
        """
        self.url, self.now = make_url(url), now
        self.lock = threading.Lock()
        self.prepared = False

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of this machine, for one process."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def exists(self) -> bool:
        """Whether there is anything to read: a file of SQLite that was made, or a server."""
        return not self.is_sqlite or Path(self.url.database or "").is_file()

    @cached_property
    def engine(self) -> Engine:
        """Where connections come from."""
        if not self.is_sqlite:
            return make_postgres_engine(self.url)
        made = create_engine(self.url, connect_args={"timeout": BUSY})
        event.listen(made, "connect", set_up_sqlite)
        event.listen(made, "begin", begin_sqlite)
        return made

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection to read from, in one transaction.

        Raises:
            StoreError: there is no connection.
        """
        with explain_errors(self), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection whose transaction is committed if nothing is raised; on SQLite one at a time.

        Raises:
            StoreError: there is no connection.
        """
        connect = self.engine.connect
        with explain_errors(self), connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            yield connection

    def prepare(self) -> None:
        """Make sure that it can be written to: a file of SQLite is made and brought up to date.

        Newer tables are good, too: migrations only add, so that the version before goes on beside the new one.

        Raises:
            StoreError: it cannot be made, or the tables of a server are old or missing.
        """
        with self.lock:
            if self.prepared:
                return
            if self.is_sqlite:
                self.make_folder()
                if (self.revision() or "") < HEAD:
                    self.migrate()
            elif (found := self.revision() or "") < HEAD:
                held = f"is at schema {found}, not {HEAD}" if found else f"has no tables yet (expected {HEAD})"
                raise StoreError(f"the database {held}", "run `srmbot migrate`")
            self.prepared = True

    def make_folder(self) -> None:
        """Create the folder of the file.

        Raises:
            StoreError: that is not possible.
        """
        folder = Path(self.url.database or "").parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise StoreError(
                f"cannot create {folder}: {fault.strerror}", "choose another place with DATABASE_URL"
            ) from fault

    def revision(self) -> str | None:
        """Read the last migration that was run. Returns None if none was."""
        with self.reading() as connection:
            found = self.engine.dialect.has_table(connection, "alembic_version")
            return connection.scalar(text("SELECT version_num FROM alembic_version")) if found else None

    def migrate(self) -> None:
        """Bring the tables up to date; safe while other processes do the same."""
        logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of every plug-in, as it is imported
        from srmbot.store.migrate import migrate  # takes long to import, and is rarely needed

        if self.is_sqlite:
            self.make_folder()
        with self.writing() as connection, nullcontext() if self.is_sqlite else allow_long_statements(connection):
            migrate(connection)

    def reachable(self) -> bool:
        """Whether it can be read, for a health check."""
        try:
            with self.reading() as connection:
                connection.execute(text("SELECT 1"))
        except StoreError:
            return False
        return True

    def close(self) -> None:
        """Close every connection; it may be used again, as after a fork."""
        if "engine" in self.__dict__:
            self.engine.dispose()
            del self.engine

    def clock(self) -> ColumnElement[float]:
        """Seconds since 1970, for a statement: by one clock for all processes."""
        if self.now is not None:
            return literal(float(self.now()))
        if self.is_sqlite:
            return literal(time.time())
        return cast(func.extract("epoch", func.clock_timestamp()), Double)

    def insert(self, table: Any) -> Any:
        """An INSERT that knows `on_conflict_do_…`; both dialects spell it alike."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)


def make_postgres_engine(url: URL) -> Engine:
    """Make an engine for PostgreSQL, whose driver is imported only where it is used."""
    from srmbot.store import postgres

    made = create_engine(url, pool_pre_ping=True, pool_timeout=postgres.CONNECT)
    event.listen(made, "do_connect", postgres.connect)
    event.listen(made, "begin", lambda connection: connection.exec_driver_sql(postgres.BEGIN_SETTINGS))
    return made


def allow_long_statements(connection: Connection) -> AbstractContextManager[None]:
    """Let a migration take its time."""
    from srmbot.store import postgres

    return postgres.long_statements(connection)


def set_up_sqlite(connection: Any, record: Any) -> None:
    """Set up a new connection; only `begin_sqlite` begins transactions."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def begin_sqlite(connection: Connection) -> None:
    """Begin a transaction; one that writes takes the lock at once, because to take it later may fail."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")


@contextmanager
def explain_errors(store: Database) -> Iterator[None]:
    """Turn what a database says into one line with a fix; never with the address, which may have a password."""
    try:
        yield
    except NoSuchTableError as fault:
        raise StoreError("the database has no tables yet", "run `srmbot migrate`") from fault
    except NoConnectionError as fault:
        raise StoreError("all database connections are in use", "try again in a moment") from fault
    except DBAPIError as fault:
        said = str(fault.orig).strip().splitlines() or [type(fault.orig).__name__]
        missing = "no such table" in said[0] or "does not exist" in said[0]
        fix = "run `srmbot migrate`" if missing else "check DATABASE_URL and that the database is running"
        place = f"{store.url.database}: " if store.is_sqlite else ""
        raise StoreError(f"cannot use the database: {place}{said[0]}", fix) from fault
