"""A choice button or a menu of topics: the same message or modal with what was chosen, the others still below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from srmbot.answer import Answer
from srmbot.bot import State
from srmbot.misses.miss import Miss, Verdict
from srmbot.query import clean
from srmbot.render import views
from srmbot.render.carried import INTERNAL, Carried, read_carried
from srmbot.render.message import Setting
from srmbot.slack.clicked import chosen_option, setting_of
from srmbot.slack.message import send_message
from srmbot.slack.post import respond
from srmbot.slack.request import Payload, Request

ANSWER_GONE = "That answer no longer exists. Choose another one, or ask again with `/srm`."


class ClickPlace(Protocol):
    """Where a button was clicked."""

    def show(self, reply: Answer, setting: Setting) -> None:
        """Put another answer there."""

    def tell(self, text: str) -> None:
        """Write to the person who clicked; the answer stays, for its other buttons."""


class InMessage:
    """A message, to be changed through the click's response_url."""

    def __init__(self, request: Request) -> None:
        """Take the click."""
        self.request = request

    def show(self, reply: Answer, setting: Setting) -> None:
        """Replace the message."""
        send_message(reply, partial(respond, self.request.response_url, replace_original=True), setting)

    def tell(self, text: str) -> None:
        """Write a message that only the person who clicked can see."""
        self.request.tell_alone(text)


class InModal:
    """A modal, which has no response_url."""

    def __init__(self, request: Request) -> None:
        """Take the click."""
        self.request = request

    def show(self, reply: Answer, setting: Setting) -> None:
        """Replace what the modal shows."""
        self.request.update_modal(views.answer_view(reply, echo=False, setting=setting))

    def tell(self, text: str) -> None:
        """Write above what the modal shows."""
        self.request.update_modal(views.with_note(self.request.body["view"], text))


def place_of(request: Request) -> ClickPlace:
    """Find where a button was clicked."""
    return InModal(request) if request.body.get("view") else InMessage(request)


def on_choice(request: Request) -> None:
    """Show the answer that was chosen, with the row of readings still below it."""
    carried, place = read_carried(request.value), place_of(request)
    in_order = replace(carried, keys=tuple(row_keys(request.action, carried)))

    def show(reply: Answer) -> None:
        row = build_row(request.known, in_order)
        place.show(reply, replace(setting_of(request, internal=carried.internal), row=row))
        about = (reply.service or "", reply.topic or "", clean(carried.question), reply.key)
        request.record(Miss(request.requester.team, Verdict.CHOICE, *about))

    show_chosen(request, carried, show)


def on_topic(request: Request) -> None:
    """Show a topic of a service, or all of it again; the menu stays below it."""
    key, place = chosen_option(request.action), place_of(request)
    internal = str(request.action.get("block_id", "")).endswith(f":{INTERNAL}")
    setting = replace(setting_of(request, internal=internal), service=key.partition("/")[0])
    show_chosen(request, Carried((key,), internal=internal), lambda reply: place.show(reply, setting))


def show_chosen(request: Request, carried: Carried, show: Callable[[Answer], None]) -> None:
    """Show the answer to a reading; where there is none any more, say so."""

    def deliver(reply: Answer | str) -> None:
        if isinstance(reply, str):
            place_of(request).tell(reply)
        else:
            show(reply)

    request.deliver(lambda: request.known.choose(carried.key, carried.question) or ANSWER_GONE, deliver)


def row_keys(action: Payload, carried: Carried) -> list[str]:
    """List the keys of all buttons of the row, in its order: a button's value has its own key first."""
    key, *others = carried.keys
    _, _, place = str(action.get("action_id", "")).partition(":")
    others.insert(int(place) if place.isdecimal() else 0, key)
    return others


def build_row(known: State, carried: Carried) -> Sequence[Answer]:
    """The readings that can be chosen; none where there is no other."""
    found = [answer for key in carried.keys if (answer := known.choose(key, carried.question))]
    return found if len(found) > 1 else []
