"""The form to ask in: opened from the Home tab or the global shortcut, and answered in its place.

A modal can only be opened in the three seconds after the click. So it is opened in a thread of its own, and not
behind the mentions that wait for Slack's API. Where it does not open, there is no other place to say so but a
direct message.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from slack_bolt import Ack

from srmbot.answer import Answer
from srmbot.commands import resolve
from srmbot.commands.command import Invocation, Question
from srmbot.render import views
from srmbot.render.tip import Tip
from srmbot.request import Requester
from srmbot.slack.clicked import chosen_option
from srmbot.slack.error_reports import report_errors
from srmbot.slack.request import Payload, Request
from srmbot.slack.retry import run_with_retry

MakeReply = Callable[[], Answer | str]

SETTLED = 0.5  # seconds after which Slack surely shows what the response to a form said, so that it can be changed
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
        asked = read_form(request)
        if asked is None:
            refuse(errors={views.QUESTION: views.BLANK})
            return
        make_reply, is_slow = asked
        if is_slow:
            ack(response_action="update", view=views.working_view())
            request.runtime.later.run_after(SETTLED, partial(answer_later, request, make_reply))
            return
        reply = make_reply()
        ack(response_action="update", view=views.answer_view(reply))
        request.answered(reply)


def answer_later(request: Request, make_reply: MakeReply) -> None:
    """Answer the form in the modal that it was sent from."""

    def show(reply: Answer | str) -> None:
        request.update_modal(views.answer_view(reply))

    request.deliver(make_reply, show)


def on_another(request: Request, ack: Ack) -> None:
    """Show the form again: “Ask another” was clicked below an answer."""
    show = partial(ack, response_action="update")
    with report_errors(request.surface, lambda text: show(view=views.answer_view(text))):
        show(view=views.question_form(request.known.knowledge))


def read_form(request: Request) -> tuple[MakeReply, bool] | None:
    """Read the question in the form, as `read_question` does; None where nothing was typed."""
    view = request.body["view"]
    text = read_text(view, views.QUESTION)
    return read_question(request, text, read_choice(view, views.SERVICE)) if text.strip() else None


def read_question(request: Request, text: str, service: str = "") -> tuple[MakeReply, bool]:
    """Read what was typed; it is a question if a service was chosen that is still known.

    Returns:
        What answers it, and whether no acknowledgement may wait for that.
    """
    known = request.known
    if service in known.knowledge.services:
        return partial(known.reply, text, service=service), False
    asked = resolve(known, text)
    nowhere = replace(request.requester, channel="")  # a form belongs to no channel, so that no tip can come of it
    return partial(reply_to, asked, nowhere), isinstance(asked, Invocation) and asked.command.slow


def reply_to(asked: Invocation | Question, requester: Requester) -> Answer | str:
    """Reply to what was typed in a form."""
    reply = asked.reply(requester)
    assert not isinstance(reply, Tip)
    return reply


def read_text(view: Payload, name: str) -> str:
    """Read what was typed in a field of a form; blank where nothing was."""
    return str(read_field(view, name).get("value") or "")


def read_choice(view: Payload, name: str) -> str:
    """Read the value of what was chosen in a field of a form; blank where nothing was."""
    return chosen_option(read_field(view, name))


def read_field(view: Payload, name: str) -> Payload:
    """Read one field of a form."""
    values = (view.get("state") or {}).get("values") or {}
    held: Payload = values.get(name, {}).get(name) or {}
    return held
