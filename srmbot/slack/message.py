"""What a command or question got -> the parts of a Slack message."""

from __future__ import annotations

from typing import Any

from srmbot.commands.command import Reply
from srmbot.render import blocks, tip


def as_message(reply: Reply, *, echo: bool = False) -> dict[str, Any]:
    """Render an answer, a tip or a subcommand's text as the text and blocks of a message.

    Args:
        reply: as `commands.answer` gives it.
        echo: repeat the question above an answer.
    """
    if isinstance(reply, tip.Tip):
        return tip.as_message(reply)
    return blocks.notice(reply) if isinstance(reply, str) else blocks.as_message(reply, echo=echo)
