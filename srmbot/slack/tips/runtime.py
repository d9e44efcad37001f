"""Settings -> the store, the desk of commands and the planner's thread, for one process."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from srmbot.answer import Answer
from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.request import Requester, Resources
from srmbot.slack.tips.actions import WebApiActions
from srmbot.slack.tips.planner import Planner, PlannerThread
from srmbot.slack.tips.reconcile import PlanContext
from srmbot.slack.tips.scheduled_messages import ScheduledMessages, single_try_client
from srmbot.store.database import StoreError
from srmbot.store.store import Store

log = logging.getLogger("srmbot.slack")


class TipsRuntime:
    """All that daily tips need in a process that serves Slack. Made before a fork, started after it."""

    def __init__(self, bot: Bot, settings: Settings) -> None:
        """Nothing is opened and nothing runs yet; without a database there are no tips."""
        self.bot, self.settings = bot, settings
        self.now: Callable[[], float] = time.time  # the playground has a clock that can be moved
        self.store = Store(settings.database) if settings.database else None
        self.lock = threading.Lock()
        self.asked: Counter[tuple[str, str, str, str]] = Counter()  # team, channel, service, topic
        self.known: dict[str, ScheduledMessages] = {}  # by team; one, with the token of the environment
        self.rounds: PlannerThread | None = None

    @cached_property
    def client(self) -> WebClient:
        """A client that makes each call once."""
        return single_try_client(self.settings.bot_token, self.settings.slack_api_url or WebClient.BASE_URL)

    def make_asker(self, team: str | None, channel: str | None, user: str | None) -> Requester:
        """Who asks, with what is at hand for them."""
        desk = None
        if self.store is not None:
            acts = WebApiActions(self.client, self.replan)
            desk = Resources(self.store, acts, self.settings.timezone, self.settings.holidays, self.now)
        return Requester(team or "", channel or "", user or "", desk)

    def start(self) -> None:
        """Begin to plan, in a thread of its own."""
        if self.store is None:
            return
        context = PlanContext(self.store, lambda: self.bot.knowledge, self.now, self.settings.holidays)
        planner = Planner(context, self.known.get, self.teams, time.monotonic)
        self.rounds = PlannerThread(planner, self.write_counts)
        self.rounds.thread.start()

    def stop(self) -> None:
        """Plan no more."""
        if self.rounds is not None:
            self.rounds.stop()
        if self.store is not None:
            self.store.close()

    def replan(self) -> None:
        """Have the planner look at once."""
        if self.rounds is not None:
            self.rounds.wake.set()

    def is_ready(self) -> bool | None:
        """Whether the store can be reached; None while there is none yet."""
        return self.store.reachable() if self.store is not None and self.store.exists else None

    def check(self) -> None:
        """Make sure that the store can be used, as far as it can be told now; before a fork.

        A server that is away may come back; tables that are not those of this version will not change by themselves.

        Raises:
            StoreError: it cannot.
        """
        if self.store is not None and self.store.exists and self.store.reachable():
            self.store.prepare()
        if self.store is not None:
            self.store.close()

    def is_new(self, key: str) -> bool:
        """Whether no process that shares the store has taken on an event; where there is none, or it is away, it is."""
        if self.store is None or self.store.is_sqlite:
            return True
        try:
            return self.store.history.is_new_event(key)
        except StoreError as fault:
            log.warning("foreseen", extra={"surface": "event", "what": fault.what})
            return True

    def teams(self) -> Sequence[str]:
        """The workspaces that this process has a token for; Slack is asked once which one it is."""
        if not self.known:
            client = self.client
            try:
                team = str(client.auth_test()["team_id"])
            except (OSError, SlackApiError, SlackClientError):  # in the next round, perhaps
                return ()
            self.known[team] = ScheduledMessages(client, team)
        return list(self.known)

    def count_question(self, asker: Requester, reply: Any) -> None:
        """Count what was asked in a channel, in memory: the planner's thread writes it down."""
        if self.store is None or not isinstance(reply, Answer) or reply.service is None or reply.topic is None:
            return
        if asker.channel and self.store.exists:
            with self.lock:
                self.asked[asker.team, asker.channel, reply.service, reply.topic] += 1

    def write_counts(self) -> None:
        """Write down what was asked since the last time."""
        with self.lock:
            counts, self.asked = self.asked, Counter()
        if self.store is None or not counts or not self.store.exists:
            return
        self.store.prepare()
        for team in {team for team, *_ in counts}:
            its = {what[1:]: times for what, times in counts.items() if what[0] == team}
            self.store.history.count_questions(team, its, self.now())
