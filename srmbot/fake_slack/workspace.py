"""The state of a stand-in workspace: people, channels, messages, what is scheduled. One lock, no network."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from .functions import Execution
from .journal import Journal, Step, key_of
from .model import (
    BOT_USER,
    PATIENCE,
    Channel,
    ChannelKind,
    Clock,
    Json,
    Message,
    RefusedCallError,
    ResponseUrl,
    Scheduled,
    Trigger,
    Upload,
    User,
    View,
)

NAMED_KINDS = ("public", "private")  # direct conversations go by people
DAY = 24 * 3600
SCHEDULE_AHEAD = 120 * DAY
SCHEDULE_WINDOW = 300  # seconds
SCHEDULE_MOST = 30  # messages in a channel in any window


class Pulse(threading.Condition):
    """A condition that counts how often it was notified, so that one who looks and then waits can miss nothing."""

    def __init__(self) -> None:
        super().__init__(threading.RLock())
        self.count = 0

    def notify_all(self) -> None:
        """Count, and wake all who wait."""
        self.count += 1
        super().notify_all()


class Workspace:
    """All that is known; every method takes the lock, so any thread may call any of them.

    `heard` is called, outside the lock, with what the bot did: "posted", "changed" or "deleted", and the message.
    """

    def __init__(self, clock: Clock, scopes: Iterable[str]) -> None:
        self.clock = clock
        self.scopes = set(scopes)
        self.lock = Pulse()
        self.users: dict[str, User] = {}
        self.groups: dict[str, set[str]] = {}  # members of user groups, by the group's id
        self.uploads: dict[str, Upload] = {}  # files that are being uploaded, or were
        self.files_url = ""  # where files are uploaded to
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}
        self.files: dict[str, Json] = {}  # by id: what files.info tells
        self.ephemeral: list[Message] = []
        self.scheduled: dict[str, Scheduled] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.triggers: dict[str, Trigger] = {}
        self.functions: dict[str, Json] = {}  # by callback_id, as the manifest defines them
        self.executions: dict[str, Execution] = {}
        self.statuses: list[Json] = []
        self.prompts: list[Json] = []
        self.in_view: dict[str, list[Json]] = {}  # by person: what is looked at beside the conversation with the bot
        self.complaints: list[str] = []  # what Slack would not have shown, or let pass with a warning
        self.heard: Callable[[str, Message], None] = lambda what, message: None
        self.journal = Journal()
        self.not_shown: set[str] = set()  # types of blocks that are refused: they come to one workspace after another
        self.list_lag = 0.0  # seconds that the list does not show a message after it was scheduled; a lie of Slack's
        self.given: dict[str, Step] = {}  # by id of a response URL: the delivery that gave it
        self._last_micro = 0
        self._in_second: Counter[int] = Counter()  # scheduled messages posted
        self._number = 0

    def next_id(self, letter: str) -> str:
        """An id of the workspace's own: a letter for its kind and a running number."""
        with self.lock:
            self._number += 1
            return f"{letter}{self._number:09d}"

    def next_ts(self, at: float | None = None) -> str:
        """A ts that no message has; each is later than the one before, save those of scheduled messages."""
        with self.lock:
            if at is not None:
                self._in_second[int(at)] += 1
                return f"{int(at)}.{self._in_second[int(at)]:06d}"
            self._last_micro = max(int(self.clock.now() * 1e6), self._last_micro + 1)
            return f"{self._last_micro // 10**6}.{self._last_micro % 10**6:06d}"

    def stir(self) -> None:
        """Wake who waits, to look again."""
        with self.lock:
            self.lock.notify_all()

    def complain(self, what: str) -> None:
        """Note what the app did wrong where Slack would not tell it."""
        with self.lock:
            self.complaints.append(what)
            self.lock.notify_all()

    # People and channels

    def add_user(self, name: str, tz: str = "Europe/London", tz_offset: int = 0) -> User:
        """A new person, a member of no channel."""
        user = User(self.next_id("U"), name, tz, tz_offset)
        with self.lock:
            self.users[user.id] = user
        return user

    def add_channel(self, name: str, kind: ChannelKind = "public", members: Iterable[str] = ()) -> Channel:
        """A new conversation with these members."""
        channel = Channel(self.next_id({"im": "D", "mpim": "G"}.get(kind, "C")), name, kind, set(members))
        with self.lock:
            self.channels[channel.id] = channel
            self.messages[channel.id] = []
        return channel

    def direct_channel(self, user: str) -> Channel:
        """The conversation of the bot with one person, opened if need be."""
        with self.lock:
            for channel in self.channels.values():
                if channel.kind == "im" and channel.members == {user, BOT_USER}:
                    return channel
            return self.add_channel("directmessage", "im", (user, BOT_USER))

    def channel(self, name: Any) -> Channel:
        """A channel by id, #name or a person's id (then the direct one). Raises RefusedError: channel_not_found."""
        with self.lock:
            if name in self.channels:
                return self.channels[name]
            if name in self.users:
                return self.direct_channel(name)
            plain = str(name).removeprefix("#")
            named = [each for each in self.channels.values() if each.name == plain and each.kind in NAMED_KINDS]
            if not named:
                raise RefusedCallError("channel_not_found")
            return named[0]

    # Messages

    def add(self, message: Message) -> Message:
        """Put a message in its place, among the ephemeral ones if it has a viewer, and tell who waits."""
        with self.lock:
            if message.viewer:
                self.ephemeral.append(message)
            else:
                self.messages[message.channel].append(message)
                self.messages[message.channel].sort(key=lambda each: each.ts)
            self.lock.notify_all()
        self.tell("posted", message)
        return message

    def change(self, message: Message, fields: Json) -> None:
        """Overwrite fields of a message."""
        with self.lock:
            for name, value in fields.items():
                setattr(message, name, value)
            self.lock.notify_all()
        self.tell("changed", message)

    def remove(self, message: Message) -> None:
        """Take a message away."""
        with self.lock:
            held = self.ephemeral if message.viewer else self.messages[message.channel]
            held[:] = [each for each in held if each is not message]
            self.lock.notify_all()
        self.tell("deleted", message)

    def tell(self, what: str, message: Message) -> None:
        """Let `heard` know, if it was the bot's doing and others can see it."""
        if message.user == BOT_USER and not message.viewer:
            self.heard(what, message)

    def find(self, channel: str, ts: Any) -> Message | None:
        """The message with that ts, ephemeral ones not among them."""
        with self.lock:
            return next((each for each in self.messages.get(channel, []) if each.ts == ts), None)

    def thread(self, channel: str, ts: str) -> list[Message]:
        """The replies to a message, oldest first, without itself."""
        with self.lock:
            return [each for each in self.messages[channel] if each.thread_ts == ts and each.ts != ts]

    # What is scheduled

    def schedule(self, message: Message, post_at: int) -> Scheduled:
        """Keep a message for later. Raises RefusedError: time_in_past, time_too_far, restricted_too_many."""
        with self.lock:
            now = self.clock.now()
            if post_at <= now:
                raise RefusedCallError("time_in_past")
            if post_at > now + SCHEDULE_AHEAD:
                raise RefusedCallError("time_too_far")
            times = [each.post_at for each in self.scheduled.values() if each.message.channel == message.channel]
            if crowded([*times, post_at]):
                raise RefusedCallError("restricted_too_many")
            kept = Scheduled(self.next_id("Q"), post_at, message, int(now))
            self.scheduled[kept.id] = kept
            return kept

    def deliver_due(self) -> list[Message]:
        """Post what is scheduled and due. With `metadata` it vanishes: a bug that Slack documents."""
        with self.lock:
            due = [each for each in self.scheduled.values() if each.post_at <= self.clock.now()]
            for each in due:
                del self.scheduled[each.id]
        posted = [each for each in sorted(due, key=lambda each: each.post_at) if self.may_post(each)]
        for each in posted:
            sent = {"id": each.id, "post_at": each.post_at}
            cause, keys = self.journal.scheduling(each.id), [key_of(each.message)]
            self.journal.add(Step("due", "scheduled message", sent, cause, status=200, messages=keys))
        return [self.add(each.message) for each in posted]

    def may_post(self, kept: Scheduled) -> bool:
        """Give a due message its ts, if it may appear. Returns whether it does."""
        channel = self.channels.get(kept.message.channel)
        if kept.message.metadata is not None or channel is None or channel.archived or BOT_USER not in channel.members:
            return False
        kept.message.ts = self.next_ts(kept.post_at)
        return True

    # What an interaction gives to the app

    def response_url(self, channel: str, user: str, message: Message | None = None) -> ResponseUrl:
        """A new place for answers to one interaction."""
        made = ResponseUrl(secrets.token_hex(12), channel, user, self.clock.now(), message)
        with self.lock:
            self.response_urls[made.id] = made
        return made

    def trigger(self, user: str) -> Trigger:
        """A new leave to open one modal."""
        name = f"{secrets.randbelow(10**9)}.{secrets.randbelow(10**9)}.{secrets.token_hex(8)}"
        made = Trigger(name, user, self.clock.now())
        with self.lock:
            self.triggers[made.id] = made
        return made

    def view(self, user: str, view: Json) -> View:
        """Keep a view: a user's Home tab if that is its type, else a modal that is now open."""
        made = View(self.next_id("V"), user, view, secrets.token_hex(6))
        with self.lock:
            if view.get("type") == "home":
                old = self.homes.get(user)
                made.id = old.id if old else made.id
                self.homes[user] = made
            self.views[made.id] = made
            self.lock.notify_all()
        return made

    def replace(self, held: View, view: Json) -> None:
        """Put something else into a view that is open."""
        with self.lock:
            held.view, held.hash = view, secrets.token_hex(6)
            self.lock.notify_all()

    def forget(self, *views: View) -> None:
        """Close modals."""
        with self.lock:
            for each in views:
                self.views.pop(each.id, None)
            self.lock.notify_all()

    def modals(self, user: str) -> list[View]:
        """What one person has open, the topmost last."""
        with self.lock:
            return [each for each in self.views.values() if each.user == user and each.view.get("type") == "modal"]

    def wait(self, until: Callable[[], Any], timeout: float = PATIENCE) -> Any:
        """Wait until a function returns something true, and return that. Raises AssertionError when time is up."""
        with self.lock:
            if not self.lock.wait_for(lambda: bool(until()), timeout):
                raise AssertionError(f"did not happen in {timeout} s; complaints: {self.complaints}")
            return until()


def crowded(times: list[int]) -> bool:
    """Whether any five minutes hold more than Slack lets be scheduled in one channel."""
    times = sorted(times)
    ends = zip(times, times[SCHEDULE_MOST:], strict=False)
    return any(last - first < SCHEDULE_WINDOW for first, last in ends)
