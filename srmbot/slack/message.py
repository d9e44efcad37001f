"""What a command or question got -> the parts of a Slack message, and the message sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError

from srmbot.commands.command import AnyReply
from srmbot.render import blocks, grid, message, tip
from srmbot.render.feedback import feedback_block, is_rated
from srmbot.render.grid import Grid
from srmbot.render.message import ANYWHERE, Setting
from srmbot.render.tables import TABLES
from srmbot.slack.shown import Shown

log = logging.getLogger("srmbot.slack")

REFUSED = ("invalid_blocks", "invalid_attachments")  # what Slack says to a block that it does not show
THUMBS = "context_actions"
NEWER = (*TABLES, THUMBS)  # blocks that not every workspace shows

T = TypeVar("T")


def as_message(
    reply: AnyReply, setting: Setting = ANYWHERE, *, echo: bool = False, without: Collection[str] = ()
) -> dict[str, Any]:
    """Render an answer, a tip or a subcommand's text as the text and blocks of a message.

    Args:
        reply: as `commands.answer` gives it.
        setting: where it will stand.
        echo: repeat the question above an answer.
        without: the types of blocks that are not shown there; other blocks say the same.
    """
    if isinstance(reply, tip.Tip):
        return tip.as_message(reply)
    tables = [each for each in TABLES if each not in without]
    if isinstance(reply, Grid):
        return grid.as_message(reply, tables)
    if isinstance(reply, str):
        return blocks.notice(reply)
    made = message.as_message(reply, setting, echo=echo, tables=tables)
    if THUMBS not in without and is_rated(reply):
        made["blocks"].append(feedback_block(reply))
    return made


def newer_types(made: Mapping[str, Any]) -> list[str]:
    """The types of a message's blocks that not every workspace shows; what is refused first comes first."""
    there = {each["type"] for each in made["blocks"]}
    return [each for each in NEWER if each in there]


def send_message(
    reply: AnyReply,
    send: Callable[..., T],
    setting: Setting = ANYWHERE,
    shown: Shown | None = None,
    *,
    echo: bool = False,
) -> T:
    """Send a reply; where Slack refuses a newer block of it, send it again in older ones.

    Args:
        reply: any.
        send: takes the parts of a message.
        setting: where it will stand.
        shown: what is known of the workspace's blocks, and learns what Slack says of these.
        echo: repeat the question above an answer.

    Returns:
        What `send` returns.

    Raises:
        SlackApiError: Slack refuses the message for another reason.
    """
    known = shown.refused if shown else frozenset()
    refused: list[str] = []
    while True:
        made = as_message(reply, setting, echo=echo, without=known.union(refused))
        newer = newer_types(made)
        try:
            sent = send(**made)
        except SlackApiError as fault:
            error = str(fault.response.get("error"))
            if not error.startswith(REFUSED) or not newer:
                raise
            refused.append(newer[0])
            log.warning("block_refused", extra={"what": error, "block": newer[0]})
        else:
            if shown:
                shown.note(newer, refused)
            return sent
