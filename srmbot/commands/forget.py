"""`forget me`: every text that came from a person is deleted."""

from __future__ import annotations

from collections.abc import Sequence

from srmbot.bot import State
from srmbot.commands.command import Private
from srmbot.commands.misses import require_store
from srmbot.request import Requester

HELP = "`forget me` deletes your questions, where they are kept"
NONE_KEPT = "I have no text of yours."


def accepts(known: State, rest: Sequence[str]) -> bool:
    """Whether just "me" follows."""
    return [word.lower() for word in rest] == ["me"]


def run(known: State, rest: Sequence[str], requester: Requester) -> Private:
    """Delete what is kept.

    Raises:
        SrmbotError: there is no store.
    """
    count = require_store(requester).store.misses.forget_user(requester.team, requester.user)
    return Private(f"Deleted: {count} of your questions and reports." if count else NONE_KEPT)
