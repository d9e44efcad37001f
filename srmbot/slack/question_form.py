"""The form to ask in: opened from the Home tab or the global shortcut, and answered in its place.

A modal can only be opened in the three seconds after the click. So it is opened in a thread of its own, and not
behind the mentions that wait for Slack's API.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from srmbot.answer import Answer
from srmbot.bot import Bot, State
from srmbot.commands import answer
from srmbot.render import views
from srmbot.render.tip import Tip
from srmbot.slack.answer_log import log_answer
from srmbot.slack.error_reports import report_errors
from srmbot.slack.message import as_message
from srmbot.slack.post import post
from srmbot.slack.retry import DelayedWork, run_with_retry

ONCE = 1  # a modal that could not be opened is not tried again: by then the click is too old


class Click:
    """A click that opens a modal."""

    def __init__(self, client: WebClient, body: dict[str, Any]) -> None:
        """Take from it what leads back to the one who clicked."""
        self.client, self.body = client, body

    def show(self, view: views.View) -> None:
        """Open a modal.

        Raises:
            SlackApiError: Slack refuses it, for instance because the click is older than three seconds.
        """
        self.client.views_open(trigger_id=self.body["trigger_id"], view=view)

    def tell(self, text: str) -> None:
        """Say something in a direct message: without the modal there is no other place."""
        post(self.client, channel=self.body["user"]["id"], **as_message(text))


def on_ask(bot: Bot, later: DelayedWork) -> Callable[..., None]:
    """A click on “Ask a question”, or the global shortcut: the form."""

    def open_form(payload: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        click = Click(client, body)
        run_with_retry("ask", lambda: click.show(views.question_form(bot.knowledge)), click.tell, later, ONCE)

    return open_form


def on_example(bot: Bot, later: DelayedWork) -> Callable[..., None]:
    """A click on an example: its answer, as if it had been asked in the form."""

    def open_answer(action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        started, click = perf_counter(), Click(client, body)

        def work() -> None:
            reply = bot.state.reply(str(action.get("value", "")))
            click.show(views.answer_view(reply))
            log_answer("example", reply, started, team=team_of(body))

        run_with_retry("example", work, click.tell, later, ONCE)

    return open_answer


def on_question(bot: Bot) -> Callable[..., None]:
    """The form, sent: the answer takes its place in the response itself."""

    def listener(ack: Ack, view: dict[str, Any], body: dict[str, Any]) -> None:
        started = perf_counter()
        refuse = partial(ack, response_action="errors")
        with report_errors("modal", lambda text: refuse(errors={views.QUESTION: text})):
            text = entered(view, views.QUESTION).get("value") or ""
            if not text.strip():
                refuse(errors={views.QUESTION: views.BLANK})
                return
            chosen = entered(view, views.SERVICE).get("selected_option") or {}
            reply = reply_to(bot.state, text, chosen.get("value"))
            ack(response_action="update", view=views.answer_view(reply))
            log_answer("modal", reply, started, team=team_of(body))

    return listener


def on_another(bot: Bot) -> Callable[..., None]:
    """“Ask another” below an answer: the form again."""

    def listener(ack: Ack) -> None:
        with report_errors("modal", lambda text: ack(response_action="update", view=views.answer_view(text))):
            ack(response_action="update", view=views.question_form(bot.knowledge))

    return listener


def reply_to(known: State, text: str, service: str | None) -> Answer | str:
    """Answer a question, about the service that was chosen if it is still known."""
    if service in known.knowledge.services:
        return known.reply(text, service=service)
    reply = answer(known, text)
    assert not isinstance(reply, Tip)  # tips belong to a channel, and a form to none
    return reply


def entered(view: dict[str, Any], name: str) -> dict[str, Any]:
    """What one field of the form holds."""
    held: dict[str, Any] = view["state"]["values"].get(name, {}).get(name) or {}
    return held


def team_of(body: dict[str, Any]) -> str | None:
    """The id of the workspace that something was clicked in."""
    return (body.get("team") or {}).get("id")
