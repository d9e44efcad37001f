"""What passed between the workspace and the app, in order: deliveries, calls, posts to response URLs -> causes.

A page can show from it, for any message, the payload that led to it and every step on the way.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from .model import Json, Message

KEPT_STEPS = 2000  # steps
CAUSE_WITHIN = 60.0  # seconds in which a delivery may be the cause of a call

MessagePlace = tuple[str, str]  # a channel and a ts in it; ("", user) for what concerns one person alone


@dataclass(slots=True, eq=False)
class Step:
    """One thing that passed: to the app (`delivery`), from it (`call`, `response`), or when its time came (`due`)."""

    kind: Literal["delivery", "call", "response", "due"]
    name: str  # "slash_commands", "chat.postMessage", "response_url"
    sent: Json
    cause: Step | None = None
    got: Any = None
    status: int | None = None  # None: no answer
    started: float = field(default_factory=time.monotonic)
    seconds: float = 0.0
    messages: list[str] = field(default_factory=list)  # keys of those that it put there or changed; views too

    def ended(self, status: int | None, got: Any) -> None:
        """Note what came of it."""
        self.status, self.got, self.seconds = status, got, time.monotonic() - self.started


class Journal:
    """The last steps. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._steps: deque[Step] = deque(maxlen=KEPT_STEPS)

    def add(self, step: Step) -> Step:
        """Note a step that begins; what caused it is found if it is not given."""
        with self._lock:
            if step.cause is None and step.kind in ("call", "response"):
                step.cause = self._cause_of(step)
            self._steps.append(step)
        return step

    def put(self, payload: Json, key: str) -> None:
        """Note that the response to a delivery became a message, or went into a view."""
        with self._lock:
            for step in self._steps:
                if step.sent is payload:
                    step.messages.append(key)

    def scheduling(self, name: str) -> Step | None:
        """The call that scheduled a message, by the id that it was given."""
        for step in self.steps():
            if isinstance(step.got, dict) and step.got.get("scheduled_message_id") == name:
                return step
        return None

    def steps(self) -> list[Step]:
        """All of them, oldest first."""
        with self._lock:
            return list(self._steps)

    def traces(self, key: str) -> list[list[Step]]:
        """What led to a message and to each change of it, oldest first: each a list of steps in their order."""
        steps = self.steps()
        roots = dict.fromkeys(step.cause or step for step in steps if key in step.messages)
        return [[step for step in steps if step is root or step.cause is root] for root in roots]

    def _cause_of(self, step: Step) -> Step | None:
        """The delivery that a step answers: by the URL or trigger it was given, else by the place it is about."""
        given = [step.sent.get(name) for name in ("response_url", "trigger_id") if step.sent.get(name)]
        about = set(places_of_call(step.sent))
        for other in reversed(self._steps):
            if other.kind != "delivery" or step.started - other.started > CAUSE_WITHIN:
                continue
            if any(value in (other.sent.get("response_url"), other.sent.get("trigger_id")) for value in given):
                return other
            if about.intersection(places_of(other.sent)):
                return other
        return None


def key_of(message: Message) -> str:
    """What tells a message from all others."""
    return f"{message.channel}/{message.ts}"


def keys_in(params: Json, answer: Json) -> list[str]:
    """The keys of the messages or views that a call put there or changed, by its answer."""
    if isinstance(answer.get("view"), dict):
        return [f"view/{answer['view'].get('id')}"]
    ts = answer.get("ts") or answer.get("message_ts")
    channel = answer.get("channel") or params.get("channel")
    return [f"{channel}/{ts}"] if ts and isinstance(channel, str) else []


def places_of(payload: Json) -> Iterator[MessagePlace]:
    """What a delivery is about: its message, its thread, its person."""
    event, container = payload.get("event") or {}, payload.get("container") or {}
    user = payload.get("user") or {}
    channel = str(event.get("channel") or container.get("channel_id") or payload.get("channel_id") or "")
    stamps = [event.get("thread_ts"), event.get("ts"), container.get("thread_ts"), container.get("message_ts")]
    yield from ((channel, str(ts)) for ts in stamps if channel and ts)
    yield "", str(event.get("user") or payload.get("user_id") or (user.get("id") if isinstance(user, dict) else ""))


def places_of_call(params: Json) -> Iterator[MessagePlace]:
    """What a call is about; a person only where it names no message."""
    stamps = [params.get(name) for name in ("thread_ts", "latest", "ts") if params.get(name)]
    yield from ((str(params.get("channel") or params.get("channel_id")), str(ts)) for ts in stamps)
    person = params.get("user_id") or params.get("users") or params.get("user")
    if person and not stamps:
        yield "", str(person)
