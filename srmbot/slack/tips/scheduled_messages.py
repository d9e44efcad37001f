"""Slack's own scheduler, for one workspace: what is handed over, shown and taken back; every outcome has a name."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from srmbot.slack.outcomes import is_word, was_never_sent
from srmbot.slack.post import CALL_TIMEOUT, WITHOUT_PREVIEWS, tls_context
from srmbot.slack.retry import retry_after

A_MINUTE = 45  # calls of one method; Slack promises 50 and a little more (Tier 3)
MESSAGES_A_CALL = 100
PROOFS = 3  # how often a message is taken back at most, to be sure
UNREACHABLE_FOR = 30.0  # seconds until Slack is tried again after a call could not be sent
# Answers to taking a message back that mean that Slack does not have it.
ALREADY_GONE = frozenset(("invalid_scheduled_message_id", "channel_not_found"))
# Answers that do not say whether it was done.
UNCLEAR = frozenset("internal_error fatal_error request_timeout service_unavailable".split())


class RefusedError(Exception):
    """Slack did not do it, and says why."""

    def __init__(self, error: str) -> None:
        """Keep Slack's word for it."""
        super().__init__(error)
        self.error = error


class WaitError(Exception):
    """It was not done: there have been too many calls."""

    def __init__(self, seconds: float) -> None:
        """Keep after how many seconds to come again."""
        super().__init__(seconds)
        self.seconds = seconds


class UnreachableError(WaitError):
    """It was not done: the call never left this machine."""


class UnclearError(Exception):
    """It may have been done or not: no answer came, or none that says so."""


@dataclass(frozen=True, slots=True)
class ScheduledMessage:
    """A message that Slack will post."""

    id: str
    post_at: int
    text: str


class RateLimit:
    """Limits the calls of each method in a minute. Safe to use from many threads."""

    def __init__(self, most: int = A_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with no calls."""
        self.most, self.clock = most, clock
        self.lock = threading.Lock()
        self.calls: dict[str, deque[float]] = defaultdict(deque)

    def take(self, method: str) -> None:
        """Count a call.

        Raises:
            WaitError: it would be too many.
        """
        with self.lock:
            now, made = self.clock(), self.calls[method]
            while made and made[0] <= now - 60:
                made.popleft()
            if len(made) >= self.most:
                raise WaitError(made[0] + 60 - now)
            made.append(now)


def is_answer_for(said: tuple[Any, Any], channel: str, post_at: int) -> bool:
    """Whether an answer is about what was asked, and not a repetition of an earlier one; as far as it says."""
    there, at = said
    return at in (None, post_at, str(post_at)) and (there in (None, channel) or channel.startswith(("U", "W", "D")))


def single_try_client(token: str | None, base_url: str | None, timeout: float = CALL_TIMEOUT) -> WebClient:
    """Make a client without retries: a call that was cut off may have been carried out, and must not be repeated.

    Args:
        token: opens the Web API.
        base_url: of a fake Slack; None for Slack itself.
        timeout: seconds that a call may take.
    """
    seconds: Any = timeout  # the SDK says that it wants a whole number, and takes any
    address = base_url or WebClient.BASE_URL
    return WebClient(token, base_url=address, timeout=seconds, ssl=tls_context(), retry_handlers=[])


def call_once(client: WebClient, method: str, params: Mapping[str, Any], *, reads: bool = False) -> SlackResponse:
    """Call the Web API, with a name for every outcome.

    Args:
        client: one that makes each call once.
        method: "chat.postMessage".
        params: its parameters.
        reads: whether it only reads, and takes its parameters in the address.

    Raises:
        RefusedError: not done.
        WaitError: not done, too many calls; or, as an UnreachableError, no way to Slack.
        UnclearError: perhaps done.
    """
    try:
        return client.api_call(method, **({"http_verb": "GET", "params": dict(params)} if reads else {"json": params}))
    except SlackApiError as fault:
        wait = retry_after(fault)
        if wait is not None:
            raise WaitError(wait) from fault
        error = str(fault.response.get("error"))
        if fault.response.status_code >= 500 or error in UNCLEAR or not is_word(error):
            raise UnclearError(error if is_word(error) else "unreadable_answer") from fault
        raise RefusedError(error) from fault
    except (OSError, HTTPException, SlackClientError, ValueError) as fault:
        if was_never_sent(fault):
            raise UnreachableError(UNREACHABLE_FOR) from fault
        raise UnclearError(type(fault).__name__) from fault


def unschedule(client: WebClient, channel: str, scheduled_id: str) -> bool:
    """Take a message back.

    Returns:
        Whether Slack has said that it has no such message; otherwise it has said that it takes it back.

    Raises:
        RefusedError, WaitError, UnclearError: it may still be posted.
    """
    try:
        call_once(client, "chat.deleteScheduledMessage", {"channel": channel, "scheduled_message_id": scheduled_id})
        return False
    except RefusedError as no:
        if no.error not in ALREADY_GONE:
            raise
        return True


def is_surely_gone(take_back: Callable[[], bool]) -> bool:
    """Take a message back until the answers prove that Slack does not have it.

    One answer proves nothing: it may be that of another call. "Gone" after "taken back" cannot be; nor is it likely
    that "gone" comes three times.

    Args:
        take_back: `unschedule` of that message.

    Raises:
        RefusedError, WaitError, UnclearError: it may still be posted.
    """
    answers: list[bool] = []
    while len(answers) < PROOFS:
        answers.append(take_back())
        if answers[-2:] == [False, True]:
            return True
    return all(answers)


class ScheduledMessages:
    """Slack's scheduler in one workspace, as the planner uses it."""

    def __init__(self, client: WebClient, team: str, pace: RateLimit | None = None) -> None:
        """Use a client of `single_try_client`."""
        self.client, self.team, self.pace = client, team, pace or RateLimit()

    def schedule(self, channel: str, post_at: int, message: dict[str, Any]) -> str:
        """Hand a message over. Returns Slack's id for it. Never with metadata: then Slack would not post it.

        Raises:
            RefusedError: not done.
            WaitError: not done, too many calls.
            UnclearError: perhaps done.
        """
        answer = self.call(
            "chat.scheduleMessage", {"channel": channel, "post_at": post_at, **WITHOUT_PREVIEWS, **message}
        )
        scheduled_id, for_ = answer.get("scheduled_message_id"), (answer.get("channel"), answer.get("post_at"))
        if not scheduled_id or not is_answer_for(for_, channel, post_at):
            raise UnclearError("answer_of_another_call")
        return str(scheduled_id)

    def fetch(self, channel: str) -> list[ScheduledMessage]:
        """List what Slack will post in a channel for this app.

        Raises:
            RefusedError, WaitError, UnclearError: it is not known.
        """
        found: list[ScheduledMessage] = []
        cursor = ""
        while True:
            asked = {"channel": channel, "limit": MESSAGES_A_CALL, "team_id": self.team}
            answer = self.call("chat.scheduledMessages.list", asked | ({"cursor": cursor} if cursor else {}))
            for each in answer["scheduled_messages"]:
                found.append(ScheduledMessage(str(each["id"]), int(each["post_at"]), str(each.get("text", ""))))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found

    def unschedule(self, channel: str, scheduled_id: str) -> bool:
        """Take a message back, as `unschedule` does.

        Raises:
            RefusedError, WaitError, UnclearError: it may still be posted.
        """
        self.pace.take("chat.deleteScheduledMessage")
        return unschedule(self.client, channel, scheduled_id)

    def read_posted(self, channel: str, after: float, before: float) -> list[str]:
        """Read the texts that stand in a channel between two seconds, of bots alone.

        Raises:
            RefusedError: the channel may not be read.
            WaitError, UnclearError: it is not known.
        """
        span = {"oldest": f"{after:.6f}", "latest": f"{before:.6f}", "inclusive": "true", "limit": MESSAGES_A_CALL}
        self.pace.take("conversations.history")
        found = call_once(self.client, "conversations.history", {"channel": channel, **span}, reads=True)
        messages: list[dict[str, Any]] = found.get("messages") or []
        return [str(each.get("text", "")) for each in messages if each.get("bot_id")]

    def send_direct(self, user: str, text: str) -> None:
        """Write to one person.

        Raises:
            RefusedError, WaitError, UnclearError: it did not arrive, or is not known to have.
        """
        self.call("chat.postMessage", {"channel": user, "text": text, **WITHOUT_PREVIEWS})

    def call(self, method: str, params: dict[str, Any]) -> SlackResponse:
        """Call once, if that is not too often.

        Raises:
            RefusedError, WaitError, UnclearError: see `call_once`.
        """
        self.pace.take(method)
        return call_once(self.client, method, params)
