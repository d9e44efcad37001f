"""What a subcommand is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from srmbot.bot import Bot


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its name, a line of help, and what it does with the words after it."""

    name: str
    help: str
    fits: Callable[[Sequence[str]], bool]  # whether the words are meant for it, and not a question
    run: Callable[[Bot, Sequence[str]], str]
