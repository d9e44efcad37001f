"""What a person does to an element: blocks, action_id and value -> the action that Slack reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .model import Json, with_ids

Fill = Callable[[Json, Any], Json]


def find(blocks: list[Json], action_id: str, value: Any = None) -> tuple[str, Json]:
    """The block_id and the element with that action_id; of several, the one that has the value.

    Raises:
        LookupError: there is none. It tells which there are.
    """
    there = list(interactive(blocks))
    named = [(block_id, each) for block_id, each in there if each["action_id"] == action_id]
    exact = [(block_id, each) for block_id, each in named if value is not None and each.get("value") == value]
    if not named:
        raise LookupError(f"no element with action_id {action_id!r}, only {[each['action_id'] for _, each in there]}")
    return (exact or named)[0]


def interactive(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """Every element that can be clicked, with its block_id, blocks within blocks included."""
    for index, block in enumerate(blocks):
        filled = with_ids(block, f"b{index}")
        if block.get("type") in ("container", "carousel"):
            inner = filled["child_blocks" if block["type"] == "container" else "elements"]
            yield from interactive(inner)
            continue
        several = [*filled.get("elements", []), *filled.get("actions", [])]
        parts = [*several, filled.get("accessory"), filled.get("element")]
        for element in parts:
            if isinstance(element, dict) and "action_id" in element and element.get("type") in FILLS:
                yield filled["block_id"], element


def action(blocks: list[Json], action_id: str, value: Any, at: str) -> Json:
    """The action of a block_actions payload, as if a person had clicked, or chosen that value. Raises LookupError."""
    block_id, element = find(blocks, action_id, value)
    ids = {"type": element["type"], "action_id": action_id, "block_id": block_id, "action_ts": at}
    return ids | FILLS[element["type"]](element, value)


def button(element: Json, value: Any) -> Json:
    """A click; the value is the button's own, another is an error."""
    if value is not None and value != element.get("value"):
        raise LookupError(f"the button {element['action_id']!r} has the value {element.get('value')!r}, not {value!r}")
    return {name: element[name] for name in ("text", "value", "style", "url", "icon") if name in element}


def feedback(element: Json, value: Any) -> Json:
    """A thumb up or down, by its value; up if none is given."""
    buttons = [element["positive_button"], element["negative_button"]]
    chosen = buttons[0] if value is None else next((each for each in buttons if each["value"] == value), None)
    if chosen is None:
        raise LookupError(f"no feedback has the value {value!r}")
    return {"text": chosen["text"], "value": chosen["value"]}


def options(element: Json) -> list[Json]:
    """All options of an element, grouped or not."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def pick(element: Json, value: Any) -> Json:
    """One option, by its value; the first if none is given."""
    chosen = [each for each in options(element) if value in (None, each["value"])]
    if not chosen:
        raise LookupError(f"no option has the value {value!r}")
    return {"selected_option": chosen[0]}


def pick_outside(element: Json, value: Any) -> Json:
    """An option that the app itself offered before (external_select): taken as it is."""
    return {"selected_option": {"text": {"type": "plain_text", "text": str(value)}, "value": value}}


def pick_several(element: Json, value: Any) -> Json:
    """Several options, by a list of their values."""
    return {"selected_options": [each for each in options(element) if each["value"] in (value or [])]}


def holds(name: str) -> Fill:
    """An element whose action has its value under one name."""
    return lambda element, value: {name: value}


FILLS: dict[str, Fill] = {
    "button": button,
    "icon_button": button,
    "feedback_buttons": feedback,
    "overflow": pick,
    "radio_buttons": pick,
    "static_select": pick,
    "external_select": pick_outside,
    "checkboxes": pick_several,
    "multi_static_select": pick_several,
    "users_select": holds("selected_user"),
    "channels_select": holds("selected_channel"),
    "conversations_select": holds("selected_conversation"),
    "multi_users_select": holds("selected_users"),
    "multi_channels_select": holds("selected_channels"),
    "multi_conversations_select": holds("selected_conversations"),
    "datepicker": holds("selected_date"),
    "timepicker": holds("selected_time"),
    "datetimepicker": holds("selected_date_time"),
    "plain_text_input": holds("value"),
    "number_input": holds("value"),
    "email_text_input": holds("value"),
    "url_text_input": holds("value"),
}


def form_values(blocks: list[Json], given: Json, unfinished: bool = False) -> Json:
    """A form's state: what was given by action_id, else what each input holds at first.

    Args:
        blocks: of the form.
        given: by action_id; None is an input left as it is, "" one that was cleared.
        unfinished: something is clicked while the form is being filled in, so inputs may be empty.

    Raises:
        LookupError: a given action_id is not in the form, or an input that must be filled is empty.
    """
    inputs = [(block, with_ids(block, f"b{n}")) for n, block in enumerate(blocks) if block.get("type") == "input"]
    known = {filled["element"]["action_id"] for _, filled in inputs}
    if unknown := set(given) - known:
        raise LookupError(f"no input with action_id {sorted(unknown)}, only {sorted(known)}")
    values: Json = {}
    for block, filled in inputs:
        element = filled["element"]
        held = fill_input(element, given.get(element["action_id"]))
        if not unfinished and not block.get("optional") and not any(held[name] for name in held if name != "type"):
            raise LookupError(f"input {element['action_id']!r} is empty and not optional")
        values[filled["block_id"]] = {element["action_id"]: held}
    return values


def fill_input(element: Json, value: Any) -> Json:
    """What one input holds when its form is submitted."""
    initial = [each for name, each in element.items() if name.startswith("initial_")]
    if value is None and "initial_option" in element:
        value = element["initial_option"]["value"]
    elif value is None and "initial_options" in element:
        value = [each["value"] for each in element["initial_options"]]
    elif value is None and initial:
        value = initial[0]
    value = None if value == "" else value
    if value is None and FILLS[element["type"]] is pick:
        return {"type": element["type"], "selected_option": None}
    return {"type": element["type"]} | FILLS[element["type"]](element, value)


def input_blocks(blocks: list[Json]) -> set[str]:
    """The block_ids of a form's inputs, which alone may have errors."""
    return {with_ids(each, f"b{n}")["block_id"] for n, each in enumerate(blocks) if each.get("type") == "input"}
