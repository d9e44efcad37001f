"""“Details”: all that is known of an answer, in a modal; and the same on another service, in its place."""

from __future__ import annotations

from srmbot.render.carried import read_carried
from srmbot.render.details import details_view
from srmbot.render.message import as_read_by
from srmbot.slack.choice import ANSWER_GONE, place_of
from srmbot.slack.clicked import chosen_option
from srmbot.slack.question_form import ONCE
from srmbot.slack.request import Request
from srmbot.slack.retry import run_with_retry


def on_details(request: Request) -> None:
    """Open the modal, if what it is about is still known."""
    carried = read_carried(request.value)
    place = place_of(request)

    def open_details() -> None:
        answer = request.known.choose(carried.key, carried.question)
        if answer is None:
            place.tell(ANSWER_GONE)
        else:
            request.open_modal(details_view(as_read_by(answer, request.alone)))

    run_with_retry(request.surface, open_details, place.tell, request.runtime.later, ONCE)


def on_elsewhere(request: Request) -> None:
    """Show the same topic on another service, in the modal that it was chosen in."""

    def show_other() -> None:
        if answer := request.known.choose(chosen_option(request.action)):
            request.update_modal(details_view(as_read_by(answer, request.alone)))

    run_with_retry(request.surface, show_other, request.post_direct, request.runtime.later, ONCE)
