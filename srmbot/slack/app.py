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
from srmbot.render.blocks import Action
from srmbot.render.tip_form import CALLBACK
from srmbot.slack.choice import on_choice
from srmbot.slack.dedup import SeenEvents
from srmbot.slack.error_reports import log_error
from srmbot.slack.home import is_home, on_home
from srmbot.slack.mentions import on_message
from srmbot.slack.post import TIMEOUT, tls_context
from srmbot.slack.question_form import on_another, on_ask, on_example, on_question
from srmbot.slack.retry import DelayedWork
from srmbot.slack.shortcut import on_shortcut
from srmbot.slack.slash import on_slash
from srmbot.slack.tips.buttons import on_tip_entry, on_tip_form, on_tip_less
from srmbot.slack.tips.runtime import TipsRuntime

Work = Callable[[dict[str, Any], dict[str, Any], WebClient], None]  # what an event holds, its request, the Web API

COMMAND = "/srm"
SHORTCUT, ASK_SHORTCUT = "who_owns_this", "ask_question"  # on a message, and from anywhere
EVENTS = ("app_home_opened", "app_mention", "message.im")  # what the manifest subscribes to
# With one of these set Bolt would turn to OAuth and drop the token it was given.
TRAPS = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")


class TipApp(App):
    """A Bolt app, with the daily tips that it serves; whoever serves it starts and stops them."""

    tipping: TipsRuntime


def make_app(
    bot: Bot, settings: Settings, executor: Executor, *, verify: bool = True, later: DelayedWork | None = None
) -> TipApp:
    """The Bolt app with every listener.

    It answers within the request (`process_before_response`), so that a command takes one round trip and not
    Bolt's polling of 10 ms; all that calls Slack's API runs in the executor after the acknowledgement.

    Args:
        bot: answers the questions.
        settings: token and signing secret.
        executor: runs what is slow.
        verify: ask Slack now whether the token is good.
        later: does what Slack asks to wait for; whoever stops the process waits for it.
    """
    with without_bolt_variables():
        app = TipApp(
            client=WebClient(
                token=settings.bot_token,
                timeout=TIMEOUT,
                base_url=settings.slack_api_url or WebClient.BASE_URL,
                ssl=tls_context(),
            ),
            signing_secret=settings.signing_secret or "",
            process_before_response=True,
            listener_executor=executor,
            token_verification_enabled=verify,
            attaching_conversation_kwargs_enabled=False,
        )
    app.error(on_error)
    app.tipping = TipsRuntime(bot, settings)
    register(app, bot, executor, later or DelayedWork())
    return app


@contextmanager
def without_bolt_variables() -> Iterator[None]:
    """The environment without the variables that Bolt reads on its own; config.py has read them already."""
    held = {name: os.environ.pop(name) for name in TRAPS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(held)


def register(app: TipApp, bot: Bot, executor: Executor, later: DelayedWork) -> None:
    """Every surface, then listeners that only acknowledge what no other took."""
    tipping = app.tipping
    seen = SeenEvents(anywhere=tipping.is_new)
    app.command(COMMAND)(on_slash(bot, tipping, executor, later))
    after = partial(after_acknowledging, executor)
    app.event("app_mention")(after(on_message("mention", bot, tipping, seen, later)))
    app.event("message", matchers=[in_direct_message])(after(on_message("direct", bot, tipping, seen, later)))
    app.action(re.compile(f"^{Action.CHOOSE}:"))(after(on_choice(bot, later)))
    app.action(Action.TIP_ENTRY.value)(after(on_tip_entry(bot, later)))
    app.action(Action.TIP_LESS.value)(after(on_tip_less(bot, tipping)))
    app.view(CALLBACK)(on_tip_form(bot, tipping, executor))
    app.shortcut(SHORTCUT)(after(on_shortcut(bot, later)))
    app.event("app_home_opened", matchers=[is_home])(after(on_home(bot, later)))
    opening = partial(without_waiting, later)
    app.action(Action.ASK)(opening(on_ask(bot, later)))
    app.shortcut(ASK_SHORTCUT)(opening(on_ask(bot, later)))
    app.action(re.compile(f"^{Action.EXAMPLE}:"))(opening(on_example(bot, later)))
    app.view(views.ASKING)(on_question(bot))
    app.view(views.ANSWERED)(on_another(bot))
    # What nobody takes is answered with 404; Slack then sends an event again, or tells the user that it failed.
    anything: list[Callable[..., Any]] = [app.event(re.compile(".*")), app.action(re.compile(".*"))]
    anything += [app.options(re.compile(".*")), app.view(re.compile(".*")), app.shortcut(re.compile(".*"))]
    anything += [app.view_closed(re.compile(".*"))]
    for listen in anything:
        listen(acknowledge)


def after_acknowledging(executor: Executor, work: Work) -> Callable[..., None]:
    """A listener that acknowledges, and leaves the work to the executor.

    Not Bolt's `lazy`: that one copies the whole request for each function, fails on a client that has a TLS
    context, and loses what the function raises.
    """

    def listener(ack: Ack, payload: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        executor.submit(work, payload, body, client)

    return listener


def without_waiting(later: DelayedWork, work: Work) -> Callable[..., None]:
    """A listener that acknowledges, and has the work done in a thread of its own, however many others wait.

    For what a click allows for three seconds only: a rush of mentions fills the executor for longer.
    """

    def listener(ack: Ack, payload: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        later.run_after(0, partial(work, payload, body, client))

    return listener


def acknowledge(ack: Ack) -> None:
    """Acknowledge, and no more."""
    ack()


def in_direct_message(event: dict[str, Any]) -> bool:
    """Whether a message was written to the bot alone, should an app be subscribed to channels' messages too."""
    return event.get("channel_type") == "im"


def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """An error that no surface has told its user of: logged under a mark that a command's user is given."""
    text = f"Something went wrong. Tell the people who run me this mark: {log_error(error, 'bolt')}"
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": text})
    return BoltResponse(status=200, body="")
