"""What a command or question got -> the parts of a Slack message, and the message sent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError

from srmbot.commands.command import Reply
from srmbot.render import blocks, message, tip
from srmbot.render.feedback import feedback_block, is_rated
from srmbot.render.message import ANYWHERE, Setting

log = logging.getLogger("srmbot.slack")

REFUSED = ("invalid_blocks", "invalid_attachments")  # what Slack says to a block that it does not show
NEWER = ("table", "context_actions")  # blocks that not every workspace has; what comes first goes first

T = TypeVar("T")


def as_message(
    reply: Reply, setting: Setting = ANYWHERE, *, echo: bool = False, table: bool = True, rated: bool = True
) -> dict[str, Any]:
    """Render an answer, a tip or a subcommand's text as the text and blocks of a message.

    Args:
        reply: as `commands.answer` gives it.
        setting: where it will stand.
        echo: repeat the question above an answer.
        table: several parts of an answer may be a table.
        rated: an answer has thumbs below it.
    """
    if isinstance(reply, tip.Tip):
        return tip.as_message(reply)
    if isinstance(reply, str):
        return blocks.notice(reply)
    made = message.as_message(reply, setting, echo=echo, table=table)
    if rated and is_rated(reply):
        made["blocks"].append(feedback_block(reply))
    return made


def send_message(reply: Reply, send: Callable[..., T], setting: Setting = ANYWHERE) -> T:
    """Send a reply; where Slack refuses its table, send lines instead, and where it refuses the thumbs, none.

    Args:
        reply: any.
        send: takes the parts of a message.
        setting: where it will stand.

    Returns:
        What `send` returns.

    Raises:
        SlackApiError: Slack refuses the message for another reason.
    """
    table = rated = True
    while True:
        made = as_message(reply, setting, table=table, rated=rated)
        try:
            return send(**made)
        except SlackApiError as fault:
            error = str(fault.response.get("error"))
            newer = next((kind for kind in NEWER if any(each["type"] == kind for each in made["blocks"])), None)
            if not error.startswith(REFUSED) or newer is None:
                raise
            table, rated = False, newer == "table"
            log.warning("block_refused", extra={"what": error, "block": newer})
