"""A mention or a direct message -> its answer in the thread below it.

A message is understood from what it hands over and from the turns before it; a mention without a question of its own
answers the last one that asks. Direct messages are answered in a thread too, as Slack's agent view shows conversations;
those that follow each other without a long pause are one conversation.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from zlib import crc32

from slack_sdk.errors import SlackApiError

from srmbot.answer import Answer
from srmbot.commands import resolve
from srmbot.commands.command import AnyReply, Invocation, Private, Question
from srmbot.render.blocks import section
from srmbot.render.message import team_mrkdwn
from srmbot.render.tip import Tip
from srmbot.render.words import TEAM
from srmbot.slack.bots import is_from_bot
from srmbot.slack.earlier import earlier_turns, viewed_turns
from srmbot.slack.edits import as_edited, edited_event
from srmbot.slack.mails import with_mails
from srmbot.slack.message import as_message, send_message
from srmbot.slack.message_text import handed_over
from srmbot.slack.outcomes import sending
from srmbot.slack.post import update
from srmbot.slack.request import Payload, Request
from srmbot.slack.thread import is_from_person

OUTSIDER_TIPS = "Only people of my own workspace can change its daily tips."
SOON = 2  # seconds in which an answer is posted
UNREADABLE_THREAD = (
    "I can't read this thread: I'm not in this channel, or can't see its history."
    " Invite me, ask in your own words, or use the shortcut “Who owns this?” on that message."
)


def on_message(request: Request) -> None:
    """Answer a message that is meant for the bot, a `mention` or a `direct` one; change the answer to an edited one."""
    if event := edited_event(request.event):
        on_edit(as_edited(request, event))
    elif is_from_person(request.event) and is_new_message(request):
        answer_message(request)
    elif request.surface == "mention" and is_from_bot(request.event) and is_new_message(request):
        answer_bot(request)


def answer_bot(request: Request) -> None:
    """Answer a bot, such as a workflow, if it may ask, and has not been answered too often."""
    if request.runtime.bots.admits(request.event, str(request.body.get("api_app_id") or "")):
        answer_message(request)


def answer_message(request: Request) -> None:
    """Answer a message in its thread."""
    request.deliver(lambda: make_reply(request), lambda reply: send_reply(request, reply), tell=request.tell_in_thread)


def on_edit(request: Request) -> None:
    """Change the answer to an edited question; where an edit has added the mention, there is none yet.

    What was answered before this process began is not known, so that an edit of what is older changes nothing.
    """
    event, runtime = request.event, request.runtime
    # Slack gives the second of an edit, and two may share one: the text tells them apart.
    version = f"{event['edited']['ts']}/{crc32((event.get('text') or '').encode()):08x}"
    if not runtime.seen.is_first(f"{event['channel']}/{event['ts']}/{version}"):
        return
    if runtime.posted.find(event["channel"], event["ts"]):
        change_answer(request)
    elif request.surface == "mention" and float(event["ts"]) > runtime.began and is_new_message(request):
        answer_message(request)
    else:
        runtime.later.run_after(SOON, lambda: change_answer(request))  # its first answer may be on its way


def change_answer(request: Request) -> None:
    """Answer a question that has changed, in the place of the answer that it got, if any; run no subcommand again."""
    event, text, posted = request.event, request.event.get("text") or "", request.runtime.posted
    held = posted.find(event["channel"], event["ts"])
    asked = resolve(request.known, without_mentions(text), in_thread=is_in_thread(event))
    if held is None or held.asked == hash(text) or isinstance(asked, Invocation):
        return
    posted.note(event["channel"], event["ts"], text, held.ts)  # now: the next edit may come before the answer is out

    def change(reply: AnyReply) -> None:
        newest = posted.find(event["channel"], event["ts"])
        if newest is not None and newest.asked == hash(text):  # nobody has edited it again meanwhile
            send_message(reply, partial(update, request.client, channel=event["channel"], ts=held.ts), request.setting)

    request.deliver(lambda: make_reply(request), change, tell=lambda text: None)  # the answer that it has stays


def is_new_message(request: Request) -> bool:
    """Whether nobody has taken the message on, here or in another process.

    One claim, and one for the message: an event that comes twice has the same message, and one message may come as
    several events. Of two claims each process might get one, and then nobody would answer.
    """
    return request.runtime.seen.is_first(f"{request.event['channel']}/{request.event['ts']}")


def make_reply(request: Request) -> AnyReply:
    """Answer a message, with what it hands over and what was said before it where its own words are not enough.

    Raises:
        SlackApiError: that cannot be read, for another reason than a missing permission.
    """
    event = request.event
    in_thread, handed = is_in_thread(event), handed_over(with_mails(request.client, event))
    asked = read_message(request, in_thread=in_thread or bool(handed))
    if isinstance(asked, Invocation) and asked.command.name == "tips" and not request.is_insider:
        return OUTSIDER_TIPS
    follows = in_thread or bool(handed) or request.surface == "direct"
    if not follows or isinstance(asked, Invocation) or not asked.needs_thread:
        return asked.reply(request.requester)
    reply = asked.reply(request.requester, handed) if handed else None
    if reply is not None and (reply.answered or not in_thread):
        return reply  # what is handed over with a question is what it is about
    viewed = viewed_turns(request) if asked.is_empty and not in_thread else []
    turns = viewed or earlier_turns(request)
    if turns is None and asked.is_empty and not handed:
        return UNREADABLE_THREAD
    return asked.reply(request.requester, [*(turns or ()), *handed])


def read_message(request: Request, *, in_thread: bool) -> Invocation | Question:
    """Read what a message says. A bot may only ask: subcommands are for people.

    Args:
        request: with the message.
        in_thread: something was said before it, or is handed over with it.
    """
    known, words = request.known, without_mentions(request.event.get("text") or "")
    if is_from_bot(request.event):
        return Question(known, known.read(words))
    return resolve(known, words, in_thread=in_thread)


def is_in_thread(event: Payload) -> bool:
    """Whether a message is a reply in a thread."""
    return event.get("thread_ts") not in (None, "", event["ts"])


def send_reply(request: Request, reply: AnyReply) -> None:
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
    name_team(request, reply)


def name_team(request: Request, reply: AnyReply) -> None:
    """Name the team to the asker alone, where others read along and the answer names none; where that fails, nobody."""
    team = reply.team if isinstance(reply, Answer) else None
    if team is None or request.is_internal or not request.is_insider:
        return
    said = f"{TEAM}: {team_mrkdwn(team)}"
    who = request.requester
    with suppress(SlackApiError, OSError):
        request.client.chat_postEphemeral(
            channel=who.channel, user=who.user, thread_ts=request.thread_ts, text=said, blocks=[section(said)]
        )


def without_mentions(text: str) -> str:
    """Remove the mentions at the beginning of a text, so that a subcommand is its first word."""
    while text.lstrip().startswith("<@"):
        text = text.lstrip().partition(">")[2]
    return text.strip()
