"""A subscription -> the modal in which it is changed: services, days, time, zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from srmbot.render.blocks import Block, section
from srmbot.render.controls import option, plain

CALLBACK = "tip_form"
SERVICES, DAYS, TIME, ZONE = "services", "days", "time", "zone"  # the inputs, and the blocks they stand in
DAY_TITLES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OPTIONS = 100  # of one menu, by Slack's rules
ABOUT_TIPS = "At most one tip a day. To stop them, use `/srm tips off` in the channel."


@dataclass(frozen=True, slots=True)
class TipForm:
    """What is in the form."""

    names: Sequence[tuple[str, str]]  # every service: slug and name
    services: Sequence[str]  # slugs; none means all
    days: frozenset[int]
    time: str  # "09:00"
    zone: str
    place: str  # comes back with the form: where it belongs


def as_view(form: TipForm) -> dict[str, Any]:
    """The form as a modal."""
    names = [option(name, slug) for slug, name in form.names][:OPTIONS]
    days = [option(title, str(number)) for number, title in enumerate(DAY_TITLES)]
    chosen = [each for each in names if each["value"] in form.services]
    days_now = [each for each in days if int(each["value"]) in form.days]
    services = menu("multi_static_select", names, chosen) | {"placeholder": plain("All of them")}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": form.place,
        "title": plain("Daily tips"),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": [
            section(ABOUT_TIPS),
            input_block(SERVICES, "Only about these services", services, optional=True),
            input_block(DAYS, "On these days", menu("checkboxes", days, days_now)),
            input_block(TIME, "At", {"type": "timepicker", "initial_time": form.time}),
            input_block(ZONE, "Time zone", {"type": "plain_text_input", "initial_value": form.zone, "max_length": 64}),
        ],
    }


def menu(kind: str, options: Sequence[Block], chosen: Sequence[Block]) -> Block:
    """Something to choose from; Slack wants no empty list of what is chosen."""
    return {"type": kind, "options": list(options), **({"initial_options": list(chosen)} if chosen else {})}


def input_block(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    """An input with its label."""
    made: Block = {"type": "input", "block_id": name, "label": plain(label), "element": {**element, "action_id": name}}
    return made | {"optional": True} if optional else made
