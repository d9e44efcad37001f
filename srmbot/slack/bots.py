"""A mention by a bot -> whether it is answered: only bots that are allowed to ask, and never so often that two go on.

A loop is a chain in which each message is caused by the one before it. It ends with the first mention that gets no
answer, because nothing is posted that another bot could react to. Two rules make sure that one comes:

- in a thread, one bot's mention is answered, once;
- in a channel, so many bots' mentions are answered within a window of time.

People are not counted.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection
from typing import Any

Event = dict[str, Any]  # as Slack gives it

ALL, WORKFLOWS = "all", "workflows"  # what may stand for the bots that may ask
MOST_BOT_ANSWERS, WINDOW = 10, 3600.0  # answers to bots in one channel, and the seconds in which these are counted
KEPT_CONVERSATIONS = 10_000  # threads and channels that are remembered

log = logging.getLogger("srmbot.slack")


def is_from_bot(event: Event) -> bool:
    """Whether a bot has posted a message: an app's, or a workflow's, which has no user."""
    return bool(event.get("bot_id")) and event.get("subtype") in (None, "bot_message")


def may_ask(event: Event, allowed: Collection[str]) -> bool:
    """Whether a bot is one of those that may ask.

    Args:
        event: what it posted.
        allowed: bot and app IDs, `workflows` for those of Workflow Builder, or `all`.
    """
    profile = event.get("bot_profile") or {}
    kind = {WORKFLOWS} if profile.get("is_workflow_bot") else set()
    names = {ALL, event.get("bot_id"), event.get("app_id"), profile.get("app_id")} | kind
    return not names.isdisjoint(allowed)


class AnsweredBots:
    """Which bots were answered where, in one process. Safe to use from many threads."""

    def __init__(self, allowed: Collection[str] = (WORKFLOWS,), now: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody answered.

        Args:
            allowed: which bots may ask; see `may_ask`.
            now: gives seconds.
        """
        self.allowed, self.now = frozenset(allowed), now
        self.lock = threading.Lock()
        self.threads: OrderedDict[tuple[str, str], None] = OrderedDict()
        self.channels: OrderedDict[str, deque[float]] = OrderedDict()

    def admits(self, event: Event, own_app: str) -> bool:
        """Whether a bot's mention is to be answered; if so, it counts as answered.

        Args:
            event: the mention.
            own_app: the ID of our own app, which never asks.
        """
        why = None
        if event.get("app_id") == own_app or not may_ask(event, self.allowed):
            why = "not_allowed"
        elif not self.has_turn(event["channel"], event.get("thread_ts") or event["ts"]):
            why = "too_often"
        if why:
            log.info("bot_ignored", extra={"bot": event.get("bot_id"), "channel": event["channel"], "what": why})
        return why is None

    def has_turn(self, channel: str, thread_ts: str) -> bool:
        """Whether a bot may still be answered in a thread and a channel; if so, note it."""
        with self.lock:
            times, now = self.channels.setdefault(channel, deque()), self.now()
            while times and times[0] <= now - WINDOW:
                times.popleft()
            if (channel, thread_ts) in self.threads or len(times) >= MOST_BOT_ANSWERS:
                return False
            times.append(now)
            self.threads[channel, thread_ts] = None
            self.channels.move_to_end(channel)
            forget_oldest(self.threads)
            forget_oldest(self.channels)
            return True


def forget_oldest(held: OrderedDict[Any, Any]) -> None:
    """Keep no more than so many."""
    while len(held) > KEPT_CONVERSATIONS:
        held.popitem(last=False)
