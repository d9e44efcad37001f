"""What every surface answers with, made once for a process."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextvars import copy_context
from dataclasses import dataclass, field, replace

from srmbot.bot import Bot
from srmbot.request import Resources, SlackActions
from srmbot.slack.audience import Channels
from srmbot.slack.bots import AnsweredBots
from srmbot.slack.dedup import SeenEvents
from srmbot.slack.in_view import Panes
from srmbot.slack.limits import Limits
from srmbot.slack.posted import PostedAnswers
from srmbot.slack.retry import DelayedWork
from srmbot.slack.shown import ShownBlocks
from srmbot.slack.storage import Storage


@dataclass(frozen=True, slots=True)
class Runtime:
    """The bot, and what a process that serves Slack has beside it."""

    bot: Bot
    storage: Storage
    resources: Resources | None  # for subcommands; None without a database
    executor: Executor  # runs what calls Slack
    later: DelayedWork  # what Slack asked to wait for
    seen: SeenEvents
    act_for: Callable[[str | None], SlackActions]  # what subcommands may do in Slack, by a workspace's token
    limits: Limits
    bots: AnsweredBots = field(default_factory=AnsweredBots)
    panes: Panes = field(default_factory=Panes)
    channels: Channels = field(default_factory=Channels)
    shown: ShownBlocks = field(default_factory=ShownBlocks)
    posted: PostedAnswers = field(default_factory=PostedAnswers)
    began: float = field(default_factory=time.time)  # seconds since 1970

    def resources_for(self, token: str | None) -> Resources | None:
        """Give a subcommand what it may use in the workspace of a token."""
        return replace(self.resources, slack=self.act_for(token)) if self.resources else None

    def submit(self, work: Callable[..., object], *given: object) -> None:
        """Run work that calls Slack in another thread, under the ID of the same request."""
        self.executor.submit(copy_context().run, work, *given)
