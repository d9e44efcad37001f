"""A mention or a direct message -> its answer in the thread below it.

A message is understood from the turns before it; a mention without a question of its own answers the last one that
asks. Direct messages are answered in a thread too, as Slack's agent view shows conversations; those that follow each
other without a long pause are one conversation.
"""

from __future__ import annotations

from srmbot.commands import resolve
from srmbot.commands.command import Invocation, Reply
from srmbot.render.tip import Tip
from srmbot.slack.earlier import earlier_turns
from srmbot.slack.message import as_message
from srmbot.slack.request import Request
from srmbot.slack.thread import is_from_person

UNREADABLE = (
    "I can't read this thread: I'm not in this channel, or can't see its history."
    " Invite me, ask in your own words, or use the shortcut “Who owns this?” on that message."
)


def on_message(request: Request) -> None:
    """Answer a message that is meant for the bot: a `mention`, or a `direct` one."""
    if is_from_person(request.event) and is_new_message(request):
        request.deliver(lambda: make_reply(request), lambda reply: send_reply(request, reply))


def is_new_message(request: Request) -> bool:
    """Whether neither the event nor its message was taken before: one message may come as several events."""
    event, seen = request.event, request.runtime.seen
    message = f"{event['channel']}/{event['ts']}"
    is_new_event = seen.is_first(request.body.get("event_id") or f"{message}/{event['type']}")
    return seen.is_first(message) and is_new_event


def make_reply(request: Request) -> Reply:
    """Answer a message, with what was said before it where its own words are not enough.

    Raises:
        SlackApiError: that cannot be read, for another reason than a missing permission.
    """
    event = request.event
    in_thread = event.get("thread_ts") not in (None, "", event["ts"])
    asked = resolve(request.known, without_mentions(event.get("text") or ""), in_thread=in_thread)
    follows = in_thread or request.surface == "direct"
    if not follows or isinstance(asked, Invocation) or not asked.needs_thread:
        return asked.reply(request.requester)
    turns = earlier_turns(request)
    if turns is None and asked.is_empty:
        return UNREADABLE
    return asked.reply(request.requester, turns or ())


def send_reply(request: Request, reply: Reply) -> None:
    """Post a reply in the thread; a sample tip is shown to the requester alone.

    Raises:
        SlackApiError: Slack refuses it.
    """
    if isinstance(reply, Tip) and request.surface == "mention":
        who = request.requester
        request.client.chat_postEphemeral(channel=who.channel, user=who.user, **as_message(reply))
    else:
        request.post_in_thread(reply)


def without_mentions(text: str) -> str:
    """Remove the mentions at the beginning of a text, so that a subcommand is its first word."""
    while text.lstrip().startswith("<@"):
        text = text.lstrip().partition(">")[2]
    return text.strip()
