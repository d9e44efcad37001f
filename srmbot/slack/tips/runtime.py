"""The planner of daily tips in one process: its thread, and Slack's own scheduler behind it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.slack.error_reports import log_expected
from srmbot.slack.install.workspaces import NotInstalledError, Workspaces
from srmbot.slack.storage import Storage
from srmbot.slack.tips.actions import Groups, WebApiActions
from srmbot.slack.tips.planner import Planner, PlannerThread
from srmbot.slack.tips.reconcile import PlanContext
from srmbot.slack.tips.scheduled_messages import ScheduledMessages, single_try_client
from srmbot.store.sealing import SealError


class TipsRuntime:
    """Plans tips while Slack is served. Made before a fork, started after it; without a store it does nothing."""

    def __init__(self, bot: Bot, settings: Settings, storage: Storage, workspaces: Workspaces | None = None) -> None:
        """Start nothing yet.

        Args:
            bot: has the tips.
            settings: have the token, unless there are workspaces.
            storage: has the subscriptions.
            workspaces: have the tokens, where the app is in many.
        """
        self.bot, self.settings, self.storage, self.workspaces = bot, settings, storage, workspaces
        self.schedulers: dict[str, ScheduledMessages] = {}  # by team
        self.groups: Groups = {}  # members of user groups, as far as they were looked up
        self.rounds: PlannerThread | None = None

    def make_client(self, token: str | None) -> WebClient:
        """Make a client that makes each call once."""
        return single_try_client(token, self.settings.slack_api_url)

    def act_for(self, token: str | None) -> WebApiActions:
        """What subcommands may do in the workspace of a token."""
        return WebApiActions(lambda: self.make_client(token), self.replan, self.groups)

    def start(self) -> None:
        """Begin to plan, in a thread of its own."""
        store = self.storage.store
        if store is None:
            return
        context = PlanContext(store, lambda: self.bot.knowledge, self.storage.now, self.settings.holidays)
        planner = Planner(context, self.find_scheduler, self.find_teams, time.monotonic)
        self.rounds = PlannerThread(planner, self.before_round)
        self.rounds.thread.start()

    def stop(self) -> None:
        """Plan no more."""
        if self.rounds is not None:
            self.rounds.stop()

    def replan(self) -> None:
        """Have the planner look at once."""
        if self.rounds is not None:
            self.rounds.wake.set()

    def before_round(self) -> None:
        """Write down what was counted, replace tokens before they end, and forget workspaces that are long gone.

        Raises:
            StoreError: the store cannot be used.
        """
        self.storage.write_counts()
        if self.workspaces is not None:
            self.workspaces.rotate_due()
            self.workspaces.forget_departed()

    def find_teams(self) -> Sequence[str]:
        """List the workspaces that there is a token for; Slack is asked once which one that of the environment opens.

        Raises:
            StoreError: the store cannot be used.
        """
        if self.workspaces is not None:
            return self.workspaces.store.installations.teams()
        if not self.schedulers:
            client = self.make_client(self.settings.bot_token)
            try:
                team = str(client.auth_test()["team_id"])
            except (OSError, SlackApiError, SlackClientError):  # in the next round, perhaps
                return ()
            self.schedulers[team] = ScheduledMessages(client, team)
        return list(self.schedulers)

    def find_scheduler(self, team: str) -> ScheduledMessages | None:
        """Give Slack's scheduler in a workspace, with the token of today; None where there is none.

        Raises:
            StoreError: the store cannot be used.
        """
        if self.workspaces is None:
            return self.schedulers.get(team)
        try:
            token = self.workspaces.get("", team).tokens.access
        except (NotInstalledError, SealError) as fault:
            log_expected(fault, "tips")
            return None
        known = self.schedulers.get(team) or self.schedulers.setdefault(
            team, ScheduledMessages(self.make_client(token), team)
        )
        known.client.token = token
        return known

    def find_client(self, team: str) -> WebClient | None:
        """Give the Web API of a workspace, with the token of today; None where there is none.

        Raises:
            StoreError: the store cannot be used.
        """
        scheduler = self.find_scheduler(team)
        return scheduler.client if scheduler else None
