"""What a command or question got -> the parts of a Slack message, and the message sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError

from srmbot.commands.command import Reply
from srmbot.render import blocks, tip
from srmbot.render.blocks import Block
from srmbot.render.feedback import feedback_block, is_rated

log = logging.getLogger("srmbot.slack")

REFUSED = ("invalid_blocks", "invalid_attachments")  # what Slack says to a block that it does not show
NEWER = ("table", "context_actions")  # blocks that not every workspace has; what comes first goes first

T = TypeVar("T")


def as_message(
    reply: Reply, *, echo: bool = False, table: bool = True, rated: bool = True, buttons: Sequence[Block] = ()
) -> dict[str, Any]:
    """Render an answer, a tip or a subcommand's text as the text and blocks of a message.

    Args:
        reply: as `commands.answer` gives it.
        echo: repeat the question above an answer.
        table: several parts of an answer may be a table.
        rated: an answer has thumbs below it.
        buttons: what comes below an answer, above the thumbs.
    """
    if isinstance(reply, tip.Tip):
        return tip.as_message(reply)
    if isinstance(reply, str):
        return blocks.notice(reply)
    message = blocks.as_message(reply, echo=echo, table=table)
    message["blocks"] += [*buttons, *([feedback_block(reply)] if rated and is_rated(reply) else [])]
    return message


def send_message(reply: Reply, send: Callable[..., T]) -> T:
    """Send a reply; where Slack refuses its table, send lines instead, and where it refuses the thumbs, none.

    Args:
        reply: any.
        send: takes the parts of a message.

    Returns:
        What `send` returns.

    Raises:
        SlackApiError: Slack refuses the message for another reason.
    """
    table = rated = True
    while True:
        message = as_message(reply, table=table, rated=rated)
        try:
            return send(**message)
        except SlackApiError as fault:
            error = str(fault.response.get("error"))
            newer = next((each["type"] for each in message["blocks"] if each["type"] in NEWER), None)
            if not error.startswith(REFUSED) or newer is None:
                raise
            table, rated = False, newer == "table"
            log.warning("block_refused", extra={"what": error, "block": newer})
