"""A connection -> its tables brought up to date by Alembic, in one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

MIGRATION_LOCK = 7_305_001  # of PostgreSQL: a second process waits until the first has brought the tables up to date


def migrate(connection: Connection) -> None:
    """Run every migration that has not been run yet.

    Args:
        connection: in a transaction, which the caller ends.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
    command.upgrade(settings(connection), "head")


def settings(connection: Connection | None = None) -> Config:
    """What Alembic has to know."""
    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made
