"""Bot -> Bolt App: every listener, registered in one place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_sdk import WebClient

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.render import views
from srmbot.render.addition import ADD_FORM
from srmbot.render.blocks import Action
from srmbot.render.feedback import WRONG_FORM
from srmbot.render.tip_form import CALLBACK
from srmbot.request import Resources
from srmbot.slack.choice import on_choice
from srmbot.slack.dedup import SeenEvents
from srmbot.slack.error_reports import APOLOGY, log_error, log_errors
from srmbot.slack.feedback import on_feedback, on_wrong, on_wrong_form
from srmbot.slack.home import is_home, on_entry, on_home, on_search, on_service, on_topic
from srmbot.slack.maintainers.addition import on_add, on_add_form
from srmbot.slack.maintainers.rounds import MaintainerRounds
from srmbot.slack.mentions import on_message
from srmbot.slack.outcomes import UnsentRetryHandler
from srmbot.slack.post import TIMEOUT, tls_context
from srmbot.slack.question_form import on_another, on_ask, on_example, on_question
from srmbot.slack.request import Payload, Request
from srmbot.slack.retry import DelayedWork
from srmbot.slack.runtime import Runtime
from srmbot.slack.shortcut import on_shortcut
from srmbot.slack.slash import on_slash
from srmbot.slack.storage import Storage
from srmbot.slack.tips.actions import WebApiActions
from srmbot.slack.tips.buttons import on_tip_entry, on_tip_form, on_tip_less
from srmbot.slack.tips.runtime import TipsRuntime
from srmbot.slack.token_watch import TokenWatch

Listener = Callable[..., None]  # called by Bolt, which looks at its parameters' names

COMMAND = "/srm"
SHORTCUT, ASK_SHORTCUT = "who_owns_this", "ask_question"  # on a message, and from anywhere
EVENTS = ("app_home_opened", "app_mention", "message.im")  # what the manifest subscribes to
# With one of these set Bolt would turn to OAuth and drop the token it was given.
TRAPS = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")


class SlackApp(App):
    """A Bolt app, with what lives as long as it does; its server starts the tips, and closes the app."""

    storage: Storage
    tips: TipsRuntime
    rounds: MaintainerRounds
    signing_secret: str
    token: TokenWatch

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
    token = TokenWatch()
    with without_bolt_variables():
        app = SlackApp(
            client=WebClient(
                token=settings.bot_token,
                timeout=TIMEOUT,
                base_url=settings.slack_api_url or WebClient.BASE_URL,
                ssl=tls_context(),
                retry_handlers=[token, UnsentRetryHandler()],
            ),
            signing_secret=settings.signing_secret or "",
            process_before_response=True,
            listener_executor=executor,
            token_verification_enabled=verify,
            attaching_conversation_kwargs_enabled=False,
        )
    app.error(on_error)
    app.token, token.ask = token, app.client.auth_test
    app.signing_secret = settings.signing_secret or ""
    app.storage = Storage(settings.database, settings.secret_key)
    app.tips = TipsRuntime(bot, settings, app.storage)
    seen = SeenEvents(anywhere=app.storage.is_new_event)
    resources = make_resources(app, settings)
    app.rounds = MaintainerRounds(bot, resources, app.tips.find_teams, lambda team: app.client)
    register(app, Runtime(bot, app.storage, resources, executor, later or DelayedWork(), seen))
    return app


def make_resources(app: SlackApp, settings: Settings) -> Resources | None:
    """Give subcommands the store and what they may do in Slack; None without a store."""
    storage, actions = app.storage, WebApiActions(app.tips.client, app.tips.replan)
    if storage.store is None:
        return None
    return Resources(storage.store, actions, settings.timezone, settings.holidays, storage.now, storage.kept_days)


@contextmanager
def without_bolt_variables() -> Iterator[None]:
    """Hide the variables that Bolt reads on its own; config.py has read them already."""
    held = {name: os.environ.pop(name) for name in TRAPS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(held)


def register(app: SlackApp, runtime: Runtime) -> None:
    """Register every surface, then listeners that acknowledge whatever is left."""
    within, after, opening = (partial(make, runtime) for make in (within_response, after_response, without_waiting))
    app.command(re.compile(".*"))(within("slash", on_slash))  # an app's owner may have given it another name
    app.event("app_mention")(after("mention", on_message))
    app.event("message", matchers=[in_direct_message])(after("direct", on_message))
    app.action(re.compile(f"^{Action.CHOOSE}:"))(after("choice", on_choice))
    app.action(Action.TIP_ENTRY.value)(after("tip", on_tip_entry))
    app.action(Action.TIP_LESS.value)(opening("tip", on_tip_less))
    app.view(CALLBACK)(within("tip_form", on_tip_form))
    app.action(Action.ADD.value)(opening("add", on_add))
    app.view(ADD_FORM)(within("add_form", on_add_form))
    app.action(Action.FEEDBACK.value)(opening("feedback", on_feedback))
    app.action(Action.WRONG.value)(opening("feedback", on_wrong))
    app.view(WRONG_FORM)(within("wrong_form", on_wrong_form))
    app.shortcut(SHORTCUT)(after("shortcut", on_shortcut))
    app.event("app_home_opened", matchers=[is_home])(after("home", on_home))
    app.action(Action.SEARCH.value)(opening("search", on_search))
    app.action(re.compile(f"^{Action.SERVICE}:"))(opening("service", on_service))
    app.action(re.compile(f"^{Action.ENTRY}:"))(opening("entry", on_entry))
    app.action(Action.TOPIC.value)(after("topic", on_topic))
    app.action(Action.ASK)(opening("ask", on_ask))
    app.shortcut(ASK_SHORTCUT)(opening("ask", on_ask))
    app.action(re.compile(f"^{Action.EXAMPLE}:"))(opening("example", on_example))
    app.view(views.ASKING)(within("modal", on_question))
    app.view(views.ANSWERED)(within("modal", on_another))
    # Bolt answers 404 where no listener fits; Slack then sends an event again, or shows the user that it failed.
    anything: list[Callable[..., Any]] = [app.event(re.compile(".*")), app.action(re.compile(".*"))]
    anything += [app.options(re.compile(".*")), app.view(re.compile(".*")), app.shortcut(re.compile(".*"))]
    anything += [app.view_closed(re.compile(".*"))]
    for listen in anything:
        listen(acknowledge)


def within_response(runtime: Runtime, surface: str, on_request: Callable[[Request, Ack], None]) -> Listener:
    """Make a listener that acknowledges with the answer."""

    def listener(ack: Ack, body: Payload, client: WebClient) -> None:
        on_request(Request.from_body(body, client, surface=surface, runtime=runtime), ack)

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
            on_request(Request.from_body(body, client, surface=surface, runtime=runtime))

    return handle


def acknowledge(ack: Ack) -> None:
    """Acknowledge, and do nothing else."""
    ack()


def in_direct_message(event: dict[str, Any]) -> bool:
    """Whether a message was written to the bot alone; an app may be subscribed to channels' messages too."""
    return event.get("channel_type") == "im"


def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """Log an error that no surface has reported, and give its ID to the user of a command."""
    text = APOLOGY.format(log_error(error, "bolt"))
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": text})
    return BoltResponse(status=200, body="")
