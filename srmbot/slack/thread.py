"""The first message of a thread: read where the bot may, and turned into text with all its cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

# Errors that mean "not allowed to look", and not that something is broken.
MAY_NOT = frozenset(
    """missing_scope not_in_channel channel_not_found no_permission not_allowed_token_type thread_not_found""".split()
)
TEXT_FIELDS = ("pretext", "title", "text")  # of an attachment, in the order they are read


@dataclass(frozen=True, slots=True)
class Parent:
    """The first message of a thread; `text` is None where it could not be read."""

    text: str | None


def read_message(client: WebClient, channel: str, thread_ts: str) -> Parent:
    """Read the first message of a thread.

    Asks for the one message in the channel's history first, which every kind of channel allows; then for the thread.

    Raises:
        SlackApiError: for anything but a missing permission.
    """
    try:
        seen = client.conversations_history(channel=channel, latest=thread_ts, inclusive=True, limit=1)
        messages = pick_message(seen, thread_ts)
        if not messages:
            messages = pick_message(client.conversations_replies(channel=channel, ts=thread_ts, limit=1), thread_ts)
    except SlackApiError as fault:
        if fault.response.get("error") in MAY_NOT:
            return Parent(None)
        raise
    return Parent(message_text(messages[0]) if messages else None)


def pick_message(response: SlackResponse, thread_ts: str) -> list[dict[str, Any]]:
    """Pick the first message of the thread, if it is among those that came."""
    messages: list[dict[str, Any]] = response.get("messages", [])
    return [message for message in messages if message.get("ts") == thread_ts]


def message_text(message: dict[str, Any]) -> str:
    """Collect what a person reads in a message: its text, its blocks, its attachments, each once."""
    lines = [message.get("text") or ""]
    lines += block_texts(message.get("blocks") or [])
    for attachment in message.get("attachments") or []:
        lines += [attachment.get(name) or "" for name in TEXT_FIELDS]
        lines += [f"{field.get('title', '')} {field.get('value', '')}" for field in attachment.get("fields") or []]
        lines += block_texts(attachment.get("blocks") or [])
        if not any(attachment.get(name) for name in TEXT_FIELDS):
            lines.append(attachment.get("fallback") or "")
    kept: list[str] = []
    for line in filter(str.strip, lines):
        if not any(line in other for other in kept):
            kept.append(line)
    return "\n".join(kept)


def block_texts(node: Any) -> Iterator[str]:
    """Find every text inside blocks, however deep, except the labels of buttons."""
    if isinstance(node, list):
        for item in node:
            yield from block_texts(item)
    elif isinstance(node, dict) and node.get("type") not in ("actions", "button", "context_actions"):
        if node.get("type") == "rich_text_section":
            yield "".join(str(part.get("text", "")) for part in node.get("elements", []))
            return
        for name, value in node.items():
            if name == "text" and isinstance(value, str):
                yield value
            elif isinstance(value, (dict, list)):
                yield from block_texts(value)
