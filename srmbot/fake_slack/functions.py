"""Steps of workflows: the functions that a manifest defines, their executions, and the methods that end them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .model import APP, Json, RefusedCallError

if TYPE_CHECKING:
    from .workspace import Workspace

TYPES: dict[str, type] = {"string": str, "boolean": bool, "integer": int, "number": float}


@dataclass(slots=True)
class Execution:
    """A step that runs, until the app says how it ended."""

    id: str
    callback_id: str
    definition: Json  # as the manifest has it
    inputs: Json
    token: str  # good for what the app does in this step
    outputs: Json | None = None
    error: str | None = None

    @property
    def is_running(self) -> bool:
        """Whether the app has not ended it yet."""
        return self.outputs is None and self.error is None


def executed_event(execution: Execution, ts: str) -> Json:
    """A `function_executed` event."""
    about = {
        "id": f"Fn{execution.id[2:]}",
        "callback_id": execution.callback_id,
        "title": execution.definition["title"],
        "description": execution.definition["description"],
        "type": "app",
        "app_id": APP,
        **{name: parameters(execution.definition[name]) for name in ("input_parameters", "output_parameters")},
    }
    ids = {"function_execution_id": execution.id, "workflow_execution_id": f"Wx{execution.id[2:]}"}
    run = {"inputs": execution.inputs, **ids, "event_ts": ts, "bot_access_token": execution.token}
    return {"type": "function_executed", "function": about, **run}


def parameters(schema: Json) -> list[Json]:
    """The parameters of a schema, as an event lists them."""
    required = schema.get("required", [])
    return [{"name": name, "is_required": name in required, **each} for name, each in schema["properties"].items()]


def validate(schema: Json, given: Json) -> list[str]:
    """What is wrong with values, by the parameters that they are for."""
    wrong = [f"{name}: required" for name in schema.get("required", []) if name not in given]
    wrong += [f"{name}: not defined" for name in given if name not in schema["properties"]]
    for name, value in given.items():
        kind = TYPES.get(schema["properties"].get(name, {}).get("type", ""))
        wrong += [f"{name}: not a {kind.__name__}"] if kind and not isinstance(value, kind) else []
    return wrong


def running(workspace: Workspace, params: Json) -> Execution:
    """The execution to end. Raises RefusedError: function_execution_not_found, execution_not_in_running_state."""
    found = workspace.executions.get(str(params.get("function_execution_id")))
    if found is None:
        raise RefusedCallError("function_execution_not_found")
    if not found.is_running:
        raise RefusedCallError("execution_not_in_running_state")
    return found


def complete_success(workspace: Workspace, params: Json) -> Json:
    """functions.completeSuccess: the step has ended, with outputs as the manifest defines them."""
    found, outputs = running(workspace, params), decoded(params.get("outputs"))
    if wrong := validate(found.definition["output_parameters"], outputs):
        raise RefusedCallError("parameter_validation_failed", response_metadata={"messages": wrong})
    found.outputs = outputs
    workspace.stir()
    return {}


def complete_error(workspace: Workspace, params: Json) -> Json:
    """functions.completeError: the step has failed."""
    if not params.get("error"):
        raise RefusedCallError("invalid_arguments")
    running(workspace, params).error = str(params["error"])
    workspace.stir()
    return {}


def decoded(given: Any) -> Json:
    """Outputs, which may come as JSON in a string. Raises RefusedError: invalid_arguments."""
    try:
        read = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise RefusedCallError("invalid_arguments")
    return read
