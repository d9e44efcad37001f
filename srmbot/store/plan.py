"""What the planner reads and writes: which channels need it, and each step of handing a tip to Slack.

A tip is written down before it is handed over, and its outcome after. What is in between when a process dies is
found by the next one, which asks Slack what came of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, case, select, update

from srmbot.store.claims import Claim, Claims
from srmbot.store.database import Database
from srmbot.store.rows import Planned, TipState
from srmbot.store.schema import planned, seen, subscriptions
from srmbot.store.subscriptions import as_planned, cancel, forget, of_channel, of_row, row_values, unsee
from srmbot.store.work import SETTLE
from srmbot.tips import Subscription


class Plan:
    """The plan. What needs a claim is written by its holder alone."""

    def __init__(self, database: Database, claims: Claims) -> None:
        """Speak to a database; nothing is read yet."""
        self.database, self.claims = database, claims

    def skip(self, team: str, channel: str, post_at: int) -> Sequence[Planned]:
        """Keep one second of a channel free.

        Returns:
            What is planned for it, and has to be taken back from Slack.
        """
        blank = Planned(team, channel, post_at, None, TipState.SKIPPED, None, 0.0, True)
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

    def begin(self, claim: Claim, wanted: Subscription, planned_: Planned) -> bool:
        """Store that a tip is about to be handed to Slack.

        Returns:
            Whether it was stored: not if the subscription has changed meanwhile, or the second is taken.
        """
        with self.claims.holding(claim) as connection:
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

    def adopt(self, claim: Claim, row: Planned) -> bool:
        """Take a message that is at Slack already into the plan. Returns whether its second was free."""
        with self.claims.holding(claim) as connection:
            return self.insert_row(connection, row)

    def mark_scheduled(self, row: Planned, scheduled_id: str) -> TipState | None:
        """Store that Slack has a tip. It is true whoever has the claim: nobody hands over what may be there.

        Returns:
            Its state now: `dropping` if it was cancelled meanwhile, None if it is no longer planned.
        """
        state = case((planned.c.state == TipState.TRYING, TipState.SCHEDULED.value), else_=planned.c.state)
        here = update(planned).where(of_row(row)).values(scheduled_id=scheduled_id, state=state, looks=0)
        with self.database.writing() as connection:
            found = connection.scalar(here.returning(planned.c.state))
        return TipState(found) if found else None

    def mark_rejected(self, row: Planned) -> None:
        """Store that Slack surely does not have a tip, so that it may be handed over again at once."""
        here = of_row(row) & planned.c.scheduled_id.is_(None)
        with self.database.writing() as connection:
            connection.execute(update(planned).where(here).values(attempted_at=0.0, looks=0))

    def mark_retried(self, claim: Claim, row: Planned, now: float) -> bool:
        """Store that a tip which Slack surely does not have is handed over. Returns false if it was cancelled."""
        here = of_row(row) & (planned.c.state == TipState.TRYING) & (planned.c.attempted_at == 0.0)
        with self.claims.holding(claim) as connection:
            return bool(connection.execute(update(planned).where(here).values(attempted_at=now)).rowcount)

    def mark_looked(self, claim: Claim, row: Planned, now: float) -> None:
        """Store that Slack did not show what was handed over without an answer."""
        here = of_row(row) & planned.c.scheduled_id.is_(None) & (planned.c.looks == row.looks)
        with self.claims.holding(claim) as connection:
            connection.execute(update(planned).where(here).values(attempted_at=now, looks=row.looks + 1))

    def mark_came(self, row: Planned, times: int) -> None:
        """Store how often a tip stood in its channel after its time; one that did not come was not seen."""
        first = of_row(row) & planned.c.came.is_(None)
        with self.database.writing() as connection:
            changed = connection.execute(update(planned).where(first).values(came=times)).rowcount
            if changed and times == 0:
                unsee(connection, row)

    def mark_cancelled(self, claim: Claim, row: Planned) -> None:
        """Mark a tip as to be taken back."""
        with self.claims.holding(claim) as connection:
            cancel(connection, of_row(row))

    def mark_planned(self, claim: Claim, wanted: Subscription, until: float) -> None:
        """Store up to when a channel is planned, unless its subscription has changed meanwhile."""
        here = of_subscription(wanted)
        with self.claims.holding(claim) as connection:
            connection.execute(update(subscriptions).where(here).values(planned_until=until))

    def pause(self, claim: Claim, wanted: Subscription, reason: str) -> None:
        """Plan nothing more for a channel that cannot be posted to, until it is switched on again."""
        here = of_subscription(wanted)
        with self.claims.holding(claim) as connection:
            changed = (
                update(subscriptions)
                .where(here, subscriptions.c.paused.is_(None))
                .values(paused=reason, notified=False)
            )
            if connection.execute(changed).rowcount:
                cancel(connection, of_channel(planned, wanted.team, wanted.channel))

    def mark_owner_notified(self, claim: Claim, paused: Subscription, notified: bool) -> bool:
        """Store whether an owner was notified of a pause.

        Args:
            claim: the holder's.
            paused: the subscription.
            notified: true before the message is sent, false if it was definitely not.

        Returns:
            Whether that is new: false if it is stored already.
        """
        here = of_subscription(paused)
        with self.claims.holding(claim) as connection:
            changed = update(subscriptions).where(here, subscriptions.c.notified != notified).values(notified=notified)
            return bool(connection.execute(changed).rowcount)


def of_subscription(known: Subscription) -> Any:
    """The row of a subscription, unless it has changed since it was read."""
    here = of_channel(subscriptions, known.team, known.channel)
    return here & (subscriptions.c.revision == known.revision)


def is_settled(row: Planned, now: float) -> bool:
    """Whether what Slack shows says something of a tip that was handed over."""
    return not now - SETTLE < row.attempted_at <= now + SETTLE
