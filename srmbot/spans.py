"""What is being done, by name -> who watches that, or nobody: how long each part of a request takes.

No text of a user, and nothing that was made of it, may be said of a span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

Say = Callable[[str, str | float], None]  # a name, and what is to be said of the span by it
Watch = Callable[[str], AbstractContextManager[Say]]  # the name of a span -> the span, while it goes on
SPAN_NAMES = ("receive", "read", "match", "answer", "post")


def say_nothing(name: str, value: str | float) -> None:
    """Nobody watches."""


@contextmanager
def watch_nothing(name: str) -> Iterator[Say]:
    """Nobody watches."""
    yield say_nothing


@dataclass
class Watcher:
    """Who watches this process; set once, after a fork."""

    watch: Watch = watch_nothing


WATCHER = Watcher()


def span(name: str) -> AbstractContextManager[Say]:
    """Begin one of `SPAN_NAMES`; it ends with the block."""
    return WATCHER.watch(name)
