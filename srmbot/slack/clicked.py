"""What was clicked -> where it stands, and what it carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srmbot.render.blocks import Action
from srmbot.render.carried import Carried, read_carried
from srmbot.render.message import Setting
from srmbot.slack.request import Payload, Request


def chosen_option(action: Payload) -> str:
    """The value of what was chosen in a menu, clicked or in a form; blank for anything else."""
    return str((action.get("selected_option") or {}).get("value") or "")


def setting_of(request: Request, *, internal: bool) -> Setting:
    """Where the message or modal stands that was clicked.

    Args:
        request: the click.
        internal: whether people of this workspace alone read it, as far as its controls carry that.
    """
    if request.body.get("view"):
        return Setting(modal=True, internal=internal)
    alone = bool(request.container.get("is_ephemeral"))
    return Setting(alone=alone, asker=asker_of(request), internal=internal)


def asker_of(request: Request) -> str:
    """The person who may take the answer back; blank where nobody can."""
    menus = (each for each in controls_of(request) if each.get("action_id") == Action.OWN)
    values = (str(option.get("value", "")) for menu in menus for option in menu.get("options", []))
    return next((value.partition(":")[2] for value in values), "")


def carried_by(request: Request) -> Carried | None:
    """What the message that was clicked carries; None for one that only one person sees, which Slack leaves out."""
    values = (str(each.get("value", "")) for each in controls_of(request) if each.get("action_id") == Action.DETAILS)
    return next((read_carried(value) for value in values), None)


def controls_of(request: Request) -> Iterator[dict[str, Any]]:
    """The controls of the message that was clicked."""
    for block in (request.body.get("message") or {}).get("blocks") or []:
        if block.get("type") == "actions":
            yield from block.get("elements") or []
