"""Connections to PostgreSQL that wait for a limited time, whatever the server does.

`statement_timeout` is the server's own: one that is frozen, or gone behind a firewall, does not keep to it. TCP's
limits do not help either, because the kernel of a frozen server goes on acknowledging.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection

ANSWER = 3  # seconds that a server may take for one statement
CONNECT = 2  # seconds that it may take to let us in
LOCK_SECONDS = 2  # seconds that a statement waits for another process
IDLE = 10  # seconds after which a process that is stopped in the middle of a transaction loses its locks
MIGRATION = 60  # seconds that one statement of a migration may take, or another's migration before it

BEGIN_SETTINGS = (
    f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'; SET LOCAL idle_in_transaction_session_timeout = '{IDLE}s'"
)


class LimitedConnection(psycopg.Connection[Any]):
    """A connection that is closed when the server does not answer in time."""

    limit: float = ANSWER

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **options: Any) -> Any:
        """Wait for what psycopg does.

        Raises:
            OperationalError: it takes too long.
        """
        return super().wait(self.limited(gen), *args, **options)

    def limited(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """Pass everything on, until time is up; psycopg looks in ten times a second while nothing happens."""
        until = time.monotonic() + self.limit
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() > until:
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"no answer in {self.limit} s")
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value


def connect(dialect: Any, record: Any, args: Any, options: dict[str, Any]) -> LimitedConnection:
    """Connect, in SQLAlchemy's stead.

    Raises:
        OperationalError: the server cannot be reached, or takes too long.
    """
    return LimitedConnection.connect(*args, connect_timeout=CONNECT, **options)


@contextmanager
def long_statements(connection: Connection) -> Iterator[None]:
    """Let statements take as long as a migration needs."""
    driver: Any = connection.connection.driver_connection
    driver.limit = MIGRATION
    try:
        yield
    finally:
        driver.limit = ANSWER
