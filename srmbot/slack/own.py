"""What the asker alone may do with the bot's answer in a channel: take it back, or ask in other words in its place.

An answer also goes when its question is deleted, as far as Slack tells of that: always in direct messages, in channels
where the app is subscribed to their messages.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from typing import Any

from slack_bolt import Ack
from slack_sdk.errors import SlackApiError

from srmbot.answer import Answer
from srmbot.commands.command import Private
from srmbot.query import clean
from srmbot.render import views
from srmbot.render.message import ANEW, Setting
from srmbot.slack.choice import place_of
from srmbot.slack.clicked import carried_by, chosen_option
from srmbot.slack.error_reports import report_errors
from srmbot.slack.message import send_message
from srmbot.slack.post import respond
from srmbot.slack.question_form import ONCE, read_form
from srmbot.slack.request import Request
from srmbot.slack.retry import run_with_retry

NOT_YOURS = "Only the person who asked can do that."
DELETED = "message_deleted"


def on_own(request: Request) -> None:
    """Take the answer back, or open the form for another question in its place."""
    doing, _, asker = chosen_option(request.action).partition(":")
    place = place_of(request)
    if asker != request.requester.user:
        run_with_retry(request.surface, lambda: place.tell(NOT_YOURS), place.tell, request.runtime.later)
        return
    work = partial(open_form, request) if doing == ANEW else partial(take_back, request)
    run_with_retry(request.surface, work, place.tell, request.runtime.later, ONCE)


def take_back(request: Request) -> None:
    """Delete the answer that was clicked, through the click's response_url: the bot need not be a member."""
    respond(request.response_url, delete_original=True)
    request.runtime.posted.forget(request.requester.channel, str(request.container.get("message_ts", "")))


def open_form(request: Request) -> None:
    """Open the form with the question in it; it carries where the answer is to go."""
    carried = carried_by(request)
    kept = {"url": request.response_url, "internal": bool(carried and carried.internal)}
    question = clean(carried.question) if carried else ""
    request.open_modal(views.question_form(request.known.knowledge, question, json.dumps(kept)))


def on_anew(request: Request, ack: Ack) -> None:
    """Take the form, which closes; the new answer takes the place of the old one."""
    refuse = partial(ack, response_action="errors")
    with report_errors(request.surface, lambda text: refuse(errors={views.QUESTION: text})):
        asked = read_form(request)
        if asked is None:
            refuse(errors={views.QUESTION: views.BLANK})
            return
        make_reply, _ = asked
        kept: dict[str, Any] = json.loads(request.body["view"]["private_metadata"])
        ack()
        setting = Setting(asker=request.requester.user, internal=bool(kept["internal"]))
        send = partial(respond, str(kept["url"]), replace_original=True)

        def show(reply: Answer | str) -> None:
            if isinstance(reply, Private):
                request.post_direct(reply)  # the answer stands where others read it
            else:
                send_message(reply, send, setting)

        request.runtime.submit(request.deliver, make_reply, show, request.post_direct)


def on_deleted(request: Request) -> None:
    """Delete the answer to a question that was deleted, if it is known here."""
    channel, ts = str(request.event.get("channel", "")), str(request.event.get("deleted_ts", ""))
    posted = request.runtime.posted.find(channel, ts)
    if posted is None:
        return
    request.runtime.posted.forget(channel, posted.ts)
    with suppress(SlackApiError, OSError):  # it may be gone already
        request.client.chat_delete(channel=channel, ts=posted.ts)


def is_deletion(event: dict[str, Any]) -> bool:
    """Whether an event tells of a message that was deleted."""
    return event.get("subtype") == DELETED
