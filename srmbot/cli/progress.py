"""What takes a while -> a line in the terminal that says so, with the seconds, until it is done."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

UNEXPLAINED_WAIT = 2.0  # seconds that need no explanation
CLEAR = "\r\x1b[K"  # back to the beginning of the line, which is emptied


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Say what is being done, if it takes longer than two seconds and somebody is looking.

    Args:
        doing: what it is, without a full stop.
    """
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=say_until, args=(doing, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def say_until(doing: str, done: threading.Event) -> None:
    """Write the line, anew every second, and take it away at the end."""
    begun = time.monotonic()
    if done.wait(UNEXPLAINED_WAIT):
        return
    while not done.wait(1):
        print(f"{CLEAR}{doing} … {time.monotonic() - begun:.0f} s", end="", file=sys.stderr, flush=True)
    print(CLEAR, end="", file=sys.stderr, flush=True)
