"""How much one user and one workspace may ask in a minute, so that nobody takes the bot from all others."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from srmbot.request import Requester

MINUTE = 60.0
MOST_BUCKETS = 50_000  # users and workspaces that are kept in memory
KINDLY = "That's more than I answer in one minute. Ask again in {} s; until then I skip what you ask."


@dataclass(slots=True)
class Bucket:
    """What one user or workspace has left: it fills up evenly."""

    left: float
    at: float  # seconds, when that was
    said_at: float = float("-inf")  # when it was last said that nothing was left


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that is not answered."""

    text: str
    is_news: bool  # whether it has not been said in the last minute


class Limits:
    """Counts requests of users and workspaces. Safe to use from many threads."""

    def __init__(self, a_minute: tuple[int, int] | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with full buckets.

        Args:
            a_minute: requests of one user, and of one workspace; None for no limit.
            clock: gives seconds.
        """
        self.a_minute, self.clock = a_minute, clock
        self.lock = threading.Lock()
        self.buckets: OrderedDict[tuple[str, ...], Bucket] = OrderedDict()

    def refuse(self, requester: Requester) -> Refusal | None:
        """Count a request. Returns None where it may be answered."""
        if self.a_minute is None or not requester.user:
            return None
        keys = ((requester.team, requester.user), (requester.team,))
        with self.lock:
            held = [self.fill(key, most) for key, most in zip(keys, self.a_minute, strict=True)]
            if all(bucket.left >= 1 for bucket in held):
                for bucket in held:
                    bucket.left -= 1
                return None
            user = held[0]
            wait = max((1 - each.left) * MINUTE / most for each, most in zip(held, self.a_minute, strict=True))
            is_news = user.at - user.said_at >= MINUTE
            user.said_at = user.at if is_news else user.said_at
            return Refusal(KINDLY.format(math.ceil(wait)), is_news)

    def fill(self, key: tuple[str, ...], most: int) -> Bucket:
        """Give a bucket what has come to it since it was last looked at."""
        now = self.clock()
        bucket = self.buckets.setdefault(key, Bucket(float(most), now))
        self.buckets.move_to_end(key)
        bucket.left, bucket.at = min(float(most), bucket.left + (now - bucket.at) * most / MINUTE), now
        while len(self.buckets) > MOST_BUCKETS:
            self.buckets.popitem(last=False)
        return bucket
