"""What a subcommand is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from srmbot.answer import Answer
from srmbot.bot import Bot
from srmbot.render.tip import Tip
from srmbot.request import Requester

Reply = Answer | Tip | str  # what anything that was typed gets


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its name, a line of help, and what it does with the words after it."""

    name: str
    help: str
    accepts: Callable[[Bot, Sequence[str]], bool]  # whether the words are meant for it, and not a question
    run: Callable[[Bot, Sequence[str], Requester], Reply]
    slow: bool = False  # remembers, or acts in Slack: not to be waited for
