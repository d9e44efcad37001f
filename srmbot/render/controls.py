"""The smallest parts of blocks and views: plain text, buttons, options of a menu; within Slack's limits."""

from __future__ import annotations

from collections.abc import Sequence

from srmbot.render.blocks import BUTTON_LIMIT, Action, Block, shorten_escaped

CLOSE = "Close"
MOST_OPTIONS = 100  # of a menu


def plain(text: str) -> Block:
    """Build text that Slack shows as it is."""
    return {"type": "plain_text", "text": text}


def header(text: str) -> Block:
    """Build a heading above other blocks."""
    return {"type": "header", "text": plain(text)}


def button(action_id: str, label: str, value: str | None = None) -> Block:
    """Build a button; its value comes back with a click."""
    made: Block = {"type": "button", "action_id": action_id, "text": plain(shorten_escaped(label, BUTTON_LIMIT))}
    return made if value is None else made | {"value": value}


def example_buttons(questions: Sequence[str]) -> list[Block]:
    """Build a button for each of some things to ask; the answer opens above what it stands in."""
    return [button(f"{Action.EXAMPLE}:{at}", each, each) for at, each in enumerate(questions)]


def option(label: str, value: str, about: str = "") -> Block:
    """Build something to choose from a menu, with a word about it."""
    made: Block = {"text": plain(shorten_escaped(label, BUTTON_LIMIT)), "value": value}
    return made | ({"description": plain(shorten_escaped(about, BUTTON_LIMIT))} if about else {})


def select(action_id: str, placeholder: str, options: Sequence[Block], chosen: Block | None = None) -> Block:
    """Build a menu of which one thing is chosen."""
    made: Block = {"type": "static_select", "action_id": action_id, "placeholder": plain(placeholder)}
    return made | {"options": list(options)} | ({"initial_option": chosen} if chosen else {})


def radios(action_id: str, options: Sequence[Block], chosen: str = "") -> Block:
    """Build a few things of which one is chosen, at first the one with that value, if there is one."""
    return {"type": "radio_buttons", "action_id": action_id, "options": list(options)} | chosen_first(options, chosen)


def chosen_first(options: Sequence[Block], chosen: str) -> Block:
    """What is chosen at first, as a part of an element; nothing where no option has that value."""
    return next(({"initial_option": each} for each in options if each["value"] == chosen), {})


def field(name: str, label: str, element: Block) -> Block:
    """Build a field of a form; the action_id of its element is its name, too."""
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def modal(callback_id: str, title: str, blocks: Sequence[Block]) -> Block:
    """Build a view that opens above everything."""
    head = {"type": "modal", "callback_id": callback_id, "title": plain(title), "close": plain(CLOSE)}
    return {**head, "blocks": list(blocks)}


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """Build the menu behind three dots."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}
