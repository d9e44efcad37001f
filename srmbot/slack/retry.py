"""Work that Slack asked to wait for -> done when it is time; no thread sleeps meanwhile."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from functools import partial

from slack_sdk.errors import SlackApiError

from srmbot.slack.error_reports import Tell, report_errors

log = logging.getLogger("srmbot.slack")

MOST_TRIES = 4
LONGEST_WAIT = 60  # seconds; an answer that comes later than this is no use
TURN_GAP = 1.2  # seconds between two calls of one method that have waited: most methods may be called 50 times a minute
MOST_LIMITED_CALLS = 1000  # methods and tokens that are remembered


class DelayedWork:
    """Runs work later, in one process. Safe to use from many threads."""

    def __init__(self) -> None:
        """Begin with nothing to run."""
        self.changed = threading.Condition()
        self.waiting = 0
        self.turns: dict[object, float] = {}  # of what is limited: when the last call that waits for it may come

    def take_turn(self, limited: object, seconds: float) -> float:
        """Take a turn behind all that wait for the same limit: were all to come back at once, Slack would refuse most.

        Args:
            limited: what Slack limits; any value that can be a key.
            seconds: how long Slack asks to wait.

        Returns:
            Seconds until it may be tried again.
        """
        with self.changed:
            now = time.monotonic()
            if len(self.turns) >= MOST_LIMITED_CALLS:
                self.turns = {key: at for key, at in self.turns.items() if at > now}
            self.turns[limited] = max(now + seconds, self.turns.get(limited, 0.0) + TURN_GAP)
            return self.turns[limited] - now

    def run_after(self, seconds: float, work: Callable[[], object]) -> None:
        """Run work in so many seconds, in a thread of its own, under the ID of the same request."""
        with self.changed:
            self.waiting += 1
        timer = threading.Timer(seconds, copy_context().run, (self.run, work))
        timer.daemon = True
        timer.start()

    def run(self, work: Callable[[], object]) -> None:
        """Run work now, and count it as done even if it fails."""
        try:
            work()
        finally:
            with self.changed:
                self.waiting -= 1
                self.changed.notify_all()

    def finish(self, seconds: float) -> None:
        """Wait for work that has not run yet, for a limited time."""
        until = time.monotonic() + seconds
        with self.changed:
            self.changed.wait_for(lambda: not self.waiting, max(0.0, until - time.monotonic()))
            if self.waiting:
                log.warning("answers_dropped", extra={"count": self.waiting})


def run_with_retry(
    surface: str, work: Callable[[], object], tell: Tell, later: DelayedWork, tries: int = MOST_TRIES
) -> None:
    """Run work that calls Slack, and run it again when Slack says to wait; report any other failure to the user.

    Args:
        surface: where it was asked, for the log.
        work: may be done more than once, as long as its last step is the only one that others see.
        tell: sends a text to the user.
        later: waits where Slack asks for it.
        tries: how often in all.
    """
    with report_errors(surface, tell):
        try:
            work()
        except SlackApiError as fault:
            asked = retry_after(fault)
            if asked is None or asked > LONGEST_WAIT or tries <= 1:
                raise
            wait = later.take_turn(limit_of(fault), asked)
            log.info("rate_limited", extra={"surface": surface, "seconds": round(wait, 1)})
            later.run_after(wait, partial(run_with_retry, surface, work, tell, later, tries - 1))


def limit_of(fault: SlackApiError) -> object:
    """What Slack counts together: the calls of one method with one token. The token itself is not kept."""
    given = (fault.response.req_args or {}).get("headers") or {}
    return fault.response.api_url, hash(given.get("Authorization"))


def retry_after(fault: SlackApiError) -> int | None:
    """Read for how many seconds Slack asks to wait; None where it refuses for another reason."""
    if fault.response.status_code != 429 and fault.response.get("error") not in ("ratelimited", "rate_limited"):
        return None
    given = str(fault.response.headers.get("Retry-After", ""))
    return int(given) if given.isdecimal() else 1
