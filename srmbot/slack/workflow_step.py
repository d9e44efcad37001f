"""A step in Workflow Builder, “Who owns this?”: a question in, the owner and the answer out."""

from __future__ import annotations

from typing import Any

from srmbot.answer import Answer
from srmbot.render.sections import sources
from srmbot.render.text import as_text
from srmbot.render.words import OWNER
from srmbot.slack.outcomes import sending
from srmbot.slack.request import Request

STEP = "who_owns"  # callback_id, as the manifest has it
QUESTION_INPUT = "question"  # the step's input
UNKNOWN = "Unknown"  # the owner where nothing is claimed


def on_step(request: Request) -> None:
    """Answer the question of a step, so that its workflow goes on."""
    event, client = request.event, request.client
    execution = event["function_execution_id"]
    if not request.runtime.seen.is_first(f"step/{execution}"):
        return

    def finish(reply: Answer | str) -> None:
        assert isinstance(reply, Answer)
        with sending():
            client.functions_completeSuccess(function_execution_id=execution, outputs=outputs(reply))

    def fail(text: str) -> None:
        with sending():
            client.functions_completeError(function_execution_id=execution, error=text)

    question = str((event.get("inputs") or {}).get(QUESTION_INPUT) or "")
    request.deliver(lambda: request.known.reply(question), finish, tell=fail)


def outputs(answer: Answer) -> dict[str, Any]:
    """What the next steps of a workflow can use: texts, because a workflow compares and inserts these."""
    return {
        "owner": OWNER[answer.owner] if answer.owner else UNKNOWN,
        "answer": as_text(answer),
        "page": next(iter(sources(answer)), ""),
    }
