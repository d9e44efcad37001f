"""The smallest parts of blocks and views: plain text, buttons, options of a menu; within Slack's limits."""

from __future__ import annotations

from collections.abc import Sequence

from srmbot.render.blocks import BUTTON_LIMIT, Block, shorten_escaped


def plain(text: str) -> Block:
    """Build text that Slack shows as it is."""
    return {"type": "plain_text", "text": text}


def button(action_id: str, label: str, value: str | None = None) -> Block:
    """Build a button; its value comes back with a click."""
    made: Block = {"type": "button", "action_id": action_id, "text": plain(shorten_escaped(label, BUTTON_LIMIT))}
    return made if value is None else made | {"value": value}


def option(label: str, value: str, about: str = "") -> Block:
    """Build something to choose from a menu, with a word about it."""
    made: Block = {"text": plain(shorten_escaped(label, BUTTON_LIMIT)), "value": value}
    return made | ({"description": plain(shorten_escaped(about, BUTTON_LIMIT))} if about else {})


def select(action_id: str, placeholder: str, options: Sequence[Block], chosen: Block | None = None) -> Block:
    """Build a menu of which one thing is chosen."""
    made: Block = {"type": "static_select", "action_id": action_id, "placeholder": plain(placeholder)}
    return made | {"options": list(options)} | ({"initial_option": chosen} if chosen else {})


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """Build the menu behind three dots."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}
