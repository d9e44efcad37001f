"""Which channels need the planner now, claimed in one transaction: no process waits for another's rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from srmbot.store.claims import Claim, Claims, TeamChannel
from srmbot.store.database import Database
from srmbot.store.rows import LOOKS, TipState
from srmbot.store.schema import planned, subscriptions
from srmbot.tips import HORIZON, LEAD

REFRESH = 3600  # seconds after which a channel is looked at again: is at Slack what should be there?
SETTLE = 30  # seconds after which what was handed to Slack is there, or never will be; three times what a call may take
CHECK_AFTER = 300  # seconds after its time that a tip is looked for in its channel
CHECK_UNTIL = 86_400  # seconds after its time until which it is
FEW_TEAMS = 100  # teams that a query can name; a process with more plans whatever it finds


class Work:
    """What is to be done, for whichever planner comes first."""

    def __init__(self, database: Database, claims: Claims) -> None:
        """Speak to a database; nothing is read yet."""
        self.database, self.claims = database, claims

    def claim(self, teams: Collection[str], now: float, most: int) -> list[Claim]:
        """Claim the channels that need it most: first those with something open, then the longest unchecked.

        Args:
            teams: the workspaces that this process can plan.
            now: seconds since 1970.
            most: channels at a time.

        Returns:
            The claims; no other process has them.
        """
        with self.database.writing() as connection:
            return self.claims.take(connection, self.find(connection, teams, now, most))

    def pending(self, teams: Collection[str], now: float, most: int) -> list[TeamChannel]:
        """List the channels that could be claimed, and claim none."""
        with self.database.reading() as connection:
            return self.find(connection, teams, now, most, lock=False)

    def find(
        self, connection: Connection, teams: Collection[str], now: float, most: int, lock: bool = True
    ) -> list[TeamChannel]:
        """Find channels to plan, past the rows that others are at."""
        found: dict[TeamChannel, None] = {}
        for table, chosen in self.queries(teams, now):
            if len(found) < most:
                open_ = chosen.with_for_update(of=table, skip_locked=True) if lock else chosen
                rows = connection.execute(open_.limit(most))
                found |= dict.fromkeys((row.team, row.channel) for row in rows)
        return list(found)[:most]

    def queries(self, teams: Collection[str], now: float) -> Iterator[tuple[Any, Select[Any]]]:
        """Make the queries, the most urgent first."""
        urgent = select(planned.c.team, planned.c.channel).order_by(planned.c.post_at)
        for matching in (unclear(now), dropping(now), unseen(now)):
            yield planned, urgent.where(matching, self.free(planned, teams))
        stale = select(subscriptions.c.team, subscriptions.c.channel).order_by(subscriptions.c.planned_until)
        free = self.free(subscriptions, teams)
        for matching in old(now):
            yield subscriptions, stale.where(matching, subscriptions.c.paused.is_(None), free)
        untold = subscriptions.c.paused.is_not(None) & ~subscriptions.c.notified & (subscriptions.c.who != "")
        yield subscriptions, stale.where(untold, free)

    def free(self, table: Any, teams: Collection[str]) -> Any:
        """Whether a row is of one of our workspaces, and nobody has claimed its channel."""
        free = self.claims.nobody_holds(table)
        return and_(table.c.team.in_(teams), free) if len(teams) <= FEW_TEAMS else free


def unclear(now: float) -> Any:
    """Tips of which Slack has not said whether it has them, and has not been asked often enough."""
    ahead = (planned.c.state == TipState.TRYING) & (planned.c.post_at > now)
    return ahead & (planned.c.looks < LOOKS) & settled(now)


def dropping(now: float) -> Any:
    """Tips to be taken back, as long as that can be done."""
    ahead = (planned.c.state == TipState.DROPPING) & (planned.c.post_at > now + LEAD)
    return ahead & or_(planned.c.scheduled_id.is_not(None), (planned.c.looks < LOOKS) & settled(now))


def unseen(now: float) -> Any:
    """Tips whose time is past, and that have not been looked for in their channel."""
    handed_over = or_(planned.c.scheduled_id.is_not(None), planned.c.attempted_at > 0)
    past = planned.c.post_at.between(now - CHECK_UNTIL, now - CHECK_AFTER)
    return planned.c.state.in_(list(TipState)) & past & planned.c.came.is_(None) & handed_over


def old(now: float) -> Iterator[Any]:
    """Channels that have not been looked at for long; or that were by a clock that has been set back since."""
    yield subscriptions.c.planned_until <= now + HORIZON - REFRESH
    yield subscriptions.c.planned_until > now + HORIZON + SETTLE


def settled(now: float) -> Any:
    """Whether what Slack shows says something of a tip; a clock that was wrong may have been set back."""
    return or_(planned.c.attempted_at <= now - SETTLE, planned.c.attempted_at > now + SETTLE)
