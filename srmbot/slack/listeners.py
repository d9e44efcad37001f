"""App -> its listeners: what of Slack is answered where, and when it is acknowledged."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from srmbot.render import views
from srmbot.render.addition import ADD_FORM
from srmbot.render.blocks import Action
from srmbot.render.feedback import WRONG_FORM
from srmbot.render.tip_form import CALLBACK
from srmbot.slack.agent_pane import is_pane, on_pane
from srmbot.slack.choice import on_choice, on_topic
from srmbot.slack.details import on_details, on_elsewhere
from srmbot.slack.error_reports import log_errors
from srmbot.slack.feedback import on_feedback, on_wrong_form
from srmbot.slack.home import is_home, on_entry, on_home_topic, on_search, on_service
from srmbot.slack.install import lifecycle
from srmbot.slack.install.workspaces import Workspaces
from srmbot.slack.maintainers.addition import on_add, on_add_form
from srmbot.slack.mentions import on_message
from srmbot.slack.own import is_deletion, on_anew, on_deleted, on_own
from srmbot.slack.passing import on_ask_team, on_share
from srmbot.slack.question_form import on_another, on_ask, on_example, on_question
from srmbot.slack.request import Payload, Request
from srmbot.slack.runtime import Runtime
from srmbot.slack.shortcut import on_shortcut
from srmbot.slack.slash import on_slash
from srmbot.slack.tips.buttons import on_tip_entry, on_tip_form, on_tip_less
from srmbot.slack.welcome import is_own_joining, on_home_opened, on_joined
from srmbot.slack.workflow_step import STEP, on_step

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


def register(app: App, runtime: Runtime) -> None:
    """Register every surface: what is used most comes first, because Bolt tries the listeners one after another."""
    listen_to_questions(app, runtime)
    listen_to_answers(app, runtime)
    listen_to_feedback(app, runtime)
    listen_to_home(app, runtime)
    within, after, opening = (partial(make, runtime) for make in (within_response, after_response, without_waiting))
    app.action(Action.TIP_ENTRY.value)(after("tip", on_tip_entry))
    app.action(Action.TIP_LESS.value)(opening("tip", on_tip_less))
    app.view(CALLBACK)(within("tip_form", on_tip_form))
    app.shortcut(SHORTCUT)(after("shortcut", on_shortcut))
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


def listen_to_questions(app: App, runtime: Runtime) -> None:
    """Register where people ask by writing."""
    within, after = partial(within_response, runtime), partial(after_response, runtime)
    app.command(re.compile(".*"))(within("slash", on_slash))  # an app's owner may have given it another name
    app.event("app_mention")(after("mention", on_message))
    app.event("message", matchers=[is_deletion])(after("deleted", on_deleted))
    app.event("message", matchers=[in_direct_message])(after("direct", on_message))
    app.event("message", matchers=[mentions_in_group])(after("mention", on_message))


def listen_to_answers(app: App, runtime: Runtime) -> None:
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


def listen_to_feedback(app: App, runtime: Runtime) -> None:
    """Register what people say of an answer, and what maintainers make of it."""
    within, opening = partial(within_response, runtime), partial(without_waiting, runtime)
    app.action(Action.ADD.value)(opening("add", on_add))
    app.view(ADD_FORM)(within("add_form", on_add_form))
    app.action(Action.FEEDBACK.value)(opening("feedback", on_feedback))
    app.action(Action.WRONG.value)(opening("feedback", on_feedback))
    app.view(WRONG_FORM)(within("wrong_form", on_wrong_form))


def listen_to_home(app: App, runtime: Runtime) -> None:
    """Register the Home tab and its controls."""
    after, opening = partial(after_response, runtime), partial(without_waiting, runtime)
    app.event("app_home_opened", matchers=[is_home])(after("home", on_home_opened))
    app.action(Action.SEARCH.value)(opening("search", on_search))
    app.action(re.compile(f"^{Action.SERVICE}:"))(opening("service", on_service))
    app.action(re.compile(f"^{Action.ENTRY}:"))(opening("entry", on_entry))
    app.action(Action.HOME_TOPIC.value)(after("home_topic", on_home_topic))


def acknowledge_the_rest(app: App) -> None:
    """Acknowledge what no other listener takes."""
    # Bolt answers 404 where no listener fits; Slack then sends an event again, or shows the user that it failed.
    anything: list[Callable[..., Any]] = [app.event(re.compile(".*")), app.action(re.compile(".*"))]
    anything += [app.options(re.compile(".*")), app.view(re.compile(".*")), app.shortcut(re.compile(".*"))]
    anything += [app.view_closed(re.compile(".*"))]
    for listen in anything:
        listen(acknowledge)


def listen_for_the_end(app: App, workspaces: Workspaces, runtime: Runtime) -> None:
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
