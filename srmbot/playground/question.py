"""The steps that led to an answer -> what was asked, as far as the payload tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from srmbot.fake_slack.journal import Step
from srmbot.render.blocks import Action
from srmbot.render.carried import read_carried
from srmbot.render.views import QUESTION, SERVICE
from srmbot.slack.clicked import chosen_option
from srmbot.slack.mentions import without_mentions
from srmbot.slack.message_text import message_text
from srmbot.slack.thread import is_from_person

Json = dict[str, Any]

READS = ("conversations.history", "conversations.replies")


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """What the bot was asked."""

    text: str
    thread: Sequence[str] = ()  # what was said before it, oldest first, if the bot read it
    service: str | None = None  # as it was chosen in a form
    key: str = ""  # of an answer that was chosen by a button


def read_question(steps: Sequence[Step]) -> AskedQuestion | None:
    """What was asked; None where nothing was."""
    sent = steps[0].sent
    return next((asked for read in READERS if (asked := read(sent, steps))), None)


def in_command(sent: Json, steps: Sequence[Step]) -> AskedQuestion | None:
    """The text after a command."""
    return AskedQuestion(str(sent.get("text", ""))) if "command" in sent else None


def in_message(sent: Json, steps: Sequence[Step]) -> AskedQuestion | None:
    """A mention or direct message, with its thread."""
    event = sent.get("event") or {}
    if not event.get("text"):
        return None
    return AskedQuestion(without_mentions(event["text"]), [message_text(each) for each in read_before(steps, event)])


def read_before(steps: Sequence[Step], event: Json) -> Iterator[Json]:
    """The messages that the bot read before it answered, those that it may have leant on, oldest first."""
    found: dict[str, Json] = {}
    for step in steps:
        if step.name in READS and isinstance(step.got, dict):
            found |= {each["ts"]: each for each in step.got.get("messages", [])}
    for ts in sorted(found):
        if ts < event["ts"] and (ts == event.get("thread_ts") or is_from_person(found[ts])):
            yield found[ts]


def in_shortcut(sent: Json, steps: Sequence[Step]) -> AskedQuestion | None:
    """The message that a shortcut was used on."""
    return AskedQuestion(message_text(sent["message"])) if sent.get("type") == "message_action" else None


def in_form(sent: Json, steps: Sequence[Step]) -> AskedQuestion | None:
    """The form to ask in."""
    if sent.get("type") != "view_submission":
        return None
    values = sent["view"]["state"]["values"]
    held = {name: element for group in values.values() for name, element in group.items()}
    if QUESTION not in held:
        return None
    service = (held.get(SERVICE, {}).get("selected_option") or {}).get("value")
    return AskedQuestion(str(held[QUESTION].get("value") or ""), service=service)


def in_click(sent: Json, steps: Sequence[Step]) -> AskedQuestion | None:
    """A button or menu that chooses an answer, or a button that asks an example."""
    for action in sent.get("actions", []):
        name, value = str(action.get("action_id", "")).partition(":")[0], str(action.get("value", ""))
        if name == Action.CHOOSE:
            return AskedQuestion("", key=read_carried(value).key)
        if name == Action.TOPIC:
            return AskedQuestion("", key=chosen_option(action))
        if name == Action.EXAMPLE:
            return AskedQuestion(value)
    return None


READERS: tuple[Callable[[Json, Sequence[Step]], AskedQuestion | None], ...] = (
    in_command,
    in_message,
    in_shortcut,
    in_form,
    in_click,
)
