"""Bot -> Bolt App: every listener, registered in one place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient
from slack_sdk.http_retry import RetryHandler

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.errors import SrmbotError
from srmbot.request import Resources
from srmbot.slack.bots import AnsweredBots
from srmbot.slack.dedup import SeenEvents
from srmbot.slack.error_reports import APOLOGY, log_error, log_expected
from srmbot.slack.install.authorize import WorkspaceAuthorize
from srmbot.slack.install.flow import make_flow
from srmbot.slack.install.workspaces import AppCredentials, Workspaces
from srmbot.slack.limits import Limits
from srmbot.slack.listeners import listen_for_the_end, register
from srmbot.slack.maintainers.rounds import MaintainerRounds
from srmbot.slack.outcomes import UnsentRetryHandler
from srmbot.slack.post import CALL_TIMEOUT, tls_context
from srmbot.slack.retry import DelayedWork
from srmbot.slack.runtime import Runtime
from srmbot.slack.shown import ShownBlocks
from srmbot.slack.storage import Storage
from srmbot.slack.tips.runtime import TipsRuntime
from srmbot.slack.tips.scheduled_messages import single_try_client
from srmbot.slack.token_watch import TokenWatch
from srmbot.store.database import StoreError
from srmbot.store.sealing import Sealer

# With one of these set Bolt would turn to OAuth and drop the token it was given.
TRAPS = "SLACK_CLIENT_ID SLACK_CLIENT_SECRET SLACK_BOT_TOKEN SLACK_SIGNING_SECRET SLACK_REDIRECT_URI".split()


class SlackApp(App):
    """A Bolt app, with what lives as long as it does; its server starts the tips, and closes the app."""

    bot: Bot
    storage: Storage
    tips: TipsRuntime
    rounds: MaintainerRounds
    signing_secret: str
    slack_api_url: str | None = None  # of a fake Slack
    token: TokenWatch
    workspaces: Workspaces | None = None  # None with the token of one
    shown: ShownBlocks

    def start_threads(self) -> None:
        """Begin what is done without being asked, in threads of its own: call it after a fork."""
        self.tips.start()
        self.rounds.start()

    def close(self) -> None:
        """Plan no more tips, and close the store."""
        self.tips.stop()
        self.rounds.stop()
        self.storage.close()


def make_app(
    bot: Bot, settings: Settings, executor: Executor, *, verify: bool = True, later: DelayedWork | None = None
) -> SlackApp:
    """Make the Bolt app with every listener.

    It answers within the request (`process_before_response`), so that a command takes one round trip and not
    Bolt's polling of 10 ms; all that calls Slack's API runs in the executor after the acknowledgement.

    Args:
        bot: answers the questions.
        settings: token and signing secret.
        executor: runs what is slow.
        verify: ask Slack now whether the token is good.
        later: does what Slack asks to wait for; waited for when the process stops.
    """
    token, storage = TokenWatch(), Storage(settings.database, settings.hash_key)
    many = connect_workspaces(settings, storage) if settings.in_many_workspaces else None
    with without_bolt_variables():
        app = SlackApp(
            client=make_client(settings, [UnsentRetryHandler()] if many else [token, UnsentRetryHandler()]),
            signing_secret=settings.signing_secret or "",
            process_before_response=True,
            listener_executor=executor,
            token_verification_enabled=verify,
            attaching_conversation_kwargs_enabled=False,
            authorize=WorkspaceAuthorize(many) if many else None,
            oauth_flow=make_flow(many, settings) if many else None,
        )
    app.error(on_error)
    app.token, token.ask = token, app.client.auth_test
    app.signing_secret, app.slack_api_url = settings.signing_secret or "", settings.slack_api_url
    app.bot, app.storage, app.workspaces, app.shown = bot, storage, many, ShownBlocks()
    app.tips = TipsRuntime(bot, settings, storage, many)
    runtime = make_runtime(app, bot, settings, executor, later or DelayedWork())
    if many:
        listen_for_the_end(app, many, runtime)
    register(app, runtime)
    return app


def make_runtime(app: SlackApp, bot: Bot, settings: Settings, executor: Executor, later: DelayedWork) -> Runtime:
    """Make what every surface answers with, and what is done for maintainers."""
    resources, seen = make_resources(app, settings), SeenEvents(anywhere=app.storage.is_new_event)
    app.rounds = MaintainerRounds(bot, resources, app.tips.find_teams, app.tips.find_client)
    limits, bots = Limits(settings.limits), AnsweredBots(settings.bots)
    return Runtime(bot, app.storage, resources, executor, later, seen, app.tips.act_for, limits, bots, shown=app.shown)


def make_client(settings: Settings, handlers: list[RetryHandler]) -> WebClient:
    """Make the client that others are copied from for each request."""
    return WebClient(
        token=settings.bot_token,
        timeout=CALL_TIMEOUT,
        base_url=settings.slack_api_url or WebClient.BASE_URL,
        ssl=tls_context(),
        retry_handlers=handlers,
    )


def connect_workspaces(settings: Settings, storage: Storage) -> Workspaces:
    """Make what knows every workspace that the app is installed in.

    Raises:
        ConfigError: a key that is none.
    """
    credentials = AppCredentials(settings.client_id or "", settings.client_secret or "")
    client = single_try_client(None, settings.slack_api_url)
    return Workspaces(storage, Sealer(settings.secret_keys), credentials, client)


def make_resources(app: SlackApp, settings: Settings) -> Resources | None:
    """Give subcommands the store and what they may do in Slack; None without a store."""
    storage = app.storage
    if storage.store is None:
        return None
    return Resources(storage.store, None, settings.timezone, settings.holidays, storage.now, storage.kept_days)


@contextmanager
def without_bolt_variables() -> Iterator[None]:
    """Hide the variables that Bolt reads on its own; config.py has read them already."""
    held = {name: os.environ.pop(name) for name in TRAPS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(held)


def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """Log an error that no surface has reported, and give its ID, or the reason, to the user of a command.

    An event is sent again by Slack where the store is away, and so nobody knows whose it is.
    """
    if isinstance(error, SrmbotError):
        log_expected(error, "bolt")
    text = str(error) if isinstance(error, SrmbotError) else APOLOGY.format(log_error(error, "bolt"))
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": text})
    return BoltResponse(status=503 if isinstance(error, StoreError) else 200, body="")
