"""The planner of daily tips in one process: its thread, and Slack's own scheduler behind it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.slack.storage import Storage
from srmbot.slack.tips.planner import Planner, PlannerThread
from srmbot.slack.tips.reconcile import PlanContext
from srmbot.slack.tips.scheduled_messages import ScheduledMessages, single_try_client


class TipsRuntime:
    """Plans tips while Slack is served. Made before a fork, started after it; without a store it does nothing."""

    def __init__(self, bot: Bot, settings: Settings, storage: Storage) -> None:
        """Start nothing yet."""
        self.bot, self.settings, self.storage = bot, settings, storage
        self.schedulers: dict[str, ScheduledMessages] = {}  # by team; one, with the token of the environment
        self.rounds: PlannerThread | None = None

    @cached_property
    def client(self) -> WebClient:
        """A client that makes each call once."""
        return single_try_client(self.settings.bot_token, self.settings.slack_api_url or WebClient.BASE_URL)

    def start(self) -> None:
        """Begin to plan, in a thread of its own."""
        store = self.storage.store
        if store is None:
            return
        context = PlanContext(store, lambda: self.bot.knowledge, self.storage.now, self.settings.holidays)
        planner = Planner(context, self.schedulers.get, self.find_teams, time.monotonic)
        self.rounds = PlannerThread(planner, self.storage.write_counts)
        self.rounds.thread.start()

    def stop(self) -> None:
        """Plan no more."""
        if self.rounds is not None:
            self.rounds.stop()

    def replan(self) -> None:
        """Have the planner look at once."""
        if self.rounds is not None:
            self.rounds.wake.set()

    def find_teams(self) -> Sequence[str]:
        """List the workspaces that this process has a token for; Slack is asked once which one it is."""
        if not self.schedulers:
            try:
                team = str(self.client.auth_test()["team_id"])
            except (OSError, SlackApiError, SlackClientError):  # in the next round, perhaps
                return ()
            self.schedulers[team] = ScheduledMessages(self.client, team)
        return list(self.schedulers)
