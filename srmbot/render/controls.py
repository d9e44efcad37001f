"""The smallest parts of blocks and views: plain text, buttons, options of a menu; within Slack's limits."""

from __future__ import annotations

from srmbot.render.blocks import BUTTON_LIMIT, Block, shorten_escaped


def plain(text: str) -> Block:
    """Build text that Slack shows as it is."""
    return {"type": "plain_text", "text": text}


def button(action_id: str, label: str, value: str | None = None) -> Block:
    """Build a button; its value comes back with a click."""
    made: Block = {"type": "button", "action_id": action_id, "text": plain(shorten_escaped(label, BUTTON_LIMIT))}
    return made if value is None else made | {"value": value}


def option(label: str, value: str) -> Block:
    """Build something to choose from a menu."""
    return {"text": plain(shorten_escaped(label, BUTTON_LIMIT)), "value": value}
