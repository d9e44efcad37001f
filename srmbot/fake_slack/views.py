"""The views.* and assistant.* methods: workspace and params -> the answer, or RefusedError."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .blocks import Problem, message_problems, problems, view_problems
from .model import Json, RefusedCallError, View
from .workspace import Workspace

TRIGGER_LIFE = 3.0  # seconds
MOST_PROMPTS = 4
MOST_VIEWS = 3  # one above the other


def open_view(workspace: Workspace, params: Json) -> Json:
    """views.open: a modal, with a trigger that is known, not used before and not older than three seconds."""
    return {"view": opened(workspace, params).as_json()}


def push_view(workspace: Workspace, params: Json) -> Json:
    """views.push: a modal over the one that is open, up to three. The trigger comes from a click in that one."""
    trigger = workspace.triggers.get(params.get("trigger_id", ""))
    below = workspace.modals(trigger.user) if trigger else []
    if trigger and not below:
        raise RefusedCallError("not_found")
    if len(below) >= MOST_VIEWS:
        raise RefusedCallError("push_limit_reached")
    return {"view": opened(workspace, params).as_json()}


def opened(workspace: Workspace, params: Json) -> View:
    """A new modal for the trigger's person. Raises RefusedError: invalid_trigger_id, expired_trigger_id …"""
    trigger = workspace.triggers.get(params.get("trigger_id", ""))
    if trigger is None:
        raise RefusedCallError("invalid_trigger_id")
    view = valid_view(params.get("view"), "modal")
    with workspace.lock:
        if trigger.used:
            raise RefusedCallError("exchanged_trigger_id")
        if workspace.clock.now() - trigger.made_at > TRIGGER_LIFE:
            raise RefusedCallError("expired_trigger_id")
        trigger.used = True
    return workspace.view(trigger.user, view)


def update_view(workspace: Workspace, params: Json) -> Json:
    """views.update: a view that is open, by its id or external_id, unless it changed since `hash`."""
    view = valid_view(params.get("view"))
    with workspace.lock:
        held = find_view(workspace, params)
        if params.get("hash") not in (None, "", held.hash):
            raise RefusedCallError("hash_conflict")
        workspace.replace(held, view)
    return {"view": held.as_json()}


def publish_view(workspace: Workspace, params: Json) -> Json:
    """views.publish: one person's Home tab."""
    user = params.get("user_id", "")
    if user not in workspace.users:
        raise RefusedCallError("user_not_found")
    view, old = valid_view(params.get("view"), "home"), workspace.homes.get(user)
    if params.get("hash") and old and params["hash"] != old.hash:
        raise RefusedCallError("hash_conflict")
    return {"view": workspace.view(user, view).as_json()}


def find_view(workspace: Workspace, params: Json) -> View:
    """The view that params name. Raises RefusedError: not_found."""
    for held in workspace.views.values():
        name = held.view.get("external_id")
        if held.id == params.get("view_id") or (name and name == params.get("external_id")):
            return held
    raise RefusedCallError("not_found")


def valid_view(value: Any, surface: str = "") -> Json:
    """A view, decoded and valid. Raises RefusedError: invalid_arguments with every problem, view_too_large."""
    view = from_json(value, "view")
    found = view_problems(view)
    if surface and isinstance(view, dict) and view.get("type") != surface:
        refuse([f"view.type: must be {surface}"])
    if any("larger than" in each.what for each in found):
        raise RefusedCallError("view_too_large")
    refuse([str(each) for each in found])
    return dict(view)


def refuse(messages: list[str]) -> None:
    """Raise RefusedError: invalid_arguments, if there is anything to say."""
    if messages:
        raise RefusedCallError(
            "invalid_arguments", response_metadata={"messages": [f"[ERROR] {each}" for each in messages]}
        )


def from_json(value: Any, name: str) -> Any:
    """A parameter that may come as JSON in a string."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise RefusedCallError(
            "invalid_arguments", response_metadata={"messages": [f"[ERROR] {name} is not JSON"]}
        ) from None


def set_status(workspace: Workspace, params: Json) -> Json:
    """assistant.threads.setStatus: "is thinking…" under a message; at most 10 loading messages."""
    thread_exists(workspace, params, required=True)
    if len(from_json(params.get("loading_messages"), "loading_messages") or []) > 10:
        refuse(["loading_messages: at most 10"])
    workspace.statuses.append(params)
    return {}


def set_prompts(workspace: Workspace, params: Json) -> Json:
    """assistant.threads.setSuggestedPrompts: up to four, each with a title and a message.

    With thread_ts it does nothing and says nothing in an app with `agent_view`, as Slack documents.
    """
    thread_exists(workspace, params, required=False)
    if workspace.channels[params["channel_id"]].kind != "im":
        raise RefusedCallError("channel_not_found")
    prompts = from_json(params.get("prompts"), "prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        refuse([f"prompts: 1 to {MOST_PROMPTS}"])
    if not all(isinstance(each, dict) and each.get("title") and each.get("message") for each in prompts):
        refuse(["prompts: each needs a title and a message"])
    if params.get("thread_ts"):
        workspace.complain("assistant.threads.setSuggestedPrompts: thread_ts makes it do nothing in an agent app")
        return {}
    workspace.prompts.append({**params, "prompts": prompts})
    workspace.stir()
    return {}


def thread_exists(workspace: Workspace, params: Json, required: bool) -> None:
    """Raise RefusedError: channel_not_found or invalid_thread_ts, unless the thread's message is there."""
    channel = workspace.channels.get(params.get("channel_id", ""))
    if channel is None:
        raise RefusedCallError("channel_not_found")
    ts = params.get("thread_ts")
    if (ts or required) and workspace.find(channel.id, ts) is None:
        raise RefusedCallError("invalid_thread_ts")


def validate(workspace: Workspace, params: Json) -> Json:
    """blocks.validate: exactly one of `blocks`, `view` or `message`."""
    given = [name for name in ("blocks", "view", "message") if params.get(name)]
    if len(given) != 1:
        refuse(["exactly one of blocks, view or message"])
    judges: dict[str, Callable[[Any], list[Problem]]] = {
        "blocks": problems,
        "view": view_problems,
        "message": message_problems,
    }
    judge = judges[given[0]]
    found = [each for each in judge(from_json(params[given[0]], given[0])) if not each.warning]
    if found:
        raise RefusedCallError(
            "invalid_blocks", errors=[{"message": each.what, "pointer": each.path} for each in found]
        )
    return {}
