"""What a person is looking at while they write to the bot, as Slack tells in events: a channel, a message."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

Event = dict[str, Any]  # as Slack gives it
KEPT_PEOPLE = 10_000  # people whose conversation with the bot is remembered
CHANNEL, MESSAGE = "slack#/types/channel_id", "slack#/types/message_context"


def entities(event: Event) -> list[Event]:
    """What is in view, what matters most first; nothing where Slack does not say."""
    context = event.get("app_context") or event.get("context") or {}
    return [each for each in context.get("entities") or [] if isinstance(each, dict)]


def channel_in_view(event: Event) -> str | None:
    """The channel that is looked at; None for none, and for the conversation with the bot itself."""
    return next((channel for channel in channels(event) if channel != event.get("channel")), None)


def channels(event: Event) -> Iterator[str]:
    """The channels in view, those of messages too."""
    for each in entities(event):
        value = each.get("value")
        if each.get("type") == CHANNEL and isinstance(value, str):
            yield value
        elif each.get("type") == MESSAGE and isinstance(value, dict) and value.get("channel_id"):
            yield str(value["channel_id"])


def message_in_view(event: Event) -> tuple[str, str] | None:
    """The channel and the ts of the message that is looked at; None for none."""
    for each in entities(event):
        value = each.get("value")
        if each.get("type") == MESSAGE and isinstance(value, dict) and value.get("message_ts"):
            return str(value.get("channel_id") or ""), str(value["message_ts"])
    return None


class Panes:
    """The conversation of each person with the bot, in one process: not every event names it."""

    def __init__(self) -> None:
        """Begin with nobody's."""
        self.lock = threading.Lock()
        self.held: OrderedDict[tuple[str, str], str] = OrderedDict()

    def find(self, team: str, user: str, channel: str) -> str:
        """The conversation: the one that is named, which is kept, else the one that was named before; or blank."""
        with self.lock:
            if channel:
                self.held[team, user] = channel
                self.held.move_to_end((team, user))
                while len(self.held) > KEPT_PEOPLE:
                    self.held.popitem(last=False)
            return channel or self.held.get((team, user), "")
