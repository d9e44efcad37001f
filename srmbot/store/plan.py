"""What the planner reads and writes: which channels need it, and each step of handing a tip to Slack.

A tip is written down before it is handed over, and its outcome after. What is in between when a process dies is
found by the next one, which asks Slack what came of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, case, or_, select, update

from srmbot.store.database import Database
from srmbot.store.leases import Leases
from srmbot.store.rows import Lease, Planned, State
from srmbot.store.schema import planned, seen, subscriptions
from srmbot.store.subscriptions import as_planned, as_subscription, cancel, forget, of_channel, of_row, row_values
from srmbot.tips import HORIZON, TOO_LATE, Subscription

Place = tuple[str, str]  # a team and a channel

REFRESH = 3600  # seconds after which a channel is looked at again: is at Slack what should be there?
SETTLE = 30  # seconds after which what was handed to Slack is there, or never will be; three times what a call may take


class Plan:
    """The plan. What needs a lease is written by its holder alone."""

    def __init__(self, database: Database, leases: Leases) -> None:
        """Speak to a database; nothing is read yet."""
        self.database, self.leases = database, leases

    def skip(self, team: str, channel: str, post_at: int) -> Sequence[Planned]:
        """Keep one second of a channel free.

        Returns:
            What is planned for it, and has to be taken back from Slack.
        """
        blank = Planned(team, channel, post_at, None, State.SKIPPED, None, 0.0, True)
        with self.database.writing() as connection:
            new = self.database.insert(planned).values(**row_values(blank))
            connection.execute(
                new.on_conflict_do_update(index_elements=["team", "channel", "post_at"], set_={"skip": True})
            )
            return cancel(connection, of_channel(planned, team, channel) & (planned.c.post_at == post_at))

    def planned(self, team: str, channel: str, after: float) -> list[Planned]:
        """List what is planned for a channel from some second on, earliest first."""
        with self.database.reading() as connection:
            chosen = select(planned).where(of_channel(planned, team, channel), planned.c.post_at >= after)
            return [as_planned(row) for row in connection.execute(chosen.order_by(planned.c.post_at))]

    def forget_cancelled(self, row: Planned) -> None:
        """Note that Slack does not have a dropped tip any more; what was not shown counts as not seen."""
        with self.database.writing() as connection:
            forget(connection, row)

    def channels_to_plan(self, teams: Collection[str], now: float, most: int) -> list[Place]:
        """List the channels that need the planner: first those with something open, then the longest unchecked."""
        unclear = (planned.c.state == State.TRYING) & (planned.c.post_at > now)
        dropping = (planned.c.state == State.DROPPING) & (planned.c.post_at > now + TOO_LATE)
        open_ = or_(unclear, dropping) & not_between(planned.c.attempted_at, now - SETTLE, now + SETTLE)
        open_ |= dropping & planned.c.scheduled_id.is_not(None)
        first = select(planned.c.team, planned.c.channel).where(planned.c.team.in_(teams), open_)
        old = not_between(subscriptions.c.planned_until, now + HORIZON - REFRESH, now + HORIZON + SETTLE)
        then = select(subscriptions.c.team, subscriptions.c.channel)
        then = then.where(subscriptions.c.team.in_(teams), subscriptions.c.paused.is_(None), old)
        with self.database.reading() as connection:
            rows = list(connection.execute(first.distinct().limit(most)))
            rows += connection.execute(then.order_by(subscriptions.c.planned_until).limit(most))
        return list(dict.fromkeys((row.team, row.channel) for row in rows))[:most]

    def begin(self, lease: Lease, wanted: Subscription, planned_: Planned) -> bool:
        """Store that a tip is about to be handed to Slack.

        Returns:
            Whether it was stored: not if the subscription has changed meanwhile, or the second is taken.
        """
        with self.leases.holding(lease) as connection:
            here = of_channel(subscriptions, wanted.team, wanted.channel)
            current = select(subscriptions.c.revision).where(here, subscriptions.c.paused.is_(None))
            if connection.scalar(current.with_for_update()) != wanted.revision:
                return False
            return self.insert_row(connection, planned_)

    def insert_row(self, connection: Connection, row: Planned) -> bool:
        """Add a row, and count its tip as seen.

        Returns:
            Whether it was added: not if the second is taken.
        """
        new = self.database.insert(planned).values(**row_values(row)).on_conflict_do_nothing()
        if connection.scalar(new.returning(planned.c.post_at)) is None:
            return False
        if row.duty is not None:
            once = self.database.insert(seen).values(team=row.team, channel=row.channel, duty=row.duty, times=1)
            again = {"times": seen.c.times + 1}
            connection.execute(once.on_conflict_do_update(index_elements=["team", "channel", "duty"], set_=again))
        return True

    def adopt(self, lease: Lease, row: Planned) -> bool:
        """Take a message that is at Slack already into the plan. Returns whether its second was free."""
        with self.leases.holding(lease) as connection:
            return self.insert_row(connection, row)

    def mark_retried(self, lease: Lease, row: Planned, now: float) -> bool:
        """Store that a tip is handed over once more. Returns false if it was cancelled meanwhile."""
        with self.leases.holding(lease) as connection:
            here = of_row(row) & (planned.c.state == State.TRYING)
            return bool(connection.execute(update(planned).where(here).values(attempted_at=now)).rowcount)

    def mark_scheduled(self, lease: Lease, row: Planned, scheduled_id: str) -> State | None:
        """Store that Slack has a tip.

        Returns:
            Its state now: `dropping` if it was cancelled meanwhile, None if it is no longer planned.
        """
        state = case((planned.c.state == State.TRYING, State.SCHEDULED.value), else_=planned.c.state)
        here = update(planned).where(of_row(row)).values(scheduled_id=scheduled_id, state=state)
        with self.leases.holding(lease) as connection:
            found = connection.scalar(here.returning(planned.c.state))
        return State(found) if found else None

    def mark_rejected(self, lease: Lease, row: Planned) -> None:
        """Write down that Slack surely does not have a tip, so that it may be handed over again at once."""
        with self.leases.holding(lease) as connection:
            connection.execute(update(planned).where(of_row(row)).values(attempted_at=0.0))

    def mark_unconfirmed(self, lease: Lease, row: Planned, now: float) -> None:
        """Write down that Slack did not show a tip that it should have; the next look decides."""
        values = {"state": State.TRYING, "scheduled_id": None, "attempted_at": now}
        here = of_row(row) & (planned.c.state == State.SCHEDULED)
        with self.leases.holding(lease) as connection:
            connection.execute(update(planned).where(here).values(values))

    def mark_cancelled(self, lease: Lease, row: Planned) -> None:
        """Mark a tip as to be taken back."""
        with self.leases.holding(lease) as connection:
            cancel(connection, of_row(row))

    def mark_planned(self, lease: Lease, wanted: Subscription, until: float) -> None:
        """Store up to when a channel is planned, unless its subscription has changed meanwhile."""
        here = of_channel(subscriptions, wanted.team, wanted.channel) & (subscriptions.c.revision == wanted.revision)
        with self.leases.holding(lease) as connection:
            connection.execute(update(subscriptions).where(here).values(planned_until=until))

    def request_planning(self, team: str, channel: str) -> None:
        """Have a channel looked at soon, by the holder of the lease."""
        with self.database.writing() as connection:
            connection.execute(
                update(subscriptions).where(of_channel(subscriptions, team, channel)).values(planned_until=0.0)
            )

    def pause(self, lease: Lease, wanted: Subscription, reason: str) -> None:
        """Plan nothing more for a channel that cannot be posted to, until it is switched on again."""
        here = of_channel(subscriptions, wanted.team, wanted.channel) & (subscriptions.c.revision == wanted.revision)
        with self.leases.holding(lease) as connection:
            changed = (
                update(subscriptions)
                .where(here, subscriptions.c.paused.is_(None))
                .values(paused=reason, notified=False)
            )
            if connection.execute(changed).rowcount:
                cancel(connection, of_channel(planned, wanted.team, wanted.channel))

    def paused_to_tell(self, teams: Collection[str], most: int) -> Iterator[Subscription]:
        """List paused subscriptions whose owners have not been notified."""
        chosen = select(subscriptions).where(subscriptions.c.team.in_(teams), subscriptions.c.paused.is_not(None))
        with self.database.reading() as connection:
            rows = list(
                connection.execute(chosen.where(~subscriptions.c.notified, subscriptions.c.who != "").limit(most))
            )
        return map(as_subscription, rows)

    def mark_owner_notified(self, lease: Lease, paused: Subscription, notified: bool) -> bool:
        """Store whether an owner was notified of a pause.

        Args:
            lease: the holder's.
            paused: the subscription.
            notified: true before the message is sent, false if it was definitely not.

        Returns:
            Whether that is new: false if it is stored already.
        """
        here: Any = of_channel(subscriptions, paused.team, paused.channel) & (
            subscriptions.c.revision == paused.revision
        )
        with self.leases.holding(lease) as connection:
            changed = update(subscriptions).where(here, subscriptions.c.notified != notified).values(notified=notified)
            return bool(connection.execute(changed).rowcount)


def not_between(column: Any, least: float, most: float) -> Any:
    """Whether a second is before or after some others; after, because a clock that was wrong may have been set back."""
    return or_(column <= least, column > most)


def is_settled(row: Planned, now: float) -> bool:
    """Whether what Slack shows decides about a tip that was handed over."""
    return not now - SETTLE < row.attempted_at <= now + SETTLE
