"""A choice button: the same message or modal, with the answer that was chosen and the buttons still below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from srmbot.answer import Answer
from srmbot.bot import State
from srmbot.misses.miss import Miss, Verdict
from srmbot.query import clean
from srmbot.render import views
from srmbot.render.blocks import BETWEEN, Block, choices
from srmbot.render.feedback import Rated
from srmbot.render.words import option_labels
from srmbot.slack.message import as_message
from srmbot.slack.post import respond
from srmbot.slack.request import Payload, Request

GONE = "That answer no longer exists. Choose another one, or ask again with `/srm`."


class Place(Protocol):
    """Where a button was clicked."""

    def show(self, reply: Answer, buttons: Sequence[Block]) -> None:
        """Put another answer there."""

    def tell(self, text: str) -> None:
        """Write to the person who clicked; the answer stays, for its other buttons."""


class InMessage:
    """A message, to be changed through the click's response_url."""

    def __init__(self, request: Request) -> None:
        """Take the click."""
        self.request = request

    def show(self, reply: Answer, buttons: Sequence[Block]) -> None:
        """Replace the message."""
        message = as_message(reply, buttons=buttons)
        respond(self.request.body.get("response_url", ""), replace_original=True, **message)

    def tell(self, text: str) -> None:
        """Write a message that only the person who clicked can see."""
        self.request.respond(text, replace_original=False, thread_ts=self.request.thread_ts)


class InModal:
    """A modal, which has no response_url."""

    def __init__(self, request: Request) -> None:
        """Take the click."""
        self.request = request

    def show(self, reply: Answer, buttons: Sequence[Block]) -> None:
        """Replace what the modal shows."""
        self.request.update_modal(views.answer_view(reply, echo=False, buttons=buttons))

    def tell(self, text: str) -> None:
        """Write above what the modal shows."""
        self.request.update_modal(views.with_note(self.request.body["view"], text))


def on_choice(request: Request) -> None:
    """Show the answer that was chosen."""
    place: Place = InModal(request) if request.body.get("view") else InMessage(request)
    known, keys = request.known, button_keys(request.action)

    asked = find_question(request.body)

    def show(reply: Answer | str) -> None:
        if isinstance(reply, str):
            place.tell(reply)
            return
        place.show(replace(reply, question=asked), build_buttons(known, keys))
        about = (reply.service or "", reply.topic or "", clean(asked), reply.key)
        request.record(Miss(request.requester.team, Verdict.CHOICE, *about))

    request.deliver(lambda: known.choose(request.value.split(BETWEEN)[0]) or GONE, show)


def find_question(body: Payload) -> str:
    """Find the question in the thumbs below the message that was clicked.

    Slack hands no message over that only one person can see, and a modal has no thumbs: it is blank then.
    """
    for block in (body.get("message") or {}).get("blocks") or ():
        for element in block.get("elements") or ():
            rated = Rated.from_value(str((element.get("negative_button") or {}).get("value")))
            if rated:
                return rated.question
    return ""


def button_keys(action: Payload) -> list[str]:
    """List the keys of all buttons of the row, in its order: a button's value has its own key first."""
    key, *others = str(action.get("value", "")).split(BETWEEN)
    _, _, place = str(action.get("action_id", "")).partition(":")
    others.insert(int(place) if place.isdecimal() else 0, key)
    return others


def build_buttons(known: State, keys: list[str]) -> list[Block]:
    """Build the buttons that led to an answer, so that another can be chosen; none where there is no other."""
    found = [answer for key in keys if (answer := known.choose(key))]
    return [choices(option_labels(found))] if len(found) > 1 else []
