"""What each thread was about last: names of services, topics and duties, never a text. Forgotten after 30 days."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, delete, func, select

from srmbot.store.database import Database
from srmbot.store.rows import Subject
from srmbot.store.schema import threads

THREAD_KEPT_FOR = 30 * 86_400  # seconds after the last answer in a thread


class Threads:
    """The subjects of threads, one row each."""

    def __init__(self, database: Database) -> None:
        """Speak to a database; nothing is read yet."""
        self.database = database

    def remember(self, team: str, channel: str, thread_ts: str, subject: Subject, now: float) -> None:
        """Store what a thread is about now, in place of what it was about before; forget what is old.

        Raises:
            StoreError: the store cannot be used.
        """
        key = {"team": team, "channel": channel, "thread_ts": thread_ts}
        values = {**asdict(subject), "at": now}
        with self.database.writing() as connection:
            new = self.database.insert(threads).values(**key, **values)
            connection.execute(new.on_conflict_do_update(index_elements=list(key), set_=values))
            forget_old(connection, now)

    def recall(self, team: str, channel: str, thread_ts: str, now: float) -> Subject | None:
        """Read what a thread is about; None where nothing is remembered.

        Raises:
            StoreError: the store cannot be used.
        """
        kept = select(threads.c.service, threads.c.topic, threads.c.duty).where(threads.c.at >= now - THREAD_KEPT_FOR)
        its = kept.where(threads.c.team == team, threads.c.channel == channel, threads.c.thread_ts == thread_ts)
        with self.database.reading() as connection:
            row = connection.execute(its).first()
        return Subject(row.service, row.topic, row.duty) if row else None

    def talked_about(self, team: str, channel: str, now: float, most: int) -> list[Subject]:
        """Read what the threads of a channel are about, without their tasks: what most are about first.

        Raises:
            StoreError: the store cannot be used.
        """
        said = (threads.c.service, threads.c.topic)
        its = select(*said).where(
            threads.c.team == team, threads.c.channel == channel, threads.c.at >= now - THREAD_KEPT_FOR
        )
        ranked = its.group_by(*said).order_by(func.count().desc(), func.max(threads.c.at).desc(), *said).limit(most)
        with self.database.reading() as connection:
            return [Subject(row.service, row.topic, None) for row in connection.execute(ranked)]


def forget_old(connection: Connection, now: float) -> None:
    """Forget the threads in which nothing was answered lately."""
    connection.execute(delete(threads).where(threads.c.at < now - THREAD_KEPT_FOR))
