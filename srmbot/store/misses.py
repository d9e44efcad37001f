"""Misses: counted by the hash of the question; their text only where a workspace has switched that on, and so long."""

from __future__ import annotations

import secrets as random
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from srmbot.misses.miss import LONGEST_KEPT_TEXT, TO_KEEP, KeptMiss, Miss, MissCount, hash_question
from srmbot.store.database import Database
from srmbot.store.schema import digests, kept_misses, misses, secrets, text_settings

DAY = 86_400  # seconds
COUNT_KEPT_FOR = 180 * DAY  # seconds that a count is kept after the last miss
TEXT_KEPT_DAYS = 90  # that text is kept, unless the workspace says otherwise
MOST_DAYS = 365
MOST_KEPT = 2_000  # misses of a workspace that are read at once, the newest
KEY_NAME = "questions"  # of the secret


class MissStore:
    """What was missed, of all workspaces."""

    def __init__(self, database: Database, secret: str | None = None) -> None:
        """Speak to a database; nothing is read yet.

        Args:
            database: the one.
            secret: keys the hashes; without one a random secret is made and stored.
        """
        self.database, self.secret = database, secret

    def record(self, miss: Miss, now: float) -> None:
        """Count a miss, and keep its text if the workspace wants that just now.

        Raises:
            StoreError: the store cannot be used.
        """
        with self.database.writing() as connection:
            self.count(connection, miss, now)
            if miss.reason in TO_KEEP and miss.question and read_days(connection, miss.team):
                connection.execute(kept_misses.insert().values(**kept_values(miss), at=now))

    def count(self, connection: Connection, miss: Miss, now: float) -> None:
        """Count a miss by its reason, service, topic and hash."""
        digest = hash_question(self.find_secret(connection), miss.team, miss.question)
        key = {"team": miss.team, "reason": miss.reason, "service": miss.service, "topic": miss.topic, "hash": digest}
        new = self.database.insert(misses).values(**key, times=1, first_at=now, last_at=now)
        again = {"times": misses.c.times + 1, "last_at": now}
        connection.execute(new.on_conflict_do_update(index_elements=list(key), set_=again))

    def find_secret(self, connection: Connection) -> bytes:
        """Find what keys the hashes: the secret of the settings, else a stored one, made when first needed."""
        if self.secret:
            return self.secret.encode()
        made = self.database.insert(secrets).values(name=KEY_NAME, value=random.token_hex(32))
        connection.execute(made.on_conflict_do_nothing())
        return str(connection.scalar(select(secrets.c.value).where(secrets.c.name == KEY_NAME))).encode()

    def counts(self, team: str, since: float) -> list[MissCount]:
        """Count what was missed lately, the most frequent first.

        Args:
            team: the workspace.
            since: seconds since 1970; what was missed last before then is left out.
        """
        columns = (misses.c.reason, misses.c.service, misses.c.topic)
        times = func.sum(misses.c.times).label("times")
        chosen = select(*columns, times, func.count().label("questions"))
        chosen = chosen.where(misses.c.team == team, misses.c.last_at >= since)
        with self.database.reading() as connection:
            rows = connection.execute(chosen.group_by(*columns).order_by(times.desc(), *columns))
            return [MissCount(row.reason, row.service, row.topic, int(row.times), int(row.questions)) for row in rows]

    def teams(self) -> list[str]:
        """List the workspaces in which something was missed."""
        with self.database.reading() as connection:
            return list(connection.scalars(select(misses.c.team).distinct().order_by(misses.c.team)))

    def open_misses(self, team: str) -> list[KeptMiss]:
        """Read the kept misses that are not answered yet, the newest first."""
        mine = (kept_misses.c.team == team) & kept_misses.c.answered_at.is_(None)
        return self.read(mine)

    def find(self, team: str, ids: Iterable[str]) -> list[KeptMiss]:
        """Read some kept misses of a workspace by their IDs; those that are gone are left out."""
        return self.read((kept_misses.c.team == team) & kept_misses.c.id.in_(list(ids)))

    def read(self, chosen: Any) -> list[KeptMiss]:
        """Read kept misses, the newest first."""
        rows = select(kept_misses).where(chosen).order_by(kept_misses.c.at.desc(), kept_misses.c.id).limit(MOST_KEPT)
        with self.database.reading() as connection:
            return [as_kept(row) for row in connection.execute(rows)]

    def claim_answered(self, id_: str, now: float) -> bool:
        """Mark a kept miss as answered. Returns whether nobody else has: who marks it says so in its thread."""
        mine = update(kept_misses).where(kept_misses.c.id == id_, kept_misses.c.answered_at.is_(None))
        with self.database.writing() as connection:
            return connection.execute(mine.values(answered_at=now)).rowcount == 1

    def kept_days(self, team: str) -> int | None:
        """Read for how many days a workspace keeps text; None where it keeps none."""
        with self.database.reading() as connection:
            return read_days(connection, team)

    def keep_text(self, team: str, who: str, days: int, now: float) -> None:
        """Switch on that text is kept, for so many days."""
        values = {"days": days, "who": who, "since": now}
        with self.database.writing() as connection:
            new = self.database.insert(text_settings).values(team=team, **values)
            connection.execute(new.on_conflict_do_update(index_elements=["team"], set_=values))

    def keep_no_text(self, team: str) -> int:
        """Switch off that text is kept, and delete what was. Returns how many texts there were."""
        with self.database.writing() as connection:
            connection.execute(delete(text_settings).where(text_settings.c.team == team))
            return connection.execute(delete(kept_misses).where(kept_misses.c.team == team)).rowcount

    def forget_user(self, team: str, user: str) -> int:
        """Delete every text that came from a person. Returns how many there were."""
        theirs = (kept_misses.c.team == team) & (kept_misses.c.who == user)
        with self.database.writing() as connection:
            return connection.execute(delete(kept_misses).where(theirs)).rowcount

    def claim_digest(self, team: str, week: str) -> bool:
        """Note that the digest of a week is being posted. Returns whether it was not before."""
        with self.database.writing() as connection:
            new = self.database.insert(digests).values(team=team, week=week).on_conflict_do_nothing()
            return connection.scalar(new.returning(digests.c.week)) is not None


def forget_misses(connection: Connection, now: float) -> None:
    """Delete counts that are old, and texts when their time is up."""
    connection.execute(delete(misses).where(misses.c.last_at < now - COUNT_KEPT_FOR))
    for row in connection.execute(select(text_settings.c.team, text_settings.c.days)).all():
        old = kept_misses.c.at < now - row.days * DAY
        connection.execute(delete(kept_misses).where(kept_misses.c.team == row.team, old))


def read_days(connection: Connection, team: str) -> int | None:
    """For how many days a workspace keeps text; None where it keeps none."""
    return connection.scalar(select(text_settings.c.days).where(text_settings.c.team == team))


def kept_values(miss: Miss) -> dict[str, str]:
    """The columns of a miss whose text is kept."""
    return {
        "id": random.token_hex(8),
        "team": miss.team,
        "reason": miss.reason,
        "service": miss.service,
        "topic": miss.topic,
        "question": miss.question[:LONGEST_KEPT_TEXT],
        "answer": miss.key,
        "who": miss.user,
        "channel": miss.channel,
        "thread_ts": miss.thread_ts,
        "note": miss.note[:LONGEST_KEPT_TEXT],
        "owner": miss.owner,
        "page": miss.page[:LONGEST_KEPT_TEXT],
    }


def as_kept(row: Row[Any]) -> KeptMiss:
    """A row as a kept miss."""
    what = (row.team, row.reason, row.service, row.topic, row.question, row.answer)
    return KeptMiss(row.id, row.at, Miss(*what, row.who, row.channel, row.thread_ts, row.note, row.owner, row.page))
