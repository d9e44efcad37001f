"""What a command or question got -> the parts of a Slack message, and the message sent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError

from srmbot.commands.command import Reply
from srmbot.render import blocks, message, tip
from srmbot.render.message import ANYWHERE, Setting

log = logging.getLogger("srmbot.slack")

REFUSED = ("invalid_blocks", "invalid_attachments")  # what Slack says to a table that it does not show

T = TypeVar("T")


def as_message(reply: Reply, setting: Setting = ANYWHERE, *, echo: bool = False, table: bool = True) -> dict[str, Any]:
    """Render an answer, a tip or a subcommand's text as the text and blocks of a message.

    Args:
        reply: as `commands.answer` gives it.
        setting: where it will stand.
        echo: repeat the question above an answer.
        table: several parts of an answer may be a table.
    """
    if isinstance(reply, tip.Tip):
        return tip.as_message(reply)
    if isinstance(reply, str):
        return blocks.notice(reply)
    return message.as_message(reply, setting, echo=echo, table=table)


def send_message(reply: Reply, send: Callable[..., T], setting: Setting = ANYWHERE) -> T:
    """Send a reply; where Slack refuses its table, send lines instead.

    Args:
        reply: any.
        send: takes the parts of a message.
        setting: where it will stand.

    Returns:
        What `send` returns.

    Raises:
        SlackApiError: Slack refuses the message for another reason.
    """
    made = as_message(reply, setting)
    try:
        return send(**made)
    except SlackApiError as fault:
        error = str(fault.response.get("error"))
        if not error.startswith(REFUSED) or not any(block["type"] == "table" for block in made["blocks"]):
            raise
        log.warning("table_refused", extra={"what": error})
        return send(**as_message(reply, setting, table=False))
