"""Who gets tips, and when: switched on, off, changed, skipped."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import time
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from srmbot.store.database import Database
from srmbot.store.rows import Planned, TipState
from srmbot.store.schema import asked, planned, seen, subscriptions
from srmbot.tips import HORIZON, Subscription, When

LATE_AFTER = 7200  # seconds after which a channel should have been looked after again, twice
UNPLANNED = {"paused": None, "notified": False, "planned_until": 0.0}  # columns of tips that are to come from now on
LIVE = (TipState.TRYING, TipState.SCHEDULED, TipState.DROPPING)  # what Slack may have


class Subscriptions:
    """The subscriptions, each of one channel."""

    def __init__(self, database: Database) -> None:
        """Speak to a database; nothing is read yet."""
        self.database = database

    def get(self, team: str, channel: str) -> Subscription | None:
        """Read the subscription of a channel; None if it has none."""
        with self.database.reading() as connection:
            row = connection.execute(select(subscriptions).where(of_channel(subscriptions, team, channel))).first()
        return as_subscription(row) if row else None

    def of_user(self, team: str, user: str) -> list[Subscription]:
        """List the subscriptions that a person has switched on, by channel."""
        mine = (subscriptions.c.team == team) & (subscriptions.c.who == user)
        with self.database.reading() as connection:
            rows = connection.execute(select(subscriptions).where(mine).order_by(subscriptions.c.channel))
            return [as_subscription(row) for row in rows]

    def teams(self) -> list[str]:
        """List the teams with a subscription."""
        with self.database.reading() as connection:
            return list(connection.scalars(select(subscriptions.c.team).distinct().order_by(subscriptions.c.team)))

    def count(self, now: float) -> dict[str, int]:
        """Count the channels with tips: all, paused ones, and those that were not looked after in time."""
        live = subscriptions.c.paused.is_(None)
        late = (
            live
            & (subscriptions.c.since < now - LATE_AFTER)
            & (subscriptions.c.planned_until < now + HORIZON - LATE_AFTER)
        )
        wanted = {"on": live, "paused": ~live, "late": late}
        counts = [func.count().filter(which).label(name) for name, which in wanted.items()]
        with self.database.reading() as connection:
            row = connection.execute(select(*counts).select_from(subscriptions)).one()
        return dict(row._mapping)

    def subscribe(self, wanted: Subscription, stale: Collection[int] = ()) -> Sequence[Planned]:
        """Switch tips on, or change them.

        Args:
            wanted: as it is to be; its revision is not looked at.
            stale: seconds whose planned tip does not fit any more.

        Returns:
            What is planned for those seconds, and has to be taken back from Slack.
        """
        values = as_values(wanted) | UNPLANNED
        with self.database.writing() as connection:
            new = self.database.insert(subscriptions).values(**values, revision=1)
            changed = {**values, "revision": subscriptions.c.revision + 1}
            connection.execute(new.on_conflict_do_update(index_elements=["team", "channel"], set_=changed))
            return cancel(connection, of_channel(planned, wanted.team, wanted.channel) & planned.c.post_at.in_(stale))

    def unsubscribe(self, team: str, channel: str, now: float) -> Sequence[Planned]:
        """Switch tips off.

        Returns:
            What is planned, and has to be taken back from Slack.
        """
        with self.database.writing() as connection:
            connection.execute(delete(subscriptions).where(of_channel(subscriptions, team, channel)))
            connection.execute(delete(asked).where(of_channel(asked, team, channel)))
            return cancel(connection, of_channel(planned, team, channel) & (planned.c.post_at > now))


def forget(connection: Connection, row: Planned) -> None:
    """Take a dropped tip from the plan and from what was seen."""
    here = of_row(row) & (planned.c.state == TipState.DROPPING)
    kept = update(planned).where(here, planned.c.skip)
    kept = kept.values(state=TipState.SKIPPED, duty=None, scheduled_id=None, attempted_at=0.0, looks=0)
    gone = connection.execute(kept).rowcount
    gone += connection.execute(delete(planned).where(here, ~planned.c.skip)).rowcount
    if gone:
        unsee(connection, row)


def unsee(connection: Connection, row: Planned) -> None:
    """Count a tip as seen once less."""
    its = of_channel(seen, row.team, row.channel) & (seen.c.duty == row.duty) & (seen.c.times > 0)
    connection.execute(update(seen).where(its).values(times=seen.c.times - 1))


def cancel(connection: Connection, chosen: Any) -> list[Planned]:
    """Mark the chosen tips that Slack may have as `dropping`. Returns them."""
    marked = update(planned).where(chosen, planned.c.state.in_(LIVE)).values(state=TipState.DROPPING)
    return [as_planned(row) for row in connection.execute(marked.returning(planned))]


def of_channel(table: Any, team: str, channel: str) -> Any:
    """The rows of one channel."""
    return (table.c.team == team) & (table.c.channel == channel)


def of_row(row: Planned) -> Any:
    """One planned tip."""
    return of_channel(planned, row.team, row.channel) & (planned.c.post_at == row.post_at)


def as_values(wanted: Subscription) -> dict[str, Any]:
    """A subscription's columns, as far as a person decides them."""
    return {
        "team": wanted.team,
        "channel": wanted.channel,
        "at": f"{wanted.when.at:%H:%M}",
        "zone": wanted.when.zone,
        "days": "".join(map(str, sorted(wanted.when.days))),
        "services": ",".join(wanted.services),
        "who": wanted.who,
        "since": wanted.since,
    }


def as_subscription(row: Row[Any]) -> Subscription:
    """A row as a subscription."""
    when = When(time.fromisoformat(row.at), row.zone, frozenset(map(int, row.days)))
    services = tuple(filter(None, row.services.split(",")))
    return Subscription(row.team, row.channel, when, services, row.who, row.since, row.revision, row.paused)


def row_values(row: Planned) -> dict[str, Any]:
    """The columns of a planned tip."""
    return {name: getattr(row, name) for name in planned.columns.keys()}  # noqa: SIM118


def as_planned(row: Row[Any]) -> Planned:
    """A row as a planned tip."""
    here = (row.team, row.channel, row.post_at, row.duty)
    how = (TipState(row.state), row.scheduled_id, row.attempted_at, row.skip)
    return Planned(*here, *how, row.looks, row.came)
