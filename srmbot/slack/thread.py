"""What was said before a message, read where the bot may: its thread, or the direct messages just before it."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from srmbot.slack.message_text import Message

# Errors that mean "not allowed to look", and not that something is broken.
MAY_NOT = frozenset(
    """missing_scope not_in_channel channel_not_found no_permission not_allowed_token_type thread_not_found""".split()
)
# Those with which a thread may not be read, and its first message may: Slack's pages disagree about bots.
NO_THREADS = frozenset(("no_permission", "not_allowed_token_type"))
PAGE, PAGES = 200, 5  # messages in one call, as many as Slack advises; and calls for one thread
RECENT_MESSAGES = 15  # direct messages that are looked at; some apps get no more at once
CONVERSATION_PAUSE = 10 * 60  # seconds after which a direct message begins a new conversation


def read_thread(client: WebClient, channel: str, thread_ts: str, before: str) -> Sequence[Message] | None:
    """Read a thread: its first message, and what people wrote below it.

    Args:
        client: the Web API.
        channel: where the thread is.
        thread_ts: its first message's ts.
        before: the ts of a message; only older ones are read.

    Returns:
        The messages, oldest first; None where they may not be read.

    Raises:
        SlackApiError: for anything but a missing permission.
    """
    try:
        messages = read_pages(client, channel, thread_ts, before)
    except SlackApiError as fault:
        if fault.response.get("error") not in MAY_NOT:
            raise
        messages = read_first(client, channel, thread_ts) if fault.response.get("error") in NO_THREADS else []
    said = [each for each in messages if each["ts"] < before and (each["ts"] == thread_ts or is_from_person(each))]
    return said or None


def read_pages(client: WebClient, channel: str, thread_ts: str, before: str) -> list[Message]:
    """Read a thread page by page: Slack gives the oldest messages first. Some apps get one page a minute; it has to do.

    Raises:
        SlackApiError: the first page is refused.
    """
    found: dict[str, Message] = {}
    cursor = None
    for _ in range(PAGES):
        try:
            got = client.conversations_replies(
                channel=channel, ts=thread_ts, latest=before, limit=PAGE, **({"cursor": cursor} if cursor else {})
            )
        except SlackApiError:
            if not found:
                raise
            break
        found |= {each["ts"]: each for each in messages_in(got)}
        cursor = (got.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            break
    return [found[ts] for ts in sorted(found)]


def read_first(client: WebClient, channel: str, thread_ts: str) -> list[Message]:
    """Read a thread's first message alone, from its channel; nothing where that may not be read either.

    Raises:
        SlackApiError: for anything but a missing permission.
    """
    try:
        got = client.conversations_history(channel=channel, latest=thread_ts, inclusive=True, limit=1)
    except SlackApiError as fault:
        if fault.response.get("error") in MAY_NOT:
            return []
        raise
    return [each for each in messages_in(got) if each.get("ts") == thread_ts]


def read_direct(client: WebClient, channel: str, before: str) -> Sequence[Message]:
    """Read the direct messages of the conversation that a message belongs to: those before it without a long pause.

    Returns:
        What people wrote, oldest first.

    Raises:
        SlackApiError: Slack refuses it.
    """
    got = client.conversations_history(channel=channel, latest=before, limit=RECENT_MESSAGES)
    found: list[Message] = []
    later = float(before)
    for each in filter(is_from_person, messages_in(got)):
        if later - float(each["ts"]) > CONVERSATION_PAUSE:
            break
        later = float(each["ts"])
        found.append(each)
    return found[::-1]


def messages_in(response: SlackResponse) -> list[Message]:
    """The messages that Slack gives, in its order."""
    messages: list[Message] = response.get("messages", [])
    return messages


def is_from_person(message: Message) -> bool:
    """Whether a person wrote it just now: no bot, no edit, no notice of Slack's own."""
    return not message.get("bot_id") and message.get("subtype") in (None, "thread_broadcast", "file_share")
