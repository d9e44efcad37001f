"""The bot's own posts come back to it as events, where it is subscribed: a change -> a delivery, in the background."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from .model import Message

if TYPE_CHECKING:
    from .people import People


class Echo:
    """Delivers without holding up the Web API call that caused it."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(8, "stand-in-echo")
        self.pending = 0

    def hear(self, what: str, message: Message) -> None:
        """Note what the bot did, and tell the app soon."""
        with self._lock:
            self.pending += 1
        try:
            self._pool.submit(self.tell, what, message)
        except RuntimeError:  # stopped meanwhile
            self.done()

    def tell(self, what: str, message: Message) -> None:
        """Deliver one."""
        try:
            self._people.tell_change(message, what)
        finally:
            self.done()

    def done(self) -> None:
        """One fewer to wait for."""
        with self._lock:
            self.pending -= 1
        with self._people.workspace.lock:
            self._people.workspace.lock.notify_all()

    def stop(self) -> None:
        """Deliver no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
