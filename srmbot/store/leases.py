"""The right to plan, for one process at a time, with a number that grows when it changes hands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, select, update

from srmbot.store.database import Database
from srmbot.store.rows import Lease
from srmbot.store.schema import leases

TERM = 60.0  # seconds; a process that died holds up the others for so long


class LostLeaseError(Exception):
    """Another process has taken the lease meanwhile; what was to be written is not."""


class Leases:
    """Leases, each by a name."""

    def __init__(self, database: Database) -> None:
        """Speak to a database; nothing is read yet."""
        self.database = database

    def acquire(self, name: str, holder: str) -> Lease | None:
        """Take the lease, if it is free.

        Args:
            name: what it is for.
            holder: a name for this process that no other has.

        Returns:
            The lease; None if another process holds it.
        """
        began = time.monotonic()
        with self.database.writing() as connection:
            free = self.database.insert(leases).values(name=name, holder="", until=0.0, fence=0)
            connection.execute(free.on_conflict_do_nothing())
            now = self.database.clock()
            take = update(leases).where(leases.c.name == name, leases.c.until <= now)
            take = take.values(holder=holder, until=now + TERM, fence=leases.c.fence + 1)
            fence = connection.scalar(take.returning(leases.c.fence))
        return Lease(name, holder, fence, began + TERM) if fence is not None else None

    def renew(self, lease: Lease) -> Lease:
        """Extend a lease for another term.

        Raises:
            LostLeaseError: another has it.
        """
        began = time.monotonic()
        with self.holding(lease) as connection:
            connection.execute(
                update(leases).where(leases.c.name == lease.name).values(until=self.database.clock() + TERM)
            )
        return replace(lease, ends=began + TERM)

    def release(self, lease: Lease) -> None:
        """Give a lease back before it ends."""
        mine = (leases.c.name == lease.name) & (leases.c.fence == lease.fence)
        with self.database.writing() as connection:
            connection.execute(update(leases).where(mine).values(until=0.0))

    @contextmanager
    def holding(self, lease: Lease) -> Iterator[Connection]:
        """Open a transaction as the holder of a lease; the lease cannot change hands before the transaction ends.

        Raises:
            LostLeaseError: another has it.
        """
        with self.database.writing() as connection:
            held = select(leases.c.fence).where(leases.c.name == lease.name).with_for_update()
            if connection.scalar(held) != lease.fence:
                raise LostLeaseError(lease.name)
            yield connection
