"""What a channel has had and asked, and which events were taken on: counts and ids, never a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import delete, func, select

from srmbot.store.database import Database
from srmbot.store.misses import forget_misses
from srmbot.store.rows import PAST_TIPS_KEPT_FOR, TipState
from srmbot.store.schema import asked, events, planned, seen, subscriptions
from srmbot.store.subscriptions import of_channel
from srmbot.store.threads import forget_old
from srmbot.tips import History

SubjectCounts = Mapping[tuple[str, str, str], int]  # channel, service and topic -> how often it was asked

DAY = 86_400
COUNTED_DAYS = 30  # days that a question counts
MOST_SUBJECTS = 10  # subjects that are listed as asked most
WHOLE = ""  # instead of a channel: the whole workspace
EVENTS_KEPT = DAY  # seconds; Slack's last retry comes after six minutes


class HistoryStore:
    """What is remembered, and for how long."""

    def __init__(self, database: Database) -> None:
        """Speak to a database; nothing is read yet."""
        self.database = database

    def read(self, team: str, channel: str, now: float) -> History:
        """Read what a channel has had, and asked lately."""
        latest = select(planned.c.duty).where(of_channel(planned, team, channel), planned.c.duty.is_not(None))
        latest = latest.where(planned.c.state != TipState.SKIPPED).order_by(planned.c.post_at.desc()).limit(1)
        counts = select(asked.c.service, asked.c.topic, func.sum(asked.c.times).label("times"))
        counts = counts.where(of_channel(asked, team, channel), asked.c.day > now // DAY - COUNTED_DAYS)
        with self.database.reading() as connection:
            had = connection.execute(select(seen.c.duty, seen.c.times).where(of_channel(seen, team, channel)))
            by_duty = {row.duty: row.times for row in had}
            rows = connection.execute(counts.group_by(asked.c.service, asked.c.topic))
            by_topic = {(row.service, row.topic): int(row.times) for row in rows}
            return History(by_duty, by_topic, connection.scalar(latest))

    def asked_most(self, team: str, now: float) -> list[tuple[str, str, int]]:
        """List what a workspace asked most lately: services, topics, and how often."""
        times = func.sum(asked.c.times).label("times")
        chosen = select(asked.c.service, asked.c.topic, times).where(of_channel(asked, team, WHOLE))
        chosen = chosen.where(asked.c.day > now // DAY - COUNTED_DAYS).group_by(asked.c.service, asked.c.topic)
        with self.database.reading() as connection:
            rows = connection.execute(
                chosen.order_by(times.desc(), asked.c.service, asked.c.topic).limit(MOST_SUBJECTS)
            )
            return [(row.service, row.topic, int(row.times)) for row in rows]

    def count_questions(self, team: str, counts: SubjectCounts, now: float) -> None:
        """Count questions: those of channels with tips by their channel, and all by their workspace."""
        with self.database.writing() as connection:
            served = select(subscriptions.c.channel).where(subscriptions.c.team == team)
            channels = {WHOLE, *connection.scalars(served)}
            whole = Counter[tuple[str, str, str]]()
            for (_, service, topic), times in counts.items():
                whole[WHOLE, service, topic] += times
            for (channel, service, topic), times in (*counts.items(), *whole.items()):
                if channel not in channels:
                    continue
                key = {"team": team, "channel": channel, "service": service, "topic": topic, "day": int(now // DAY)}
                new = self.database.insert(asked).values(**key, times=times)
                more = {"times": asked.c.times + times}
                connection.execute(new.on_conflict_do_update(index_elements=list(key), set_=more))

    def is_new_event(self, key: str) -> bool:
        """Store an event. Returns whether it was new to all processes."""
        with self.database.writing() as connection:
            new = self.database.insert(events).values(key=key, at=self.database.clock()).on_conflict_do_nothing()
            return connection.scalar(new.returning(events.c.key)) is not None

    def prune(self, now: float) -> None:
        """Forget what is old."""
        with self.database.writing() as connection:
            connection.execute(delete(planned).where(planned.c.post_at < now - PAST_TIPS_KEPT_FOR))
            connection.execute(delete(asked).where(asked.c.day <= now // DAY - COUNTED_DAYS))
            connection.execute(delete(events).where(events.c.at < self.database.clock() - EVENTS_KEPT))
            forget_old(connection, now)
            forget_misses(connection, now)
