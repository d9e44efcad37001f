"""The right to plan some channels, for one process at a time: taken in batches, for a minute, without waiting.

A claim is committed before Slack is called, and no transaction stays open meanwhile. What a process that died had
claimed is free when its minute is over; all else goes on. A claim on a whole workspace leaves it alone: Slack asked to
wait, or wants nothing of us.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, or_, select, update

from srmbot.store.database import Database
from srmbot.store.schema import claims, leases

TERM = 60.0  # seconds; what a process that died has claimed waits for so long
LONGEST_CLAIM = 3600.0  # seconds; a claim further ahead was made by a clock that was wrong, and holds nobody up
WHOLE_WORKSPACE = ""  # instead of a channel: the workspace
FOREVER = 1e18  # until when the leases of the version before are taken

TeamChannel = tuple[str, str]  # a team and a channel


class LostClaimError(Exception):
    """Another process has claimed the channel meanwhile; what was to be written is not."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to plan one channel, for a while."""

    team: str
    channel: str
    fence: int  # grows each time that the channel changes hands
    ends: float  # by `time.monotonic()` of the process that holds it


class Claims:
    """Claims, each on a channel or on a whole workspace."""

    def __init__(self, database: Database) -> None:
        """Speak to a database; nothing is read yet."""
        self.database = database

    def take(self, connection: Connection, places: Collection[TeamChannel]) -> list[Claim]:
        """Claim those of some channels that nobody holds, in a transaction that the caller ends.

        Always in the same order: two processes that want the same channels must not wait for one another.
        """
        if not places:
            return []
        ends, now = time.monotonic() + TERM, self.read_clock(connection)
        bar_leases(self.database, connection, {team for team, _ in places})
        rows = [{"team": team, "channel": channel, "until": now + TERM, "fence": 1} for team, channel in sorted(places)]
        new = self.database.insert(claims).values(rows)
        again = {"until": new.excluded.until, "fence": claims.c.fence + 1}
        free = ~((claims.c.until > now) & (claims.c.until <= now + LONGEST_CLAIM))
        taken = new.on_conflict_do_update(index_elements=["team", "channel"], set_=again, where=free)
        found = {
            (row.team, row.channel): row.fence
            for row in connection.execute(taken.returning(claims.c.team, claims.c.channel, claims.c.fence))
        }
        return [Claim(*place, found[place], ends) for place in places if place in found]

    def read_clock(self, connection: Connection) -> float:
        """Read the clock of the store: seconds since 1970."""
        return float(connection.scalar(select(self.database.clock())) or 0.0)

    def nobody_holds(self, table: Any) -> Any:
        """Whether neither the channel of a row nor its workspace is claimed."""
        now = self.database.clock()
        held = select(claims.c.until).where(claims.c.team == table.c.team)
        held = held.where(or_(claims.c.channel == table.c.channel, claims.c.channel == WHOLE_WORKSPACE))
        return ~held.where(claims.c.until > now, claims.c.until <= now + LONGEST_CLAIM).exists()

    def renew(self, claim: Claim) -> Claim:
        """Extend a claim for another term.

        Raises:
            LostClaimError: another has it.
        """
        began = time.monotonic()
        with self.holding(claim) as connection:
            connection.execute(update(claims).where(of_claim(claim)).values(until=self.database.clock() + TERM))
        return replace(claim, ends=began + TERM)

    def release(self, claim: Claim, seconds: float = 0.0) -> None:
        """Give a claim back; after some seconds anybody may take it."""
        until = self.database.clock() + min(seconds, LONGEST_CLAIM) if seconds else 0.0
        with self.database.writing() as connection:
            connection.execute(update(claims).where(of_claim(claim)).values(until=until))

    def leave_alone(self, team: str, seconds: float) -> None:
        """Have every process leave a workspace alone for a while."""
        with self.database.writing() as connection:
            until = self.database.clock() + min(seconds, LONGEST_CLAIM)
            new = self.database.insert(claims).values(team=team, channel=WHOLE_WORKSPACE, until=until, fence=1)
            key = ["team", "channel"]
            connection.execute(new.on_conflict_do_update(index_elements=key, set_={"until": new.excluded.until}))

    @contextmanager
    def holding(self, claim: Claim) -> Iterator[Connection]:
        """Open a transaction as the holder of a claim; the claim cannot change hands before the transaction ends.

        Raises:
            LostClaimError: another has it.
        """
        with self.database.writing() as connection:
            held = select(claims.c.fence).where(claims.c.team == claim.team, claims.c.channel == claim.channel)
            if connection.scalar(held.with_for_update()) != claim.fence:
                raise LostClaimError(claim.channel)
            yield connection


def of_claim(claim: Claim) -> Any:
    """The row of a claim, as long as nobody else has it."""
    here = (claims.c.team == claim.team) & (claims.c.channel == claim.channel)
    return here & (claims.c.fence == claim.fence)


def bar_leases(database: Database, connection: Connection, teams: Collection[str]) -> None:
    """Keep processes of the version before, which lease a workspace, from planning the same: they get no lease."""
    rows = [{"name": f"tips/{team}", "holder": "", "until": FOREVER, "fence": 1} for team in sorted(teams)]
    new = database.insert(leases).values(rows)
    values = {"until": FOREVER, "fence": leases.c.fence + 1}
    connection.execute(new.on_conflict_do_update(index_elements=["name"], set_=values, where=leases.c.until < FOREVER))
