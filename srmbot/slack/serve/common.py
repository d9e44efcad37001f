"""What both ways of serving share: background threads, the checked app, the settings that must be there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackApiError

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.errors import ConfigError, SrmbotError
from srmbot.knowledge.watch import watch
from srmbot.slack.app import SlackApp, make_app
from srmbot.slack.executor import YieldingExecutor
from srmbot.slack.outcomes import name_failure
from srmbot.slack.retry import DelayedWork
from srmbot.slack.serve.health import Checks, Environ, Health, Responder, StartResponse

SLOW_THREADS = 32  # for what calls Slack's API; they wait nearly all the time (bench/serving.py)
ONE = ("SLACK_BOT_TOKEN",)  # settings without which one workspace is not served
MANY = ("SLACK_CLIENT_SECRET", "SRMBOT_SECRET_KEY", "DATABASE_URL")  # the same for many
DRAIN = 20  # seconds at the end for answers that Slack asked to wait for


class Background:
    """Runs what does not belong to one request: calls of Slack's API, delayed work, the watch over the knowledge."""

    def __init__(self) -> None:
        """Start nothing yet, so that this may be made before a fork."""
        self.executor = YieldingExecutor(SLOW_THREADS)
        self.later = DelayedWork()
        self.stop = threading.Event()

    def watch_knowledge(self, bot: Bot) -> None:
        """Start to watch a bot's knowledge for changes; call it after a fork, because threads do not survive one."""
        given = (bot.folders, bot.refresh, self.stop)
        threading.Thread(target=watch, args=given, name="knowledge", daemon=True).start()

    def finish(self) -> None:
        """Wait for answers that are under way."""
        self.stop.set()
        self.executor.shutdown(wait=True)
        self.later.finish(DRAIN)


def make_checked_app(bot: Bot, settings: Settings, slow: Background) -> SlackApp:
    """Make the app, and check its token with Slack and its store.

    Raises:
        SrmbotError: Slack refuses the token, or cannot be reached; the store's tables are not those of this version.
    """
    try:
        app = make_app(bot, settings, slow.executor, later=slow.later)
        app.storage.check(needed=app.workspaces is not None)
        return app
    except BoltError as fault:
        cause: Any = fault.__cause__ or fault.__context__ or fault
        raise refused_token("SLACK_BOT_TOKEN", cause) from fault
    except OSError as fault:
        raise SrmbotError(f"cannot reach Slack: {fault}", "check the network and SLACK_API_URL") from fault


def make_health(app: SlackApp, **more: Callable[[], bool | None]) -> Health:
    """What must hold for an app to be ready, and what else should.

    Knowledge that has become invalid makes nothing unready: the last valid version answers, while a process that was
    started in its place would not even start.

    Args:
        app: with its listeners.
        more: what must hold beside it.
    """
    bot = app.bot
    well: Checks = {"knowledge": lambda: not bot.problems, "learning": lambda: bot.state.learned}
    return Health({**more, "database": app.storage.is_ready, "token": app.token.check}, well)


def answer_install(app: SlackApp) -> Responder:
    """Make what answers the pages to install the app; None for any other path, and with the token of one workspace."""
    pages, flow = SlackRequestHandler(app), app.oauth_flow

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes] | None:
        if flow is None or environ.get("REQUEST_METHOD") != "GET":
            return None
        if environ.get("PATH_INFO") not in (flow.install_path, flow.redirect_uri_path):
            return None
        return pages(environ, start_response)

    return answer


def refused_token(name: str, fault: Exception) -> SrmbotError:
    """Make the error for a token that Slack refuses, or for a Slack that cannot answer."""
    if isinstance(fault, SlackApiError) and fault.response.status_code != 200:
        return SrmbotError(f"Slack returned HTTP {fault.response.status_code}", "try again in a minute")
    return SrmbotError(f"Slack rejected {name}: {name_failure(fault)}", "copy it again from api.slack.com/apps")


def require_settings(settings: Settings, way: str) -> None:
    """Make sure that the settings of a way of serving are there.

    Args:
        settings: as they are.
        way: the setting that it needs beside those of the token, or tokens.

    Raises:
        ConfigError: naming everything that is missing.
    """
    held = {
        "SLACK_BOT_TOKEN": settings.bot_token,
        "SLACK_APP_TOKEN": settings.app_token,
        "SLACK_SIGNING_SECRET": settings.signing_secret,
        "SLACK_CLIENT_SECRET": settings.client_secret,
        "SRMBOT_SECRET_KEY": settings.secret_keys,
        "DATABASE_URL": settings.database,
    }
    names = MANY if settings.in_many_workspaces else ONE
    missing = [name for name in (*names, way) if not held[name]]
    if missing:
        verb, them = ("are", "them") if len(missing) > 1 else ("is", "it")
        fix = f"add {them} to the environment or to .env; see .env.example"
        raise ConfigError(f"{' and '.join(missing)} {verb} not set", fix)
