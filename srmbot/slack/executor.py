"""Threads for what calls Slack's API. They wait nearly all the time, and when they do not, requests go first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

QUIET_BEFORE = 0.01  # seconds without a request after which slow work begins
LONGEST_PUT_OFF = 0.3  # seconds that slow work may be put off

P = ParamSpec("P")
T = TypeVar("T")


def do_nothing() -> None:
    """Do nothing: the callback for callers that need none."""


class YieldingExecutor(ThreadPoolExecutor):
    """An executor whose work begins when no request has come for a moment, so that acknowledgements are not held up.

    Python runs one thread at a time: of 200 mentions at once, the first answers would otherwise take the
    processor from the acknowledgement of the others, and from every command meanwhile (bench/serving.py).
    """

    def __init__(self, threads: int) -> None:
        """Start no thread before it is needed, so that this may be made before a fork."""
        super().__init__(threads, "slow")
        self.gate = threading.Lock()
        self.answered_at = 0.0

    def note_request(self) -> None:
        """Note that a request has just been answered."""
        self.answered_at = time.monotonic()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function soon, in a thread of its own."""
        until = time.monotonic() + LONGEST_PUT_OFF

        def run() -> T:
            self.wait_for_quiet(until)
            return fn(*args, **kwargs)

        return super().submit(run)

    def wait_for_quiet(self, until: float) -> None:
        """Wait for a moment without requests, at most until a given second; one thread at a time does."""
        with self.gate:
            while (now := time.monotonic()) < until and now - self.answered_at < QUIET_BEFORE:
                time.sleep(0.005)
