"""A message -> the turns of its conversation before it: read in Slack, else what is remembered of the thread."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.errors import SlackApiError

from srmbot.commands.conversation import keep_turns, subject_turn
from srmbot.slack.in_view import message_in_view
from srmbot.slack.mails import with_mails
from srmbot.slack.message_text import Message, message_text
from srmbot.slack.request import Request
from srmbot.slack.retry import retry_after
from srmbot.slack.thread import read_direct, read_thread


def earlier_turns(request: Request) -> Sequence[str] | None:
    """What was said before a message, oldest first; None where that is not known.

    Raises:
        SlackApiError: it cannot be read, for another reason than a missing permission; or Slack says to wait, and
            nothing is remembered.
    """
    try:
        messages = read_messages(request)
    except SlackApiError as fault:
        remembered = remembered_turns(request) if retry_after(fault) is not None else None
        if remembered is None:
            raise
        return remembered
    if messages is None:
        return remembered_turns(request)
    return turns_of(request, messages)


def viewed_turns(request: Request) -> list[str]:
    """What is said in the thread that a person looks at while they write to the bot, oldest first.

    Nothing where Slack does not say what is in view, or the bot cannot read it: then it is no such question.
    """
    viewed = message_in_view(request.event)
    if viewed is None or request.surface != "direct":
        return []
    channel, ts = viewed
    try:
        messages = read_thread(request.client, channel, ts, request.event["ts"])
    except SlackApiError:
        return []
    return turns_of(request, messages or ())


def read_messages(request: Request) -> Sequence[Message] | None:
    """The messages of the thread; of a direct message's, those too that led to it.

    Raises:
        SlackApiError: they cannot be read, for another reason than a missing permission.
    """
    event, client = request.event, request.client
    channel, ts = event["channel"], event["ts"]
    thread_ts = event.get("thread_ts") or ts
    thread = read_thread(client, channel, thread_ts, ts) if thread_ts != ts else []
    if request.surface != "direct" or thread is None:
        return thread
    return [*read_direct(client, channel, thread_ts), *thread]


def remembered_turns(request: Request) -> Sequence[str] | None:
    """What the thread was about last, as one turn; None where nothing is remembered."""
    subject = request.runtime.storage.recall_subject(request.requester, request.thread_ts)
    turn = subject_turn(subject, request.known.knowledge) if subject else None
    return [turn] if turn else None


def turns_of(request: Request, messages: Sequence[Message]) -> list[str]:
    """What a person reads in some messages, as far as a question is read with it."""
    return keep_turns(request.known, [message_text(with_mails(request.client, each)) for each in messages])
