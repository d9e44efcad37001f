"""The store, as a process that serves Slack uses it: where it is missing or away, questions are answered without it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future

from srmbot.answer import Answer
from srmbot.commands.command import AnyReply
from srmbot.commands.conversation import subject_of
from srmbot.misses.miss import Miss
from srmbot.request import Requester
from srmbot.slack.error_reports import log_expected
from srmbot.store.database import StoreError
from srmbot.store.rows import Subject
from srmbot.store.store import Store

READY_IN = 1  # seconds that a health check waits for the store; Kubernetes waits for one, too
SETTING_FRESH_FOR = 5  # seconds that a setting of a workspace is not read again
AWAY_FOR = 10  # seconds that events are taken on without the store after it did not answer
CHANNELS = ("C", "G")  # how the ids of channels begin; those of direct messages, which can always be read, with D


class Storage:
    """Remembers events and counts questions. Made before a fork; safe to use from many threads."""

    def __init__(self, database: str | None, secret: str | None = None) -> None:
        """Open nothing yet.

        Args:
            database: its URL; without one nothing is remembered.
            secret: keys the hashes of questions.
        """
        self.store = Store(database, secret=secret) if database else None
        self.clock: Callable[[], float] = time.time  # the playground has one that can be moved
        self.lock = threading.Lock()
        self.away_until = 0.0  # by the monotonic clock: no event or answer waits for the store before
        self.days: dict[str, tuple[int | None, float]] = {}  # by team: what `kept_days` read, and until when it is good
        self.check_under_way: Future[bool] | None = None
        self.counts: Counter[tuple[str, str, str, str]] = Counter()  # team, channel, service, topic

    def now(self) -> float:
        """Read the clock: seconds since 1970."""
        return self.clock()

    def is_ready(self) -> bool | None:
        """Whether the store can be reached, and answers at once; None while there is none."""
        if self.store is None or not self.store.exists:
            return None
        try:
            return self.start_check(self.store).result(READY_IN)
        except TimeoutError:
            return False

    def start_check(self, store: Store) -> Future[bool]:
        """Ask the store in a thread of its own; however many want to know, one does."""
        with self.lock:
            if self.check_under_way is None or self.check_under_way.done():
                self.check_under_way = asked = Future[bool]()
                threading.Thread(target=lambda: asked.set_result(store.reachable()), name="store", daemon=True).start()
            return self.check_under_way

    def check(self, needed: bool = False) -> None:
        """Make sure that the store can be used, as far as that is known before a fork.

        A server that is away may come back; tables of another version will not change by themselves.

        Args:
            needed: a file of SQLite is made now, and not with the first thing to remember.

        Raises:
            StoreError: it cannot be used.
        """
        if self.store is not None and (self.store.reachable() if self.store.exists else needed):
            self.store.prepare()
        self.close()

    def close(self) -> None:
        """Close every connection."""
        if self.store is not None:
            self.store.close()

    def is_new_event(self, key: str) -> bool:
        """Whether no process that shares the store has taken an event; true where none shares it, or it is away."""
        if self.store is None or self.store.is_sqlite or self.is_away:
            return True
        try:
            return self.store.history.is_new_event(key)
        except StoreError as fault:
            self.note_away(fault, "event")
            return True

    @property
    def is_away(self) -> bool:
        """Whether the store did not answer just now, so that nothing is to wait for it again."""
        return time.monotonic() < self.away_until

    def note_away(self, fault: StoreError, surface: str) -> None:
        """Log why the store did not answer, and do without it for some seconds."""
        self.away_until = time.monotonic() + AWAY_FOR
        log_expected(fault, surface)

    def count_question(self, requester: Requester, reply: AnyReply) -> None:
        """Count what a channel asked, in memory alone: no answer waits for the store."""
        if self.store is None or not isinstance(reply, Answer) or reply.service is None or reply.topic is None:
            return
        if requester.channel and self.store.exists:
            with self.lock:
                self.counts[requester.team, requester.channel, reply.service, reply.topic] += 1

    def remember_subject(self, requester: Requester, thread_ts: str | None, reply: AnyReply) -> None:
        """Store what a channel's thread is about, for the next question in it. Where that fails, the log says why."""
        subject = subject_of(reply) if isinstance(reply, Answer) else None
        if self.store is None or subject is None or thread_ts is None or not requester.channel.startswith(CHANNELS):
            return
        if self.is_away:
            return
        try:
            self.store.prepare()
            self.store.threads.remember(requester.team, requester.channel, thread_ts, subject, self.now())
        except StoreError as fault:
            self.note_away(fault, "thread")

    def recall_subject(self, requester: Requester, thread_ts: str | None) -> Subject | None:
        """Read what a thread is about; None where nothing is remembered, or the store is away."""
        if self.store is None or thread_ts is None or self.is_away or not self.store.exists:
            return None
        try:
            return self.store.threads.recall(requester.team, requester.channel, thread_ts, self.now())
        except StoreError as fault:
            self.note_away(fault, "thread")
            return None

    def recall_channel(self, team: str, channel: str, most: int) -> list[Subject]:
        """Read what a channel talks about; nothing where that is not remembered, or the store is away."""
        if self.store is None or self.is_away or not self.store.exists:
            return []
        try:
            self.store.prepare()
            return self.store.threads.talked_about(team, channel, self.now(), most)
        except StoreError as fault:
            self.note_away(fault, "thread")
            return []

    def record_miss(self, miss: Miss) -> None:
        """Store a miss. Where that fails, the log says why."""
        if self.store is None or not miss.team or self.is_away:
            return
        try:
            self.store.prepare()
            self.store.misses.record(miss, self.now())
        except StoreError as fault:
            self.note_away(fault, "misses")

    def kept_days(self, team: str) -> int | None:
        """Read for how many days a workspace keeps the text of misses; None where it keeps none.

        What was read is good for some seconds, so that nothing waits for the store twice; whether a text is kept is
        decided in the store itself.
        """
        days, until = self.days.get(team, (None, 0.0))
        if time.monotonic() < until or self.store is None or self.is_away or not self.store.exists:
            return days
        try:
            self.store.prepare()
            days = self.store.misses.kept_days(team)
        except StoreError as fault:
            self.note_away(fault, "misses")
        self.days[team] = (days, time.monotonic() + SETTING_FRESH_FOR)
        return days

    def write_counts(self) -> None:
        """Write down what was counted since the last time.

        Raises:
            StoreError: the store cannot be used.
        """
        with self.lock:
            counts, self.counts = self.counts, Counter()
        if self.store is None or not counts or not self.store.exists:
            return
        self.store.prepare()
        for team in {team for team, *_ in counts}:
            its = {what[1:]: times for what, times in counts.items() if what[0] == team}
            self.store.history.count_questions(team, its, self.now())
