"""Bot -> the whole playground: the stand-in with its workspace, and the real app that it sends signed requests to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from tempfile import TemporaryDirectory
from typing import Any
from wsgiref.simple_server import make_server

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.fake_slack import Clock, FakeSlack, User
from srmbot.fake_slack.model import BOT_USER
from srmbot.playground.draw.context import DrawContext
from srmbot.playground.sample_workspace import fill_workspace
from srmbot.slack.app import make_app
from srmbot.slack.maintainers.rounds import MaintainerRounds
from srmbot.slack.manifest import load_manifest
from srmbot.slack.serve.common import Background
from srmbot.slack.serve.health import HealthServer, QuietHandler
from srmbot.slack.serve.http import make_wsgi_app
from srmbot.slack.tips.runtime import TipsRuntime

EVENTS_PATH = "/slack/events"


@dataclass(frozen=True)
class Session:
    """What the page and a script act on."""

    slack: FakeSlack
    bot: Bot
    manifest: dict[str, Any]
    tips: TipsRuntime
    rounds: MaintainerRounds

    @property
    def people(self) -> dict[str, str]:
        """Everybody's name by id, the bot's too."""
        return {BOT_USER: "srmbot"} | {user.id: user.name for user in self.slack.workspace.users.values()}

    @property
    def channels(self) -> dict[str, str]:
        """The names of channels by id; direct conversations have none."""
        known = self.slack.workspace.channels.values()
        return {channel.id: channel.name for channel in known if channel.kind in ("public", "private")}

    @property
    def commands(self) -> list[str]:
        """What the app's commands are called, with their slash."""
        return [each["command"] for each in self.manifest["features"].get("slash_commands", [])]

    def ink(self, viewer: User, place: str = "", live: bool = True) -> DrawContext:
        """What drawing needs, for one person's eyes."""
        users = self.slack.workspace.users.values()
        bots = frozenset({BOT_USER, *(user.id for user in users if user.is_bot)})
        return DrawContext(self.people, self.channels, bots, viewer.tz, place, live)

    def person(self, user_id: str | None) -> User:
        """A person who can act here; the first one if none is named.

        Raises:
            LookupError: no person has that ID.
        """
        user = self.slack.workspace.users.get(user_id) if user_id else self.slack.user
        if user is None or user.is_bot:
            raise LookupError(f"no user has the ID {user_id!r}")
        return user


@contextmanager
def open_session(bot: Bot, clock: Clock | None = None, follow: bool = True) -> Iterator[Session]:
    """A furnished workspace with the app behind it, over HTTP on two ports of 127.0.0.1.

    Args:
        bot: answers the questions.
        clock: the workspace's own.
        follow: notice when the knowledge changes.
    """
    known = load_manifest()
    slow = Background()
    with TemporaryDirectory(prefix="srmbot-") as folder, FakeSlack.from_manifest(known, clock=clock) as slack:
        fill_workspace(slack)
        settings = Settings(slack.bot_token, slack.app_token, slack.signing_secret, slack.api_url)
        settings = replace(settings, database=f"sqlite:///{folder}/tips.db")
        app = make_app(bot, settings, slow.executor, later=slow.later)
        server = make_server(
            "127.0.0.1",
            0,
            make_wsgi_app(app, slow.executor.note_request),
            server_class=HealthServer,
            handler_class=QuietHandler,
        )
        threading.Thread(target=server.serve_forever, args=(0.02,), name="app", daemon=True).start()
        slack.app_url = f"http://127.0.0.1:{server.server_port}{EVENTS_PATH}"
        app.storage.clock = slack.clock.now
        app.start_threads()
        if follow:
            slow.watch_knowledge(bot)
        try:
            yield Session(slack, bot, known, app.tips, app.rounds)
        finally:
            server.shutdown()
            server.server_close()
            slow.finish()
            app.close()
