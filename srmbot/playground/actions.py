"""What a person does on the page -> done in the stand-in, and what the page is to know of it at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from srmbot.fake_slack import Delivery, Said, User, View
from srmbot.fake_slack.model import BOT_USER
from srmbot.fake_slack.payloads import view_context
from srmbot.playground.compose import compose
from srmbot.playground.inspector import inspect, message_of, nearest_examples
from srmbot.playground.sample_workspace import WORKFLOW
from srmbot.playground.session import Session
from srmbot.slack.message_text import message_text
from srmbot.slack.workflow_step import STEP

Json = dict[str, Any]
Act = Callable[[Session, User, Json], Json]

COMPOSER_LIMIT = 12_000  # characters that Slack's composer takes
STEP_PATIENCE = 10.0  # seconds that a workflow waits for the bot's step
LONGEST_ADVANCE = 120 * 24 * 3600  # seconds that the clock may be moved at once


def say(room: Session, user: User, body: Json) -> Json:
    """A message, or a command where it begins with a slash."""
    text, thread = str(body.get("text", "")).strip(), body.get("thread_ts") or None
    if not text or len(text) > COMPOSER_LIMIT:
        raise LookupError(f"a message must have 1 to {COMPOSER_LIMIT} characters")
    channel = room.slack.in_channel(str(body.get("channel")))
    if text.startswith("/"):
        return slash(room, user, channel.id, text) if thread is None else {"notice": no_thread(text)}
    said = room.slack.say(compose(text, room.people, room.channels), channel, thread, user)
    if not said.deliveries and f"<@{BOT_USER}>" in said.message.text and BOT_USER not in channel.members:
        return {"ts": said.ts, "thread": said.thread, "absent": True}
    return {"ts": said.ts, "thread": said.thread, "heard": bool(said.deliveries), "notice": refusal(said)}


def refusal(said: Said) -> str | None:
    """What the page says of a message that did not reach the app."""
    failed = next((each.failure for each in said.deliveries if not each.reached), "")
    return f"srmbot did not accept the message: {failed}." if failed else None


def slash(room: Session, user: User, channel: str, text: str) -> Json:
    """A command, if it is the app's."""
    name = text.split(maxsplit=1)[0]
    if name not in room.commands:
        return {"notice": f"{name} is not a command of this app. Try {', '.join(room.commands)}."}
    delivery = room.slack.slash(text, user, channel)
    return {"notice": f"{name} failed with the error “{delivery.failure}”." if delivery.failure else None}


def no_thread(text: str) -> str:
    """What Slack says to a command in a thread."""
    return f"{text.split(maxsplit=1)[0]} is not supported in threads. Mention @srmbot here instead."


def click(room: Session, user: User, body: Json) -> Json:
    """A click on a message's element, or a choice in it."""
    message = message_of(room, str(body.get("key")))
    return failure(room.slack.click(message, str(body.get("action_id")), body.get("value"), user))


def click_view(room: Session, user: User, body: Json) -> Json:
    """The same in a modal or on the Home tab."""
    view, values = view_of(room, user, body), body.get("values") or {}
    return failure(room.slack.click_view(view, str(body.get("action_id")), body.get("value"), values))


def submit(room: Session, user: User, body: Json) -> Json:
    """A modal is sent; what the app finds wrong comes back by block."""
    delivery = room.slack.submit(view_of(room, user, body), **(body.get("values") or {}))
    answered = json.loads(delivery.body) if delivery.acknowledged and delivery.body.startswith("{") else {}
    errors = answered.get("errors", {}) if answered.get("response_action") == "errors" else {}
    return {**failure(delivery), "errors": errors}


def close(room: Session, user: User, body: Json) -> Json:
    """A modal is closed without being sent."""
    return failure(room.slack.close(view_of(room, user, body)))


def view_of(room: Session, user: User, body: Json) -> View:
    """One of a person's own views. Raises LookupError."""
    view = room.slack.workspace.views.get(str(body.get("view")))
    if view is None or view.user != user.id:
        raise LookupError("that view is no longer open")
    return view


def shortcut(room: Session, user: User, body: Json) -> Json:
    """A shortcut: on a message, or one that belongs to none."""
    name = str(body.get("callback_id"))
    if body.get("key"):
        return failure(room.slack.message_shortcut(name, message_of(room, str(body["key"])), user))
    return failure(room.slack.global_shortcut(name, user))


def home(room: Session, user: User, body: Json) -> Json:
    """The Home or the messages tab is opened, the latter beside a channel that was looked at, if one is given."""
    beside = room.slack.workspace.channels.get(str(body.get("beside")))
    if beside is not None and beside.kind != "im" and user.id in beside.members:
        room.slack.workspace.in_view[user.id] = view_context(beside, None)
    return failure(room.slack.open_home(user, "messages" if body.get("tab") == "messages" else "home"))


def invite(room: Session, user: User, body: Json) -> Json:
    """The bot is brought into a channel."""
    return failure(room.slack.invite(str(body.get("channel")), user))


def advance(room: Session, user: User, body: Json) -> Json:
    """The clock is moved ahead, by seconds or to a moment; what is due is posted."""
    now = room.slack.clock.now()
    seconds = float(body["to"]) - now if body.get("to") else float(body.get("seconds", 0))
    if not 0 <= seconds <= LONGEST_ADVANCE:
        raise LookupError("the clock only moves forward, at most 120 days at a time")
    posted = room.slack.advance(seconds + 0.001)
    room.tips.replan()
    room.rounds.wake.set()
    room.slack.workspace.stir()
    return {"posted": [{"channel": each.channel, "ts": each.ts} for each in posted]}


def inspect_message(room: Session, user: User, body: Json) -> Json:
    """All that is known about a message or view of the bot's."""
    return {"nodes": inspect(room, str(body.get("key")))}


def nearest(room: Session, user: User, body: Json) -> Json:
    """The examples nearest to the question that a message answers; see the inspector."""
    return {"nodes": nearest_examples(room, str(body.get("key")))}


def forward(room: Session, user: User, body: Json) -> Json:
    """A message is forwarded to the bot."""
    said = room.slack.share(message_of(room, str(body.get("key"))), user=user)
    return {"channel": said.message.channel, "ts": said.ts, "notice": refusal(said)}


def edit(room: Session, user: User, body: Json) -> Json:
    """A person changes a message of their own."""
    message, text = message_of(room, str(body.get("key"))), str(body.get("text", "")).strip()
    if message.user != user.id or not text or len(text) > COMPOSER_LIMIT:
        raise LookupError("only a message of one's own can be changed, and not into nothing")
    return failure(room.slack.edit(message, compose(text, room.people, room.channels)))


def step(room: Session, user: User, body: Json) -> Json:
    """A workflow that begins with a message runs the bot's step, and says below the message what came of it."""
    message, slack = message_of(room, str(body.get("key"))), room.slack
    run = slack.run_step(STEP, question=message_text(message.as_json()))
    slack.wait(lambda: not run.is_running, STEP_PATIENCE)
    said = (
        f"*Owner: {run.outputs['owner']}*\n{run.outputs['answer']}" if run.outputs else f"The step failed: {run.error}"
    )
    workflow = next(each for each in slack.workspace.users.values() if each.name == WORKFLOW)
    thread = message.thread_ts or message.ts
    slack.post(said, message.channel, user=workflow.id, bot_id=f"B{workflow.id[1:]}", thread_ts=thread)
    return {"channel": message.channel, "ts": thread}


def failure(delivery: Delivery | None) -> Json:
    """What the page says when the app did not take something."""
    if delivery is None or not delivery.failure:
        return {}
    return {"notice": f"srmbot failed, or did not answer in time: {delivery.failure}."}


ACTIONS: dict[str, Act] = {
    "advance": advance,
    "click": click,
    "click_view": click_view,
    "close": close,
    "edit": edit,
    "forward": forward,
    "home": home,
    "inspect": inspect_message,
    "invite": invite,
    "nearest": nearest,
    "say": say,
    "shortcut": shortcut,
    "step": step,
    "submit": submit,
}
