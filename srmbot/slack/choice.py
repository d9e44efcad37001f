"""A choice button: the same message or modal, with the answer that was chosen and the buttons still below it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from srmbot.answer import Answer
from srmbot.bot import Bot, State
from srmbot.render import views
from srmbot.render.blocks import BETWEEN, Block, choices
from srmbot.render.words import option_labels
from srmbot.slack.answer_log import log_answer
from srmbot.slack.message import as_message
from srmbot.slack.post import respond
from srmbot.slack.retry import DelayedWork, run_with_retry

log = logging.getLogger("srmbot.slack")

GONE = "That answer is no longer in the knowledge. Choose another one, or ask again: `/srm …`"


class Place(Protocol):
    """Where a button was clicked."""

    def show(self, reply: Answer, buttons: Sequence[Block]) -> None:
        """Put another answer there."""

    def tell(self, text: str) -> None:
        """Say something to the one who clicked; the answer stays, for its other buttons."""


class InMessage:
    """A message, to be changed through the click's response_url."""

    def __init__(self, body: dict[str, Any]) -> None:
        """Take from a click where its message is."""
        self.url, self.thread = body.get("response_url", ""), (body.get("container") or {}).get("thread_ts")

    def show(self, reply: Answer, buttons: Sequence[Block]) -> None:
        """Replace the message."""
        message = as_message(reply)
        message["blocks"] += buttons
        respond(self.url, replace_original=True, **message)

    def tell(self, text: str) -> None:
        """In a message that the one who clicked alone can see."""
        where = {"response_type": "ephemeral", "replace_original": False, "thread_ts": self.thread}
        respond(self.url, **where, **as_message(text))


class InModal:
    """A modal, which has no response_url."""

    def __init__(self, body: dict[str, Any], client: WebClient) -> None:
        """Take from a click which modal it is."""
        self.view, self.client = body["view"], client

    def show(self, reply: Answer, buttons: Sequence[Block]) -> None:
        """Replace what the modal shows."""
        view = views.answer_view(reply, echo=False)
        view["blocks"] += buttons
        self.update(view)

    def tell(self, text: str) -> None:
        """Above what the modal shows."""
        self.update(views.with_note(self.view, text))

    def update(self, view: views.View) -> None:
        """Change the modal, unless it was closed meanwhile: then nobody waits for it.

        Raises:
            SlackApiError: Slack refuses it for another reason.
        """
        try:
            self.client.views_update(view_id=self.view["id"], view=view)
        except SlackApiError as fault:
            if fault.response.get("error") != "not_found":
                raise
            log.info("closed before the answer came", extra={"surface": "choice"})


def on_choice(bot: Bot, later: DelayedWork) -> Callable[..., None]:
    """What a click on a choice button gets."""

    def answer_it(action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        started = perf_counter()
        place: Place = InModal(body, client) if body.get("view") else InMessage(body)

        def work() -> None:
            known = bot.state
            reply = known.choose(str(action.get("value", "")).split(BETWEEN)[0])
            if reply is None:
                place.tell(GONE)
            else:
                place.show(reply, build_buttons(known, button_keys(action)))
            team, channel = body.get("team") or {}, body.get("channel") or {}
            log_answer("choice", reply or GONE, started, team=team.get("id"), channel=channel.get("id"))

        run_with_retry("choice", work, place.tell, later)

    return answer_it


def button_keys(action: dict[str, Any]) -> list[str]:
    """The keys of all buttons of the row, as they stand in it: a button's value has its own first."""
    key, *others = str(action.get("value", "")).split(BETWEEN)
    _, _, place = str(action.get("action_id", "")).partition(":")
    others.insert(int(place) if place.isdecimal() else 0, key)
    return others


def build_buttons(known: State, keys: list[str]) -> list[Block]:
    """The buttons that led to an answer, so that another one can be chosen; none where there is no other."""
    found = [answer for key in keys if (answer := known.choose(key))]
    return [choices(option_labels(found))] if len(found) > 1 else []
