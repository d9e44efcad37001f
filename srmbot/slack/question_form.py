"""The form to ask in: opened from the Home tab or the global shortcut, and answered in its place.

A modal can only be opened in the three seconds after the click. So it is opened in a thread of its own, and not
behind the mentions that wait for Slack's API. Where it does not open, there is no other place to say so but a
direct message.
"""

from __future__ import annotations

from functools import partial

from slack_bolt import Ack

from srmbot.answer import Answer
from srmbot.bot import State
from srmbot.commands import answer
from srmbot.render import views
from srmbot.render.tip import Tip
from srmbot.slack.error_reports import report_errors
from srmbot.slack.request import Payload, Request
from srmbot.slack.retry import run_with_retry

ONCE = 1  # a modal that could not be opened is not tried again: by then the click is too old


def on_ask(request: Request) -> None:
    """Open the form: “Ask a question” was clicked, or the global shortcut used."""

    def open_form() -> None:
        request.open_modal(views.question_form(request.known.knowledge))

    run_with_retry(request.surface, open_form, request.post_direct, request.runtime.later, ONCE)


def on_example(request: Request) -> None:
    """Open the answer to an example, as if it had been asked in the form."""

    def show(reply: Answer | str) -> None:
        request.open_modal(views.answer_view(reply))

    request.deliver(lambda: request.known.reply(request.value), show, request.post_direct, ONCE)


def on_question(request: Request, ack: Ack) -> None:
    """Answer the form: the answer takes its place, in the response itself."""
    refuse = partial(ack, response_action="errors")
    with report_errors(request.surface, lambda text: refuse(errors={views.QUESTION: text})):
        view = request.body["view"]
        text = read_field(view, views.QUESTION).get("value") or ""
        if not text.strip():
            refuse(errors={views.QUESTION: views.BLANK})
            return
        chosen = read_field(view, views.SERVICE).get("selected_option") or {}
        reply = make_reply(request.known, text, chosen.get("value"))
        ack(response_action="update", view=views.answer_view(reply))
        request.answered(reply)


def on_another(request: Request, ack: Ack) -> None:
    """Show the form again: “Ask another” was clicked below an answer."""
    show = partial(ack, response_action="update")
    with report_errors(request.surface, lambda text: show(view=views.answer_view(text))):
        show(view=views.question_form(request.known.knowledge))


def make_reply(known: State, text: str, service: str | None) -> Answer | str:
    """Answer a question, about the service that was chosen if it is still known."""
    if service in known.knowledge.services:
        return known.reply(text, service=service)
    reply = answer(known, text)
    assert not isinstance(reply, Tip)  # tips belong to a channel, and a form to none
    return reply


def read_field(view: Payload, name: str) -> Payload:
    """Read one field of the form."""
    held: Payload = view["state"]["values"].get(name, {}).get(name) or {}
    return held
