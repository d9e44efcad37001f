"""What a command or question got -> the parts of a Slack message."""

from __future__ import annotations

from typing import Any

from srmbot.answer import Answer
from srmbot.render import blocks


def as_message(reply: Answer | str, *, echo: bool = False) -> dict[str, Any]:
    """Text and blocks, of an answer or of a subcommand's text.

    Args:
        reply: as `commands.answer` gives it.
        echo: repeat the question above an answer.
    """
    return blocks.notice(reply) if isinstance(reply, str) else blocks.as_message(reply, echo=echo)
