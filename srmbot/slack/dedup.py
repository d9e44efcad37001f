"""Which events have been taken on already: Slack sends one again when it is not sure that it arrived."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED_FOR = 15 * 60  # seconds; Slack's last retry comes after six minutes
MOST_EVENTS = 50_000  # events; far more than come in that time


class SeenEvents:
    """Deduplicates events, within one process or across all that share a store. Safe to use from many threads."""

    def __init__(
        self, now: Callable[[], float] = time.monotonic, anywhere: Callable[[str], bool] = lambda key: True
    ) -> None:
        """Begin with nothing seen.

        Args:
            now: gives seconds.
            anywhere: whether no other process has taken an event on either; asked about what is new here.
        """
        self.now, self.anywhere = now, anywhere
        self.lock = threading.Lock()
        self.at: OrderedDict[str, float] = OrderedDict()

    def is_first(self, key: str) -> bool:
        """Note an event. Returns whether it is seen for the first time."""
        now = self.now()
        with self.lock:
            while self.at and (len(self.at) >= MOST_EVENTS or next(iter(self.at.values())) < now - REMEMBERED_FOR):
                self.at.popitem(last=False)
            if key in self.at:
                return False
            self.at[key] = now
        return self.anywhere(key)
