"""A mention or a direct message -> its answer in the thread below it.

A message is understood from the turns before it; a mention without a question of its own answers the last one that
asks. Direct messages are answered in a thread too, as Slack's agent view shows conversations; those that follow each
other without a long pause are one conversation.
"""

from __future__ import annotations

from functools import partial

from srmbot.commands import resolve
from srmbot.commands.command import Invocation, Private, Reply
from srmbot.render.tip import Tip
from srmbot.slack.earlier import earlier_turns
from srmbot.slack.edits import as_edited, edited_event
from srmbot.slack.message import as_message, send_message
from srmbot.slack.outcomes import sending
from srmbot.slack.post import update
from srmbot.slack.request import Payload, Request
from srmbot.slack.thread import is_from_person

SOON = 2  # seconds in which an answer is posted
UNREADABLE = (
    "I can't read this thread: I'm not in this channel, or can't see its history."
    " Invite me, ask in your own words, or use the shortcut “Who owns this?” on that message."
)


def on_message(request: Request) -> None:
    """Answer a message that is meant for the bot, a `mention` or a `direct` one; change the answer to an edited one."""
    if event := edited_event(request.event):
        on_edit(as_edited(request, event))
    elif is_from_person(request.event) and is_new_message(request):
        answer_message(request)


def answer_message(request: Request) -> None:
    """Answer a message in its thread."""
    request.deliver(lambda: make_reply(request), lambda reply: send_reply(request, reply))


def on_edit(request: Request) -> None:
    """Change the answer to an edited question; where an edit has added the mention, there is none yet.

    What was answered before this process began is not known, so that an edit of what is older changes nothing.
    """
    event, runtime = request.event, request.runtime
    if not runtime.seen.is_first(f"{event['channel']}/{event['ts']}/{event['edited']['ts']}"):
        return
    if runtime.posted.find(event["channel"], event["ts"]):
        change_answer(request)
    elif request.surface == "mention" and float(event["ts"]) > runtime.began and is_new_message(request):
        answer_message(request)
    else:
        runtime.later.run_after(SOON, lambda: change_answer(request))  # its first answer may be on its way


def change_answer(request: Request) -> None:
    """Answer a question that has changed, in the place of the answer that it got, if any; run no subcommand again."""
    event, text = request.event, request.event.get("text") or ""
    posted = request.runtime.posted.find(event["channel"], event["ts"])
    asked = resolve(request.known, without_mentions(text), in_thread=is_in_thread(event))
    if posted is None or posted.asked == hash(text) or isinstance(asked, Invocation):
        return

    def change(reply: Reply) -> None:
        send_message(reply, partial(update, request.client, channel=event["channel"], ts=posted.ts))
        request.runtime.posted.note(event["channel"], event["ts"], text, posted.ts)

    request.deliver(lambda: make_reply(request), change, tell=lambda text: None)  # the answer that it has stays


def is_new_message(request: Request) -> bool:
    """Whether nobody has taken the message on, here or in another process.

    One claim, and one for the message: an event that comes twice has the same message, and one message may come as
    several events. Of two claims each process might get one, and then nobody would answer.
    """
    return request.runtime.seen.is_first(f"{request.event['channel']}/{request.event['ts']}")


def make_reply(request: Request) -> Reply:
    """Answer a message, with what was said before it where its own words are not enough.

    Raises:
        SlackApiError: that cannot be read, for another reason than a missing permission.
    """
    event = request.event
    in_thread = is_in_thread(event)
    asked = resolve(request.known, without_mentions(event.get("text") or ""), in_thread=in_thread)
    follows = in_thread or request.surface == "direct"
    if not follows or isinstance(asked, Invocation) or not asked.needs_thread:
        return asked.reply(request.requester)
    turns = earlier_turns(request)
    if turns is None and asked.is_empty:
        return UNREADABLE
    return asked.reply(request.requester, turns or ())


def is_in_thread(event: Payload) -> bool:
    """Whether a message is a reply in a thread."""
    return event.get("thread_ts") not in (None, "", event["ts"])


def send_reply(request: Request, reply: Reply) -> None:
    """Post a reply in the thread; a sample tip, and what is private, is shown to the requester alone.

    Raises:
        SlackApiError: Slack refuses it.
    """
    if isinstance(reply, (Tip, Private)) and request.surface == "mention":
        who = request.requester
        with sending():
            request.client.chat_postEphemeral(channel=who.channel, user=who.user, **as_message(reply))
        return
    ts, event = request.post_in_thread(reply), request.event
    request.runtime.posted.note(event["channel"], event["ts"], event.get("text") or "", ts)


def without_mentions(text: str) -> str:
    """Remove the mentions at the beginning of a text, so that a subcommand is its first word."""
    while text.lstrip().startswith("<@"):
        text = text.lstrip().partition(">")[2]
    return text.strip()
