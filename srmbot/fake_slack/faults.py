"""What the Web API is to do wrong, and how often it may be called: method and params -> a fault or a wait."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """How the next call of a method goes wrong; its parts may be combined."""

    error: str = ""  # answered as {"ok": false, "error": …}; nothing is done
    status: int = 0  # answered with this HTTP status; nothing is done
    delay: float = 0.0  # seconds before anything else
    drop_after_accept: bool = False  # done, but the connection ends without an answer
    late: float = 0.0  # done at once, but answered so many seconds later
    retry_after: int = 0  # sent as Retry-After with the status
    repeat: bool = False  # nothing is done, and the answer is that of the last call of this method


@dataclass(slots=True)
class Limit:
    """At most so many calls in so many seconds; counted apart for each value of one parameter if `by` names it."""

    calls: int
    seconds: float
    by: str = ""
    seen: dict[Any, deque[float]] = field(default_factory=lambda: defaultdict(deque))


class Faults:
    """The faults that wait and the limits that are switched on."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)
        self._limits: dict[str, Limit] = {}

    def add(self, method: str, fault: Fault, times: int = 1) -> None:
        """The next `times` calls of the method get that fault, after those that wait already."""
        with self._lock:
            self._waiting[method].extend([fault] * times)

    def clear(self) -> None:
        """From now on nothing goes wrong."""
        with self._lock:
            self._waiting.clear()

    def take(self, method: str) -> Fault:
        """The fault for a call that has just come in; one without any effect as a rule."""
        with self._lock:
            waiting = self._waiting[method]
            return waiting.popleft() if waiting else Fault()

    def limit(self, method: str, limit: Limit | None) -> None:
        """Switch a limit on, or with None off."""
        with self._lock:
            if limit:
                self._limits[method] = limit
            else:
                self._limits.pop(method, None)

    def wait_for(self, method: str, params: dict[str, Any]) -> int:
        """Seconds to wait before this call may come again; 0 if it may be served (and then it counts)."""
        with self._lock:
            limit = self._limits.get(method)
            if limit is None:
                return 0
            seen, now = limit.seen[params.get(limit.by)], self._now()
            while seen and seen[0] <= now - limit.seconds:
                seen.popleft()
            if len(seen) >= limit.calls:
                return max(1, int(seen[0] + limit.seconds - now + 0.999))
            seen.append(now)
            return 0
