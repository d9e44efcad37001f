"""What a command or question got -> the parts of a Slack message, and the message sent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError

from srmbot.commands.command import Reply
from srmbot.render import blocks, tip

log = logging.getLogger("srmbot.slack")

REFUSED = ("invalid_blocks", "invalid_attachments")  # what Slack says to a table that it does not show

T = TypeVar("T")


def as_message(reply: Reply, *, echo: bool = False, table: bool = True) -> dict[str, Any]:
    """Render an answer, a tip or a subcommand's text as the text and blocks of a message.

    Args:
        reply: as `commands.answer` gives it.
        echo: repeat the question above an answer.
        table: several parts of an answer may be a table.
    """
    if isinstance(reply, tip.Tip):
        return tip.as_message(reply)
    return blocks.notice(reply) if isinstance(reply, str) else blocks.as_message(reply, echo=echo, table=table)


def send_message(reply: Reply, send: Callable[..., T]) -> T:
    """Send a reply; where Slack refuses its table, send lines instead.

    Args:
        reply: any.
        send: takes the parts of a message.

    Returns:
        What `send` returns.

    Raises:
        SlackApiError: Slack refuses the message for another reason.
    """
    message = as_message(reply)
    try:
        return send(**message)
    except SlackApiError as fault:
        error = str(fault.response.get("error"))
        if not error.startswith(REFUSED) or not any(block["type"] == "table" for block in message["blocks"]):
            raise
        log.warning("table_refused", extra={"what": error})
        return send(**as_message(reply, table=False))
