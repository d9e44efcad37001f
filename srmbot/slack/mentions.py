"""A mention or a direct message -> its answer in the thread below it.

A mention without a question of its own answers the thread's first message. Direct messages are answered in a
thread too, as Slack's agent view shows conversations.
"""

from __future__ import annotations

from srmbot.commands import resolve
from srmbot.commands.command import Invocation, Reply
from srmbot.render.tip import Tip
from srmbot.slack.message import as_message
from srmbot.slack.outcomes import sending
from srmbot.slack.request import Payload, Request
from srmbot.slack.thread import read_message

UNREADABLE = (
    "I can't read the first message of this thread: I'm not in this channel, or can't see its history."
    " Invite me, ask in your own words, or use the shortcut “Who owns this?” on that message."
)


def on_message(request: Request) -> None:
    """Answer a message that is meant for the bot: a `mention`, or a `direct` one."""
    if is_from_person(request.event) and is_new_message(request):
        request.deliver(lambda: make_reply(request), lambda reply: send_reply(request, reply))


def is_from_person(event: Payload) -> bool:
    """Whether a person wrote it just now: no bot, no edit, no notice of Slack's own."""
    return not event.get("bot_id") and event.get("subtype") in (None, "thread_broadcast", "file_share")


def is_new_message(request: Request) -> bool:
    """Whether nobody has taken the message on, here or in another process.

    One claim, and one for the message: an event that comes twice has the same message, and one message may come as
    several events. Of two claims each process might get one, and then nobody would answer.
    """
    return request.runtime.seen.is_first(f"{request.event['channel']}/{request.event['ts']}")


def make_reply(request: Request) -> Reply:
    """Answer a message, with the thread's first message where its own words are not enough.

    Raises:
        SlackApiError: the first message cannot be read, for another reason than a missing permission.
    """
    event = request.event
    parent_ts = event.get("thread_ts") or ""
    in_thread = parent_ts not in ("", event["ts"])
    asked = resolve(request.known, without_mentions(event.get("text") or ""), in_thread=in_thread)
    if not in_thread or isinstance(asked, Invocation) or not asked.needs_thread:
        return asked.reply(request.requester)
    parent = read_message(request.client, event["channel"], parent_ts).text
    if parent is None and asked.is_empty:
        return UNREADABLE
    return asked.reply(request.requester, [parent] if parent else [])


def send_reply(request: Request, reply: Reply) -> None:
    """Post a reply in the thread; a sample tip is shown to the requester alone.

    Raises:
        SlackApiError: Slack refuses it.
    """
    if isinstance(reply, Tip) and request.surface == "mention":
        who = request.requester
        with sending():
            request.client.chat_postEphemeral(channel=who.channel, user=who.user, **as_message(reply))
    else:
        request.post_in_thread(reply)


def without_mentions(text: str) -> str:
    """Remove the mentions at the beginning of a text, so that a subcommand is its first word."""
    while text.lstrip().startswith("<@"):
        text = text.lstrip().partition(">")[2]
    return text.strip()
