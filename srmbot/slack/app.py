"""Bot -> Bolt App: every listener, registered in one place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse
from slack_sdk import WebClient
from slack_sdk.http_retry import RetryHandler

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.errors import SrmbotError
from srmbot.render import views
from srmbot.render.blocks import Action
from srmbot.render.tip_form import CALLBACK
from srmbot.request import Resources
from srmbot.slack.agent_pane import is_pane, on_pane
from srmbot.slack.bots import AnsweredBots
from srmbot.slack.choice import on_choice, on_topic
from srmbot.slack.dedup import SeenEvents
from srmbot.slack.details import on_details, on_elsewhere
from srmbot.slack.error_reports import APOLOGY, log_error, log_errors, log_expected
from srmbot.slack.home import is_home
from srmbot.slack.install import lifecycle
from srmbot.slack.install.authorize import WorkspaceAuthorize
from srmbot.slack.install.flow import make_flow
from srmbot.slack.install.workspaces import AppCredentials, Workspaces
from srmbot.slack.limits import Limits
from srmbot.slack.mentions import on_message
from srmbot.slack.outcomes import UnsentRetryHandler
from srmbot.slack.own import is_deletion, on_anew, on_deleted, on_own
from srmbot.slack.passing import on_ask_team, on_share
from srmbot.slack.post import TIMEOUT, tls_context
from srmbot.slack.question_form import on_another, on_ask, on_example, on_question
from srmbot.slack.request import Payload, Request
from srmbot.slack.retry import DelayedWork
from srmbot.slack.runtime import Runtime
from srmbot.slack.shortcut import on_shortcut
from srmbot.slack.slash import on_slash
from srmbot.slack.storage import Storage
from srmbot.slack.tips.buttons import on_tip_entry, on_tip_form, on_tip_less
from srmbot.slack.tips.runtime import TipsRuntime
from srmbot.slack.tips.scheduled_messages import single_try_client
from srmbot.slack.token_watch import TokenWatch
from srmbot.slack.welcome import is_own_joining, on_home_opened, on_joined
from srmbot.slack.workflow_step import STEP, on_step
from srmbot.store.database import StoreError
from srmbot.store.sealing import Sealer

Listener = Callable[..., None]  # called by Bolt, which looks at its parameters' names

COMMAND = "/srm"
SHORTCUT, ASK_SHORTCUT = "who_owns_this", "ask_question"  # on a message, and from anywhere
EVENTS = (  # what the manifest subscribes to
    "app_context_changed",
    "app_home_opened",
    "app_mention",
    "function_executed",
    "member_joined_channel",
    "message.im",
    "message.mpim",
)
# With one of these set Bolt would turn to OAuth and drop the token it was given.
TRAPS = "SLACK_CLIENT_ID SLACK_CLIENT_SECRET SLACK_BOT_TOKEN SLACK_SIGNING_SECRET SLACK_REDIRECT_URI".split()


class SlackApp(App):
    """A Bolt app, with what lives as long as it does; its server starts the tips, and closes the app."""

    storage: Storage
    tips: TipsRuntime
    signing_secret: str
    slack_api_url: str | None = None  # of a fake Slack
    token: TokenWatch
    workspaces: Workspaces | None = None  # None with the token of one

    def close(self) -> None:
        """Plan no more tips, and close the store."""
        self.tips.stop()
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
    token, storage = TokenWatch(), Storage(settings.database)
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
    app.storage, app.workspaces = storage, many
    app.tips = TipsRuntime(bot, settings, storage, many)
    runtime = make_runtime(app, bot, settings, executor, later or DelayedWork())
    if many:
        listen_for_the_end(app, many, runtime)
    register(app, runtime)
    return app


def make_runtime(app: SlackApp, bot: Bot, settings: Settings, executor: Executor, later: DelayedWork) -> Runtime:
    """Make what every surface answers with."""
    resources, seen = make_resources(app, settings), SeenEvents(anywhere=app.storage.is_new_event)
    limits, bots = Limits(settings.limits), AnsweredBots(settings.bots)
    return Runtime(bot, app.storage, resources, executor, later, seen, app.tips.act_for, limits, bots)


def make_client(settings: Settings, handlers: list[RetryHandler]) -> WebClient:
    """Make the client that others are copied from for each request."""
    return WebClient(
        token=settings.bot_token,
        timeout=TIMEOUT,
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
    client = single_try_client(None, settings.slack_api_url or WebClient.BASE_URL)
    return Workspaces(storage, Sealer(settings.secret_keys), credentials, client)


def make_resources(app: SlackApp, settings: Settings) -> Resources | None:
    """Give subcommands the store and what they may do in Slack; None without a store."""
    if app.storage.store is None:
        return None
    return Resources(app.storage.store, None, settings.timezone, settings.holidays, app.storage.now)


@contextmanager
def without_bolt_variables() -> Iterator[None]:
    """Hide the variables that Bolt reads on its own; config.py has read them already."""
    held = {name: os.environ.pop(name) for name in TRAPS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(held)


def register(app: SlackApp, runtime: Runtime) -> None:
    """Register every surface."""
    listen_to_answers(app, runtime)
    within, after, opening = (partial(make, runtime) for make in (within_response, after_response, without_waiting))
    app.command(re.compile(".*"))(within("slash", on_slash))  # an app's owner may have given it another name
    app.event("app_mention")(after("mention", on_message))
    app.event("message", matchers=[is_deletion])(after("deleted", on_deleted))
    app.event("message", matchers=[in_direct_message])(after("direct", on_message))
    app.event("message", matchers=[mentions_in_group])(after("mention", on_message))
    app.action(Action.TIP_ENTRY.value)(after("tip", on_tip_entry))
    app.action(Action.TIP_LESS.value)(opening("tip", on_tip_less))
    app.view(CALLBACK)(within("tip_form", on_tip_form))
    app.shortcut(SHORTCUT)(after("shortcut", on_shortcut))
    app.event("app_home_opened", matchers=[is_home])(after("home", on_home_opened))
    app.event("member_joined_channel", matchers=[is_own_joining])(after("joined", on_joined))
    app.event("app_home_opened", matchers=[is_pane])(after("pane", on_pane))
    app.event("app_context_changed")(after("pane", on_pane))
    app.function(STEP)(after("step", on_step))
    app.action(Action.ASK)(opening("ask", on_ask))
    app.shortcut(ASK_SHORTCUT)(opening("ask", on_ask))
    app.action(re.compile(f"^{Action.EXAMPLE}:"))(opening("example", on_example))
    app.view(views.ASKING)(within("modal", on_question))
    app.view(views.ANSWERED)(within("modal", on_another))
    acknowledge_the_rest(app)


def listen_to_answers(app: SlackApp, runtime: Runtime) -> None:
    """Register the controls of an answer."""
    within, after, opening = (partial(make, runtime) for make in (within_response, after_response, without_waiting))
    app.action(re.compile(f"^{Action.CHOOSE}:"))(after("choice", on_choice))
    app.action(Action.TOPIC.value)(after("topic", on_topic))
    app.action(Action.DETAILS.value)(opening("details", on_details))
    app.action(Action.SHARE.value)(after("share", on_share))
    app.action(Action.ASK_TEAM.value)(after("ask_team", on_ask_team))
    app.action(Action.OWN.value)(opening("own", on_own))
    app.view(views.ASKING_ANEW)(within("anew", on_anew))
    app.action(Action.ELSEWHERE.value)(after("elsewhere", on_elsewhere))


def acknowledge_the_rest(app: SlackApp) -> None:
    """Acknowledge what no other listener takes."""
    # Bolt answers 404 where no listener fits; Slack then sends an event again, or shows the user that it failed.
    anything: list[Callable[..., Any]] = [app.event(re.compile(".*")), app.action(re.compile(".*"))]
    anything += [app.options(re.compile(".*")), app.view(re.compile(".*")), app.shortcut(re.compile(".*"))]
    anything += [app.view_closed(re.compile(".*"))]
    for listen in anything:
        listen(acknowledge)


def listen_for_the_end(app: SlackApp, workspaces: Workspaces, runtime: Runtime) -> None:
    """Listen for events that end an installation; they come before the listener that takes any event."""

    def listening(handle: Callable[[Workspaces, Payload], None]) -> Listener:
        def work(body: Payload) -> None:
            with log_errors("install"):
                handle(workspaces, body)

        def listener(ack: Ack, body: Payload) -> None:
            ack()
            runtime.submit(work, body)

        return listener

    for name in (lifecycle.UNINSTALLED, lifecycle.REVOKED):
        app.event(name)(listening(lifecycle.on_uninstalled))
    app.event(lifecycle.WITHDRAWN)(listening(lifecycle.on_withdrawn))


def within_response(runtime: Runtime, surface: str, on_request: Callable[[Request, Ack], None]) -> Listener:
    """Make a listener that acknowledges with the answer."""

    def listener(ack: Ack, body: Payload, client: WebClient) -> None:
        request = Request.from_body(body, client, surface=surface, runtime=runtime)
        refusal = runtime.limits.refuse(request.requester) if surface == "slash" else None
        if refusal:
            ack(response_type="ephemeral", text=refusal.text)
            return
        on_request(request, ack)

    return listener


def after_response(runtime: Runtime, surface: str, on_request: Callable[[Request], None]) -> Listener:
    """Make a listener that acknowledges, and leaves the work to the executor.

    Not Bolt's `lazy`: that one copies the whole request for each function, fails on a client that has a TLS
    context, and loses what the function raises.
    """
    handle = make_handler(runtime, surface, on_request)

    def listener(ack: Ack, body: Payload, client: WebClient) -> None:
        ack()
        runtime.submit(handle, body, client)

    return listener


def without_waiting(runtime: Runtime, surface: str, on_request: Callable[[Request], None]) -> Listener:
    """Make a listener that acknowledges, and has the work done in a thread of its own, however many others wait.

    For what a click allows for three seconds only: a rush of mentions fills the executor for longer.
    """
    handle = make_handler(runtime, surface, on_request)

    def listener(ack: Ack, body: Payload, client: WebClient) -> None:
        ack()
        runtime.later.run_after(0, partial(handle, body, client))

    return listener


def make_handler(
    runtime: Runtime, surface: str, on_request: Callable[[Request], None]
) -> Callable[[Payload, WebClient], None]:
    """Make a function that reads a payload and answers it, to be called in another thread, where nobody else logs."""

    def handle(body: Payload, client: WebClient) -> None:
        with log_errors(surface):
            request = Request.from_body(body, client, surface=surface, runtime=runtime)
            refusal = runtime.limits.refuse(request.requester)
            if refusal is None:
                on_request(request)
            elif refusal.is_news:
                request.tell(refusal.text)

    return handle


def acknowledge(ack: Ack) -> None:
    """Acknowledge, and do nothing else."""
    ack()


def in_direct_message(event: dict[str, Any]) -> bool:
    """Whether a message was written to the bot alone; an app may be subscribed to channels' messages too."""
    return event.get("channel_type") == "im"


def mentions_in_group(event: dict[str, Any], context: BoltContext) -> bool:
    """Whether a message in a group's direct conversation, new or edited, mentions the bot.

    Slack tells of it as a message there; whether with a mention beside it, the message is taken on once.
    """
    text = (event.get("message") or event).get("text") or ""
    return event.get("channel_type") == "mpim" and f"<@{context.bot_user_id}" in text


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
